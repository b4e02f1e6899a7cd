import { CallStep } from '@loopstart/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAsteriskCsv } from './makers/asterisk.ts';
import { readFreeSwitchCsv } from './makers/freeswitch.ts';
import type { Layout, LineReading } from './read-line.ts';
import { CALL_RECORD_VENDORS, NO_LAYOUT, readSyslog, SYSLOG_BYTES_MAX, syslogHost } from './read-syslog.ts';
import { hostileLine } from './testing/hostile-lines.ts';

const RUNS = 4_000;
const encoder = new TextEncoder();
// eslint-disable-next-line no-control-regex
const ACTIVE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;

/** What comes out is a step that the contract takes, with nothing in it that a terminal obeys. */
function check(reading: LineReading): void {
  if (reading.kind !== 'calls') return;
  for (const { channelBase: _, ...draft } of reading.calls) {
    const step = { ...draft, gatewayId: '00000000-0000-4000-8000-000000000001', at: 1_795_000_000_000 };
    const parsed = CallStep.safeParse(step);
    expect(parsed.error, JSON.stringify(step)).toBeUndefined();
    for (const value of Object.values(draft)) if (typeof value === 'string') expect(ACTIVE.test(value)).toBe(false);
  }
}

test.for(CALL_RECORD_VENDORS)('no line makes the reader of %s fail, or give what the contract refuses', (vendor) => {
  let layout: Layout = NO_LAYOUT;
  fc.assert(
    fc.property(hostileLine, (line) => {
      const bytes = encoder.encode(line);
      syslogHost(bytes);
      const next = readSyslog(bytes, vendor, layout);
      layout = next.layout;
      check(next.reading);
      expect(JSON.stringify(layout).length).toBeLessThan(20_000);
    }),
    { numRuns: RUNS },
  );
});

test.for([
  ['Asterisk', readAsteriskCsv],
  ['FreeSWITCH', readFreeSwitchCsv],
] as const)('no line makes the reader of %s fail, or give what the contract refuses', ([, read]) => {
  fc.assert(
    fc.property(hostileLine, (line) => check(read(line))),
    { numRuns: RUNS },
  );
});

/** Four times the length may take somewhat more than four times as long, and never sixteen times. */
test.for([
  ['bars', '|'],
  ['quotes', '"'],
  ['spaces', ' '],
  ['brackets', '<1>1 - - - - - ['],
  ['words', 'CALL_END |'],
  ['commas', ', a b'],
] as const)('a long line of %s is read in linear time', ([, piece]) => {
  const line = piece.repeat(Math.floor((SYSLOG_BYTES_MAX - 1) / piece.length));
  const bytes = encoder.encode(line);
  const before = process.cpuUsage();
  for (const vendor of CALL_RECORD_VENDORS) readSyslog(bytes, vendor, NO_LAYOUT);
  readAsteriskCsv(line.repeat(8));
  readFreeSwitchCsv(line.repeat(8));
  // Of the processor, as other work on the machine takes no part in it; quadratic, it is seconds.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
});
