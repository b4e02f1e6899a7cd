import type { Creation } from '../engine/format-description.ts';
import type { ConfigDocument } from '../engine/document.ts';
import type { Edit } from '../engine/edits.ts';
import { lineInsertion } from '../engine/lines.ts';
import { ChangeRefused } from '../engine/refusals.ts';
import { checkCharacters } from '../engine/values.ts';
import type { ConfigKey } from '../format.ts';
import { numberOf, rowOf, type RowCommands, serviceOf } from './rows.ts';
import { readStatement } from './statement.ts';

export interface ScriptStructure {
  readonly tables: ReadonlyMap<ConfigKey, RowCommands>;
  /** Names of commands that apply what was set, by service: `CRout.ApplyConfig`. */
  readonly applying: ReadonlyMap<string, string>;
  /** Before the restart of services, where settings of a new service can stand. */
  readonly end: number;
}

export type ScriptDocument = ConfigDocument<ScriptStructure>;

/** How a double quote is escaped in a script was not seen; a backslash is doubled. */
export function writeValue(key: ConfigKey, value: string): string {
  checkCharacters(key, value, '"', 'a value of a script cannot hold');
  return `"${value.replaceAll('\\', '\\\\')}"`;
}

export function writeAssignment({ key, value }: Creation): string {
  const line = `${key} = ${writeValue(key, value)}`;
  const again = readStatement(line);
  if (again.kind === 'assignment' && again.key === key && !key.includes('\n')) return line;
  throw new ChangeRefused(key, `${key} is not the name of a setting, such as SipEp.UserAgent[EpId=Fxs1].Username`);
}

/** New settings stand behind those of their column, table or service; new rows get the command that makes them. */
export function createInScript(
  document: ScriptDocument,
  creations: readonly Creation[],
  removed: readonly ConfigKey[],
): Edit[] {
  const { text } = document.source;
  const made = new Set<ConfigKey>();
  return creations.flatMap((creation) => {
    const row = rowOf(creation.key);
    const isNew = row !== null && !made.has(row.row) && !hasRow(document, row.row);
    if (row !== null) made.add(row.row);
    if (isNew && numberOf(row.index) !== null && removed.some((key) => rowOf(key)?.table === row.table)) {
      throw new ChangeRefused(creation.key, `rows of ${row.table} are numbered: remove some, then add others`);
    }
    const insertion = isNew ? insertionOf(document, creation.key, made) : null;
    const edits = insertion === null ? [] : [lineInsertion(text, insertion.at, [insertion.line])];
    return [...edits, lineInsertion(text, placeFor(document, creation.key), [writeAssignment(creation)])];
  });
}

function hasRow({ settings }: ScriptDocument, row: ConfigKey): boolean {
  return [...settings.keys()].some((key) => key.startsWith(`${row}.`));
}

function placeFor({ occurrences, structure }: ScriptDocument, key: ConfigKey): number {
  const row = rowOf(key);
  const column = key.slice(key.lastIndexOf('.'));
  const service = `${serviceOf(key)}.`;
  const inTable = row === null ? [] : occurrences.filter((o) => rowOf(o.key)?.table === row.table);
  const place =
    inTable.findLast((o) => o.key.endsWith(column)) ??
    inTable.at(-1) ??
    occurrences.findLast((o) => o.key.startsWith(service));
  // Rows are set after the commands that make them.
  const commands = row === null ? undefined : structure.tables.get(row.table);
  const behind = commands?.insertions.at(-1)?.line.next ?? commands?.deletion.line.next ?? 0;
  return Math.max(place?.to ?? structure.end, behind);
}

/** The command that makes a new row, where the script empties its table before. */
export function insertionOf(
  { structure, settings }: ScriptDocument,
  key: ConfigKey,
  made: ReadonlySet<ConfigKey>,
): { at: number; line: string } | null {
  const row = rowOf(key);
  const commands = row === null ? undefined : structure.tables.get(row.table);
  const last = commands?.insertions.at(-1);
  if (row === null || last === undefined) return null;
  const rows = new Set([...settings.keys(), ...[...made].map((r) => `${r}.`)].map((k) => rowOf(k)?.row ?? ''));
  const inTable = [...rows].filter((name) => rowOf(name)?.table === row.table).length;
  const named = last.argument !== '' && namesOf(last.argument) === namesOf(row.index);
  // This row is among those that were counted.
  const counted = last.argument === '' && numberOf(row.index) === inTable;
  if (named) return { at: last.line.next, line: `${last.name} ${row.index}` };
  if (counted) return { at: last.line.next, line: last.name };
  throw new ChangeRefused(key, `the row ${row.row} cannot be made: the command ${last.name} would make another one`);
}

function namesOf(argument: string): string {
  return argument
    .split(' ')
    .map((part) => part.slice(0, part.indexOf('=')))
    .join(' ');
}

/** The commands that make removed rows. */
export function removeFromScript(document: ScriptDocument, removed: readonly ConfigKey[]): Edit[] {
  const { tables } = document.structure;
  return removed.flatMap((key) => {
    const table = tables.get(key);
    if (table !== undefined) return table.insertions.map(({ line }) => ({ from: line.start, to: line.next, text: '' }));
    const row = key.endsWith(']') ? rowOf(key) : null;
    const insertions = row === null ? [] : (tables.get(row.table)?.insertions ?? []);
    if (row === null || insertions.length === 0) return [];
    const own = insertions.find(({ argument }) => argument === row.index) ?? numbered(document, row, removed);
    return own === undefined ? [] : [{ from: own.line.start, to: own.line.next, text: '' }];
  });
}

/** Of rows that the unit numbers, only the last one can go: the others would get other numbers. */
function numbered(
  { settings, structure }: ScriptDocument,
  row: { table: ConfigKey; row: ConfigKey; index: string },
  removed: readonly ConfigKey[],
): RowCommands['insertions'][number] | undefined {
  const insertions = structure.tables.get(row.table)?.insertions ?? [];
  const number = numberOf(row.index);
  if (number === null || insertions.some(({ argument }) => argument !== '')) return undefined;
  const later = [...settings.keys()]
    .map((key) => rowOf(key))
    .find((other) => {
      const isLater = other?.table === row.table && (numberOf(other.index) ?? 0) > number;
      return isLater && !removed.includes(other.row);
    });
  if (later === undefined) return insertions[number - 1];
  throw new ChangeRefused(row.row, `${row.row} cannot be removed: ${later?.row} would get its number`);
}
