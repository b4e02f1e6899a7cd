import { readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bin, inRoot, OutOfTime, run, runCommand } from './lib/process.ts';
import { changedFiles, contentHash, mutableFiles, readRecord, writeBaseline, writeRecord } from './mutation/record.ts';
import { isWithoutCode } from './mutation/without-code.ts';

const USAGE = `npm run test:mutation -- [files] [--record | --baseline]

Changes one expression at a time in the decisions about actions and alerts, and fails where the quick specs of the
domain notice too few of the changes. Without files it takes those that differ from scripts/mutation/record.json, for
as long as its time lasts (two minutes), and names those that it did not get through; --record stores the results, so that the next run leaves them out until they change again; --baseline writes
down the content of all files that have no entry, without figures.`;

/** Share of mutants that the specs must detect, by file. */
const KILLED_SHARE_MIN = 0.7;
/** What a run without files may take, so that a change of many files does not hold up all tests; the rest is named. */
const BUDGET_MS = 120_000;
const REPORT = inRoot('.cache/mutation.json');

interface Mutant {
  status: string;
  mutatorName: string;
  replacement: string;
  location: { start: { line: number } };
}

/** Mutates one file. Returns its mutants that ran: those that compile and that a test reaches or should reach. Throws OutOfTime. */
async function mutate(path: string, limitMs: number | undefined): Promise<Mutant[]> {
  // Nothing to mutate; and where no test reaches the file, Stryker fails.
  if (isWithoutCode(readFileSync(inRoot(path), 'utf8'))) return [];
  rmSync(REPORT, { force: true });
  await run(bin('stryker'), ['run', 'scripts/mutation/stryker.config.json', '--mutate', path], {
    quiet: true,
    ...(limitMs === undefined ? {} : { limitMs }),
  });
  const report = JSON.parse(readFileSync(REPORT, 'utf8')) as { files: Record<string, { mutants: Mutant[] }> };
  const mutants = report.files[path]?.mutants ?? [];
  return mutants.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    record: { type: 'boolean', default: false },
    baseline: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

await runCommand(async () => {
  if (values.help) return void process.stdout.write(`${USAGE}\n`);
  if (values.baseline) return writeBaseline();
  const unknown = positionals.filter((path) => !mutableFiles().includes(path));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: not among the files that are mutated.`);
  const files = positionals.length > 0 ? positionals : changedFiles();
  const started = Date.now();
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const path of files) {
    const leftMs = positionals.length === 0 ? Math.max(1, BUDGET_MS - (Date.now() - started)) : undefined;
    const mutants = await mutate(path, leftMs).catch((error: unknown) => {
      if (error instanceof OutOfTime) return null;
      throw error;
    });
    if (mutants === null) {
      process.stdout.write(`SKIPPED: ${path} (the time is used up: npm run test:mutation -- ${path} --record)\n`);
      skipped += 1;
      continue;
    }
    const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
    const isGood = mutants.length === 0 || 1 - survivors.length / mutants.length >= KILLED_SHARE_MIN;
    if (isGood) passed += 1;
    else failed += 1;
    process.stdout.write(`${isGood ? '✓' : '✗'} ${path}: ${survivors.length} of ${mutants.length} mutants survived\n`);
    for (const { location, mutatorName, replacement } of survivors)
      process.stdout.write(
        `    line ${location.start.line}: ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ').slice(0, 90)}\n`,
      );
    if (values.record)
      writeRecord({
        ...readRecord(),
        [path]: { sha256: contentHash(path), mutants: mutants.length, survived: survivors.length },
      });
  }
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  if (failed > 0) throw new Error(`The specs must notice ${KILLED_SHARE_MIN * 100} % of the mutants of each file.`);
});
