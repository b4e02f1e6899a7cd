/**
 * How long a line takes by maker, and how many hostile lines the readers take without failing.
 *
 * Node packages/call-records/bench/parsers.bench.ts [lines]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readAsteriskCsv } from '../src/makers/asterisk.ts';
import { readFreeSwitchCsv } from '../src/makers/freeswitch.ts';
import { CALL_RECORD_VENDORS, NO_LAYOUT, readSyslog } from '../src/read-syslog.ts';
import { hostileLine } from '../src/testing/hostile-lines.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const ROUNDS = 20_000;
const SLOW_MS = 50;
const hostile = Number(process.argv[2] ?? 1_000_000);
const encoder = new TextEncoder();
const linesOf = (file: string) =>
  readFileSync(join(FIXTURES, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

function measure(name: string, read: (index: number) => unknown): void {
  for (let i = 0; i < ROUNDS; i += 1) read(i);
  const started = performance.now();
  for (let i = 0; i < ROUNDS; i += 1) read(i);
  console.log(`${name}: ${(((performance.now() - started) * 1000) / ROUNDS).toFixed(1)} µs a line`);
}

for (const [vendor, file] of [
  ['AudioCodes', 'audiocodes.log'],
  ['Cisco', 'cisco.log'],
  ['Mediatrix', 'mediatrix.log'],
] as const) {
  const lines = linesOf(file).map((line) => encoder.encode(line));
  measure(vendor, (i) => readSyslog(lines[i % lines.length]!, vendor, NO_LAYOUT));
}
for (const [name, file, read] of [
  ['Asterisk', 'asterisk.csv', readAsteriskCsv],
  ['FreeSWITCH', 'freeswitch.csv', readFreeSwitchCsv],
] as const) {
  const lines = linesOf(file);
  measure(name, (i) => read(lines[i % lines.length]!));
}

/** How long every reader takes for a line, ms. */
function readAll(line: string): number {
  const started = performance.now();
  const bytes = encoder.encode(line);
  for (const vendor of CALL_RECORD_VENDORS) readSyslog(bytes, vendor, NO_LAYOUT);
  readAsteriskCsv(line);
  readFreeSwitchCsv(line);
  return performance.now() - started;
}

let slowest = 0;
let done = 0;
let seed = 1;
const before = process.memoryUsage().heapUsed;
while (done < hostile) {
  const lines = fc.sample(hostileLine, { numRuns: Math.min(10_000, hostile - done), seed });
  for (const line of lines) {
    const took = readAll(line);
    // Other work of the machine makes a line slow once; a slow line is slow again.
    if (took > slowest) slowest = Math.max(slowest, Math.min(took, readAll(line), readAll(line)));
  }
  done += lines.length;
  seed += 1;
}
const grownMb = Math.round((process.memoryUsage().heapUsed - before) / 1_048_576);
console.log(
  `${done} hostile lines by every reader: none failed, slowest ${slowest.toFixed(1)} ms, heap ${grownMb} MB more`,
);
if (slowest > SLOW_MS) process.exitCode = 1;
