import type { ConfigKey } from '../format.ts';
import type { VegaStructure } from './scan-vega.ts';

/** The path one level up; of the first level, ''. */
export function parentOf(path: ConfigKey): ConfigKey {
  return path.slice(0, path.lastIndexOf('.'));
}

export function isInside(path: ConfigKey, container: ConfigKey): boolean {
  return path === container || path.startsWith(`${container}.`);
}

/** From the path itself up to its first level. */
export function pathsAbove(path: ConfigKey): ConfigKey[] {
  const paths: ConfigKey[] = [];
  for (let at = path; at !== ''; at = parentOf(at)) paths.push(at);
  return paths;
}

/**
 * The rows that have to be made before `path` can be set, outermost first: numbered children of what the file empties by
 * `purge`, in this row or another one.
 */
export function rowsToMake(structure: VegaStructure, path: ConfigKey): ConfigKey[] {
  const lists = new Set(structure.statements.filter(({ verb }) => verb === 'purge').map((s) => withoutNumbers(s.path)));
  const known = new Set(structure.statements.flatMap((s) => (s.verb === 'purge' ? [] : pathsAbove(s.path))));
  return pathsAbove(path)
    .slice(1)
    .filter((row) => /\.\d+$/.test(row) && lists.has(withoutNumbers(parentOf(row))) && !known.has(row))
    .reverse();
}

/** The innermost list that the file empties and that `path` is in. */
export function listAround(structure: VegaStructure, path: ConfigKey): ConfigKey | null {
  const lists = new Set(structure.statements.filter(({ verb }) => verb === 'purge').map((statement) => statement.path));
  return pathsAbove(path).find((above) => lists.has(above)) ?? null;
}

function withoutNumbers(path: ConfigKey): string {
  return path
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? '*' : part))
    .join('.');
}
