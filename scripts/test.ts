import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build } from './build.ts';
import { ensureChromium, ensurePeers } from './lib/peers.ts';
import { bin, inRoot, run } from './lib/process.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
/** How long each test file took, in milliseconds. */
const durations: { file: string; ms: number }[] = [];
const SLOWEST_SHOWN = 10;
const failures: string[] = [];
/** Tests that failed, with the first line of why: what is printed above them may be long. */
const failed: string[] = [];
const firstLine = (message: string): string => message.split('\n', 1)[0]?.slice(0, 300) ?? '';
/** Tests that passed only when they were tried again. */
const retried: string[] = [];

/** Runs one check; a failure is noted and the others still run. */
async function check(name: string, work: () => Promise<void>): Promise<void> {
  process.stdout.write(`\n── ${name}\n`);
  const started = Date.now();
  try {
    await work();
    tally.passed += 1;
  } catch (error) {
    tally.failed += 1;
    failures.push(`${name}: ${(error as Error).message}`);
    process.stderr.write(`${(error as Error).message}\n`);
  }
  process.stdout.write(`   ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

const statics = async () => {
  await check('types', () => run(bin('tsc'), ['-b']));
  await check('types of the scripts and end-to-end tests', () => run(bin('tsc'), ['-p', inRoot('scripts')]));
  await check('types of the API tests', () => run(bin('tsc'), ['-p', inRoot('apps/api/test')]));
  await check('types of the console', () => run(bin('tsc'), ['-p', inRoot('apps/web'), '--noEmit']));
  await check('lint', () => run(bin('oxlint'), ['--deny-warnings', '--quiet']));
  await check('format', () => run(bin('oxfmt'), ['--check']));
  await check('dead code', () => run(bin('knip'), ['--no-progress', '--no-config-hints']));
};

/** Runs the projects of a level in `vitest.config.ts`. */
const vitest =
  (level: string, projects: string[] = [level]) =>
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loopstart-test-'));
    const report = join(folder, 'report.json');
    const retriedFile = join(folder, 'retried');
    process.stdout.write(`\n── ${level} tests\n`);
    let ended: Error | undefined;
    await run(
      bin('vitest'),
      [
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        `--reporter=${inRoot('scripts/lib/retried-reporter.ts')}`,
        ...filters,
      ],
      {
        env: { NODE_OPTIONS: '--disable-warning=ExperimentalWarning', LOOPSTART_RETRIED_FILE: retriedFile },
      },
    ).catch((error: Error) => (ended = error));
    if (existsSync(report)) {
      const result = JSON.parse(readFileSync(report, 'utf8')) as {
        numPassedTests: number;
        numFailedTests: number;
        numPendingTests: number;
        testResults: {
          name: string;
          startTime: number;
          endTime: number;
          message: string;
          assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
        }[];
      };
      tally.passed += result.numPassedTests;
      tally.failed += result.numFailedTests;
      tally.skipped += result.numPendingTests;
      for (const { name, startTime, endTime, message, assertionResults } of result.testResults) {
        const file = relative(inRoot(), name);
        durations.push({ file, ms: endTime - startTime });
        for (const { fullName, status, failureMessages } of assertionResults)
          if (status === 'failed') failed.push(`${file} > ${fullName}: ${firstLine(failureMessages[0] ?? '')}`);
        // A file that could not be read has a message and no tests.
        if (assertionResults.length === 0 && message !== '') failed.push(`${file}: ${firstLine(message)}`);
      }
    }
    if (existsSync(retriedFile)) retried.push(...readFileSync(retriedFile, 'utf8').trim().split('\n'));
    rmSync(folder, { recursive: true, force: true });
    if (ended !== undefined) {
      failures.push(`${level} tests: ${ended.message}`);
      if (tally.failed === 0) tally.failed = 1;
    }
  };

const LEVELS: Record<string, () => Promise<void>> = {
  static: statics,
  unit: vitest('unit', ['unit', 'unit-alone']),
  medium: vitest('medium'),
  api: vitest('api'),
  mutation: () => check('mutations of changed decisions', () => run(process.execPath, [inRoot('scripts/mutation.ts')])),
  e2e: vitest('e2e'),
  journeys: async () => {
    await ensureChromium();
    await vitest('journeys')();
  },
  /** Both together: they wait more than they compute. */
  system: async () => {
    await ensureChromium();
    await vitest('system', ['e2e', 'journeys'])();
  },
};

const [first = '', ...rest] = process.argv.slice(2);
const wanted = first === '' ? ['static', 'unit', 'medium', 'api', 'mutation', 'system'] : [first];
const needs = wanted.flatMap((level) => (level === 'system' ? ['e2e', 'journeys'] : [level]));
const filters = rest;

if (wanted.some((level) => !(level in LEVELS))) {
  process.stderr.write(`There is no test level "${first}": choose ${Object.keys(LEVELS).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  try {
    await ensurePeers(needs);
    await build({
      web: needs.some((level) => ['e2e', 'journeys', 'static'].includes(level)),
      bundle: needs.some((level) => ['e2e', 'journeys', 'unit'].includes(level)),
    });
    for (const level of wanted) await LEVELS[level]?.();
  } catch (error) {
    tally.failed += 1;
    failures.push((error as Error).message);
  }
  const slowest = durations.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST_SHOWN);
  if (slowest.length > 1) process.stdout.write('\nSlowest files:\n');
  for (const { file, ms } of slowest) process.stdout.write(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${file}\n`);
  if (retried.length > 0) process.stdout.write('\nPassed only when tried again, to be looked at:\n');
  for (const name of retried) process.stdout.write(`  ${name}\n`);
  if (failed.length > 0) process.stdout.write('\nFailed:\n');
  for (const name of failed) process.stdout.write(`  ${name}\n`);
  process.stdout.write(`\n${failures.map((failure) => `✗ ${failure}\n`).join('')}`);
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
}
