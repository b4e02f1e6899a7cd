import { FileRefused } from '../engine/refusals.ts';
import { characterName } from '../engine/source-text.ts';

/** One value of a row, by offsets in the row's text; with its quotes. */
export interface IniCell {
  readonly start: number;
  readonly end: number;
  /** Empty and not quoted: null, which means the default of the column. */
  readonly value: string | null;
  readonly quoted: boolean;
}

/** The values of a row from `from` on: separated by commas, some in double quotes, ended by a semicolon. */
export function readCells(row: string, from: number, line: number): IniCell[] {
  const cells: IniCell[] = [];
  let at = from;
  for (;;) {
    at = skipSpace(row, at);
    const cell = row[at] === '"' ? quotedCell(row, at, line) : bareCell(row, at);
    cells.push(cell);
    at = skipSpace(row, cell.end);
    if (row[at] === ';') break;
    if (row[at] !== ',') {
      throw new FileRefused(line, 'a comma or a semicolon behind the value', characterName(row.charAt(at)));
    }
    at += 1;
  }
  const rest = skipSpace(row, at + 1);
  if (rest < row.length) throw new FileRefused(line, 'the end of the row', `text behind ";"`);
  return cells;
}

function quotedCell(row: string, start: number, line: number): IniCell {
  const close = row.indexOf('"', start + 1);
  if (close === -1) throw new FileRefused(line, 'a closing double quote', 'the end of the line');
  return { start, end: close + 1, value: row.slice(start + 1, close), quoted: true };
}

function bareCell(row: string, start: number): IniCell {
  let end = start;
  while (end < row.length && row[end] !== ',' && row[end] !== ';') end += 1;
  while (end > start && isSpace(row[end - 1])) end -= 1;
  const value = row.slice(start, end);
  return { start, end, value: value === '' ? null : value, quoted: false };
}

function skipSpace(row: string, from: number): number {
  let at = from;
  while (isSpace(row[at])) at += 1;
  return at;
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
