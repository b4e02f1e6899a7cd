import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin } from '../lib/process.ts';

export const COMPLEXITY_MAX = 20;
const IGNORED = ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/.next/**'];

/** Runs a tool whose exit code says whether it found something; only its report counts. */
function report(command: string, args: string[], cwd: string): string {
  const { stdout, stderr, error, status } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error !== undefined || status === null || status > 1) throw new Error(error?.message ?? stderr);
  return stdout;
}

export interface ComplexFunction {
  place: string;
  name: string;
  complexity: number;
}

/** Functions over the cyclomatic complexity that the linter's own rule counts, highest first. */
export function complexFunctions(root: string): ComplexFunction[] {
  const folder = mkdtempSync(join(tmpdir(), 'loopstart-structure-'));
  try {
    const config = join(folder, 'oxlint.json');
    const rules = { complexity: ['error', COMPLEXITY_MAX] };
    writeFileSync(config, JSON.stringify({ categories: { correctness: 'off' }, rules }));
    const args = ['-c', config, '-f', 'json', ...IGNORED.flatMap((glob) => ['--ignore-pattern', glob]), '.'];
    const { diagnostics } = JSON.parse(report(bin('oxlint'), args, root)) as {
      diagnostics: { message: string; filename: string; labels: { span: { line: number } }[] }[];
    };
    return diagnostics
      .map(({ message, filename, labels }) => ({
        place: `${filename}:${labels[0]?.span.line}`,
        name: /`([^`]+)`/.exec(message)?.[1] ?? 'without a name',
        complexity: Number(/complexity of (\d+)/.exec(message)?.[1]),
      }))
      .toSorted((a, b) => b.complexity - a.complexity);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Duplicates {
  blocks: { lines: number; first: string; second: string }[];
  lines: number;
  percent: number;
}

/** Blocks of at least 50 tokens that stand in two places of what is shipped; comments do not count. */
export function duplicates(root: string): Duplicates {
  const folder = mkdtempSync(join(tmpdir(), 'loopstart-structure-'));
  try {
    const ignored = [
      ...IGNORED,
      'e2e/**',
      'scripts/**',
      '**/*.spec.ts',
      '**/*.bench.ts',
      '**/test/**',
      '**/testing/**',
      '**/bench/**',
    ];
    report(
      bin('jscpd'),
      ['--format', 'typescript,tsx', '--min-tokens', '50', '--mode', 'weak', '--ignore', ignored.join(',')].concat([
        '--reporters',
        'json,silent',
        '--output',
        folder,
        '.',
      ]),
      root,
    );
    const { duplicates: found, statistics } = JSON.parse(readFileSync(join(folder, 'jscpd-report.json'), 'utf8')) as {
      duplicates: { lines: number; firstFile: Place; secondFile: Place }[];
      statistics: { total: { duplicatedLines: number; percentage: number } };
    };
    return {
      blocks: found
        .map(({ lines, firstFile, secondFile }) => ({ lines, first: where(firstFile), second: where(secondFile) }))
        .toSorted((a, b) => b.lines - a.lines),
      lines: statistics.total.duplicatedLines,
      percent: statistics.total.percentage,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Place {
  name: string;
  start: number;
}
const where = ({ name, start }: Place): string => `${name}:${start}`;
