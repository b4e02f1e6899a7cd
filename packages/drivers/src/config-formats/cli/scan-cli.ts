import type { Occurrence } from '../engine/document.ts';
import type { Line } from '../engine/lines.ts';
import type { ConfigEnding, ConfigNote } from '../format.ts';
import { blockTree, type CliStatement, endOf } from './block-tree.ts';
import { type CliDialect, type CliStructure, occurrencesOf } from './cli-document.ts';

/** Settings and blocks of the statements of a file. `end`: where a file that ends by a command still takes others. */
export function scanCli(
  dialect: CliDialect,
  statements: readonly CliStatement[],
  end: number | null,
): { occurrences: Occurrence[]; notes: ConfigNote[]; structure: CliStructure } {
  const { roots, notes } = blockTree(statements);
  const { occurrences, nodes } = occurrencesOf(dialect, roots);
  const last = roots.at(-1);
  return { occurrences, notes, structure: { roots, nodes, end: end ?? (last === undefined ? 0 : endOf(last)) } };
}

/** Without a mark of its end: whether the last line has its line end. */
export function unmarkedEnding(lines: readonly Line[]): ConfigEnding {
  const last = lines.at(-1);
  return last !== undefined && last.end === last.next ? 'cut' : 'unmarked';
}
