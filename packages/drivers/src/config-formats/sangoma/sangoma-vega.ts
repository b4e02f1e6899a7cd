import { defineFormat } from '../engine/define-format.ts';
import type { Creation } from '../engine/format-description.ts';
import type { ConfigDocument } from '../engine/document.ts';
import type { Edit } from '../engine/edits.ts';
import { lineInsertion } from '../engine/lines.ts';
import { ChangeRefused } from '../engine/refusals.ts';
import { checkAscii, checkCharacters } from '../engine/values.ts';
import type { ConfigChange, ConfigFormat, ConfigKey, IncrementalContext } from '../format.ts';
import { FORMAT_NAMES } from '../signatures.ts';
import { isVegaPath, scanVega, type VegaStructure } from './scan-vega.ts';
import { isInside, listAround, pathsAbove, rowsToMake } from './vega-lists.ts';

export type VegaDocument = ConfigDocument<VegaStructure>;

/**
 * Vega scripts as `put` writes them: `set .path="value"`, `purge` to empty a list, `cp` to make a row and go to it. What
 * a script does not set stays unchanged. Paths are absolute here; relative ones are refused.
 */
export const sangomaVega: ConfigFormat<VegaDocument> = defineFormat<VegaStructure>({
  id: 'sangoma-vega',
  name: FORMAT_NAMES['sangoma-vega'],
  absentMeans: 'unchanged',
  separators: ['.'],
  scan: scanVega,
  write: (_document, { key }, value) => writeValue(key, value),
  create,
  remove,
  incremental,
});

function writeValue(key: ConfigKey, value: string): string {
  const why = 'a value of a Vega script cannot hold';
  checkCharacters(key, value, '"', why);
  checkAscii(key, value, why);
  return value;
}

/** Indented as the unit does: by the depth of the path. */
function assignment({ key, value }: Creation): string {
  if (!isVegaPath(key)) throw new ChangeRefused(key, `${key} is not a path, such as .sip.profile.1.reg_expiry`);
  return `${indent(key)}set ${key}="${writeValue(key, value)}"`;
}

function indent(path: ConfigKey): string {
  return ' '.repeat(pathsAbove(path).length - 1);
}

function create(document: VegaDocument, creations: readonly Creation[]): Edit[] {
  const made = new Set<ConfigKey>();
  return creations.map((creation) => {
    const rows = rowsToMake(document.structure, creation.key).filter((row) => !made.has(row));
    for (const row of rows) made.add(row);
    const lines = [...rows.map((row) => `${indent(row)}cp ${row}`), assignment(creation)];
    return lineInsertion(document.source.text, placeFor(document.structure, creation.key), lines);
  });
}

/** Behind the last statement of the innermost part of the tree that the file has. */
function placeFor({ statements, end }: VegaStructure, key: ConfigKey): number {
  for (const container of pathsAbove(key).slice(1)) {
    const last = statements.findLast(({ path }) => isInside(path, container));
    if (last !== undefined) return last.line.next;
  }
  return end;
}

/** Rows go with the statements that make them; a list that is removed stays emptied. */
function remove({ structure }: VegaDocument, removed: readonly ConfigKey[]): Edit[] {
  return structure.statements.flatMap(({ verb, path, line }) => {
    const goes = removed.some((key) => isInside(path, key) && (verb !== 'purge' || path !== key));
    return goes && verb !== 'set' ? [{ from: line.start, to: line.next, text: '' }] : [];
  });
}

/**
 * Statements that set what changes. A list of which rows go is emptied and made again. The commands that apply and save
 * are not part of it: between the two, the change is checked.
 */
function incremental(changes: readonly ConfigChange[], { document }: IncrementalContext<VegaDocument>): string {
  const emptied = new Set(
    changes.flatMap((change) => (change.kind === 'remove' ? [listToEmpty(change.key, document)] : [])),
  );
  const isEmptied = (key: ConfigKey) => [...emptied].some((list) => isInside(key, list));
  const made = new Set<ConfigKey>();
  const settings = changes.flatMap((change) => {
    if (change.kind === 'remove' || isEmptied(change.key)) return [];
    const rows = document === null ? [] : rowsToMake(document.structure, change.key).filter((row) => !made.has(row));
    for (const row of rows) made.add(row);
    return [...rows.map((row) => `${indent(row)}cp ${row}`), assignment(change)];
  });
  const lists =
    document === null
      ? []
      : listLines(
          document,
          changes.filter(({ key }) => isEmptied(key)),
          emptied,
        );
  return [...lists, ...settings, 'cp .', ''].join('\n');
}

function listToEmpty(key: ConfigKey, document: VegaDocument | null): ConfigKey {
  const list = document === null ? null : listAround(document.structure, key);
  const isRow = list !== null && (key === list || /^\.\d+$/.test(key.slice(list.length)));
  if (isRow) return list;
  throw new ChangeRefused(key, `${key} cannot be removed: it is no row of a list that the unit empties by purge`);
}

function listLines(
  document: VegaDocument,
  changes: readonly ConfigChange[],
  emptied: ReadonlySet<ConfigKey>,
): string[] {
  const patched = sangomaVega.patch(document, changes);
  if (!patched.ok) {
    const [error] = patched.errors;
    throw new ChangeRefused(error?.key ?? '', error?.reason ?? '', error?.character ?? null);
  }
  const outermost = [...emptied].filter((list) => ![...emptied].some((o) => o !== list && isInside(list, o)));
  return outermost.flatMap((list) =>
    patched.document.structure.statements
      .filter(({ path }) => isInside(path, list))
      .map(({ line }) => line.text.trimEnd()),
  );
}
