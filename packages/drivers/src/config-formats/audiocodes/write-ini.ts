import type { Creation } from '../engine/format-description.ts';
import type { ConfigDocument, Occurrence } from '../engine/document.ts';
import type { Edit } from '../engine/edits.ts';
import { lineInsertion } from '../engine/lines.ts';
import { ChangeRefused } from '../engine/refusals.ts';
import { checkCharacters } from '../engine/values.ts';
import type { ConfigKey } from '../format.ts';
import type { IniRow, IniStructure, IniTable } from './ini-structure.ts';

export type IniDocument = ConfigDocument<IniStructure>;

export function writeIniValue(document: IniDocument, occurrence: Occurrence, value: string): string {
  const { key, label, start } = occurrence;
  if (occurrence.secret === 'masked') return `${label} = ${parameterText(key, value, false)}`;
  const first = document.source.text[start];
  if (!key.includes('/')) return parameterText(key, value, first === "'");
  return cellText(document, key, value, first === '"');
}

/** Single parameters: in single quotes where they were, or where the value is more than one plain word. */
function parameterText(key: ConfigKey, value: string, wasQuoted: boolean): string {
  checkCharacters(key, value, ";'", 'an ini parameter cannot hold');
  const plain = !/^$|\s/.test(value);
  return plain && !wasQuoted ? value : `'${value}'`;
}

function cellText({ structure }: IniDocument, key: ConfigKey, value: string, wasQuoted: boolean): string {
  const plain = /^[-\w.:/$]+$/.test(value);
  if (wasQuoted || (structure.quotesStrings && !plain)) {
    checkCharacters(key, value, '"', 'a quoted value of a table cannot hold');
    return `"${value}"`;
  }
  if (value === '') {
    throw new ChangeRefused(key, `${key} cannot be empty in this file; remove it to give the column its default`);
  }
  checkCharacters(key, value, ',;"', 'a value of this table cannot hold without quotes');
  if (value.trim() === value) return value;
  throw new ChangeRefused(
    key,
    `the value of ${key} begins or ends with a space, which is lost without quotes`,
    'a space',
  );
}

/** New values of rows, new rows, new parameters. */
export function createIni(document: IniDocument, creations: readonly Creation[]): Edit[] {
  const parameters = creations.filter(({ key }) => !key.includes('/'));
  const rows = Map.groupBy(
    creations.filter(({ key }) => key.includes('/')),
    ({ key }) => key.slice(0, key.lastIndexOf('/')),
  );
  return [
    ...(parameters.length === 0 ? [] : [createParameters(document, parameters)]),
    ...[...rows].flatMap(([row, cells]) => createCells(document, row, cells)),
  ];
}

function createParameters({ source, structure }: IniDocument, creations: readonly Creation[]): Edit {
  // In a file of tables alone they come first: text behind a table would be read, but is not what units write.
  const firstTable = [...structure.tables.values()][0]?.title.start ?? source.text.length;
  return lineInsertion(source.text, structure.parametersEnd ?? firstTable, creations.map(parameterLine));
}

/** A single parameter on a line of its own. */
export function parameterLine({ key, value }: Creation): string {
  if (!/^[a-z]\w*$/.test(key)) throw new ChangeRefused(key, `${key} is not the name of a parameter`);
  return `${key} = ${parameterText(key, value, false)}`;
}

function createCells(document: IniDocument, rowKey: ConfigKey, creations: readonly Creation[]): Edit[] {
  const [tableKey = '', index = '', more] = rowKey.split('/');
  const table = document.structure.tables.get(tableKey);
  const [first] = creations;
  if (table === undefined || table.format === null || more !== undefined || !/^\d[\d,]*$/.test(index)) {
    const reason = `the file has no table ${tableKey} with a FORMAT line, without which no row ${rowKey} can be written`;
    throw new ChangeRefused(first?.key ?? rowKey, reason);
  }
  const values = new Map(creations.map(({ key, value }) => [columnOf(table, key), { key, value }]));
  const row = table.rows.get(index);
  if (row === undefined) return [newRow(document, table, index, values)];
  return [...values].map(([column, { key, value }]) => {
    const cell = row.cells[column];
    const at = row.line.start + (cell?.start ?? 0);
    const text = cellText(document, key, value, quotedColumn(table, column));
    return { from: at, to: row.line.start + (cell?.end ?? 0), text: spaced(document, at, text) };
  });
}

/** An empty value leaves no space behind its comma in some files. */
function spaced({ source }: IniDocument, at: number, text: string): string {
  return source.text[at - 1] === ',' || source.text[at - 1] === '=' ? ` ${text}` : text;
}

function newRow(
  document: IniDocument,
  table: IniTable,
  index: string,
  values: ReadonlyMap<number, { key: ConfigKey; value: string }>,
): Edit {
  const cells = table.columns.map((_, column) => {
    const given = values.get(column);
    return given === undefined ? '' : cellText(document, given.key, given.value, quotedColumn(table, column));
  });
  const at = behindIndex(table, index)?.line.next ?? table.format?.next ?? table.title.next;
  return lineInsertion(document.source.text, at, [`${table.name} ${index} = ${cells.join(', ')};`]);
}

function behindIndex(table: IniTable, index: string): IniRow | undefined {
  return [...table.rows.values()].findLast((row) => Number.parseInt(row.index, 10) < Number.parseInt(index, 10));
}

function columnOf(table: IniTable, key: ConfigKey): number {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const column = table.columns.findIndex((candidate) => candidate.key === name);
  if (column !== -1) return column;
  throw new ChangeRefused(key, `the table ${table.name} of this unit has no column ${name}`);
}

function quotedColumn(table: IniTable, column: number): boolean {
  return [...table.rows.values()].some((row) => row.cells[column]?.quoted === true);
}

/** Rows go as a whole; a value of a row becomes empty, which is the default of its column. */
export function removeIni({ structure }: IniDocument, removed: readonly ConfigKey[]): Edit[] {
  return removed.flatMap((key) => {
    const [tableKey = '', index, column] = key.split('/');
    const table = structure.tables.get(tableKey);
    if (table === undefined || column !== undefined) return [];
    const rows = index === undefined ? [...table.rows.values()] : [table.rows.get(index)];
    return rows.flatMap((row) => (row === undefined ? [] : [{ from: row.line.start, to: row.line.next, text: '' }]));
  });
}
