import { type ConfigEditInput, type ConfigLine, LINE_FIELDS, type LineField } from '@loopstart/contracts';
import { configItemProblem, fieldOf } from '@loopstart/domain';
import { textOf, valueOf } from '../setting/setting-text.ts';

export type LineCell = ConfigLine['cells'][number];
/** What was done to a cell and is not saved. */
export interface CellChange {
  /** What was typed; null: what is set at the port itself is to go. */
  readonly text: string | null;
  /** What stood there when it was done, so that nobody overwrites what they did not see. */
  readonly sees: string | null;
}
/** Changes by the key of their cell. */
export type Changes = ReadonlyMap<string, CellChange>;

/** A cell by its row and column. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

export const lineKey = ({ gateway, position }: ConfigLine): string => `${gateway.id} ${position}`;
export const cellKey = (line: ConfigLine, field: LineField): string => `${lineKey(line)} ${field}`;
export const isSecretField = (field: LineField): boolean => fieldOf(field).secret === true;
export const cellOf = (line: ConfigLine, column: number): LineCell => line.cells[column]!;

const YES = new Set(['yes', 'y', 'true', '1', 'on']);
const NO = new Set(['no', 'n', 'false', '0', 'off']);

/** What holds in a cell, as it is typed. Secrets are never here. */
export function storedText({ field, value }: LineCell): string {
  return isSecretField(field) ? '' : textOf(fieldOf(field).type, value);
}

/** The text with which typing in a cell begins. */
export function editText(cell: LineCell, change: CellChange | undefined): string {
  if (isSecretField(cell.field)) return '';
  return change === undefined ? storedText(cell) : (change.text ?? '');
}

/** A typed text as `valueOf` reads it: yes and no in the words of people and spreadsheets. */
function normal(field: LineField, typed: string): string {
  const text = typed.trim();
  if (fieldOf(field).type.kind !== 'flag') return text;
  const word = text.toLowerCase();
  return YES.has(word) ? 'true' : NO.has(word) ? 'false' : text;
}

/** The change that a typed text means; null: none. An empty text takes away what is set at the port itself. */
export function changeOf(cell: LineCell, typed: string): CellChange | null {
  const text = normal(cell.field, typed);
  if (text === '') return isSecretField(cell.field) ? null : removal(cell);
  return text === storedText(cell) ? null : { text, sees: cell.sees };
}

/** Takes away what is set at the port itself; null where nothing is, or it goes already. */
export const removal = ({ sees, inDraft }: LineCell): CellChange | null =>
  sees === null || inDraft === 'reset' ? null : { text: null, sees };

/** What was expected in a cell; null where nothing is wrong with it. */
export function changeProblem(field: LineField, { text }: CellChange): string | null {
  if (text === null) return null;
  const value = valueOf(fieldOf(field).type, text);
  const item = { layer: 'port', kind: 'setting', name: field, deviceClass: null, action: 'set', value } as const;
  return configItemProblem(item)?.expected ?? null;
}

/** The changes with that of one cell; null takes it back. */
export function withChange(changes: Changes, key: string, change: CellChange | null): Changes {
  const next = new Map(changes);
  if (change === null) next.delete(key);
  else next.set(key, change);
  return next;
}

/** The changes with a pasted block, and how many cells of it were beyond the sheet. */
export function withBlock(
  changes: Changes,
  lines: readonly ConfigLine[],
  at: Spot,
  block: readonly (readonly string[])[],
): { changes: Changes; pasted: number; beyond: number } {
  let next = changes;
  let pasted = 0;
  let beyond = 0;
  for (const [down, texts] of block.entries())
    for (const [right, text] of texts.entries()) {
      const line = lines[at.row + down];
      const field = LINE_FIELDS[at.column + right];
      if (line === undefined || field === undefined) {
        beyond += 1;
        continue;
      }
      next = withChange(next, cellKey(line, field), changeOf(cellOf(line, at.column + right), text));
      pasted += 1;
    }
  return { changes: next, pasted, beyond };
}

/** The edits that the changes mean, with the key of the cell of each. */
export function editsOf(lines: readonly ConfigLine[], changes: Changes): { keys: string[]; edits: ConfigEditInput[] } {
  const keys: string[] = [];
  const edits: ConfigEditInput[] = [];
  for (const line of lines)
    for (const { field } of line.cells) {
      const key = cellKey(line, field);
      const change = changes.get(key);
      if (change === undefined) continue;
      const place = { layer: 'port', gatewayId: line.gateway.id, position: line.position } as const;
      const { text, sees } = change;
      const item = { place, kind: 'setting', name: field, deviceClass: null, isSealed: false, sees } as const;
      keys.push(key);
      edits.push(
        text === null
          ? { ...item, action: 'reset' }
          : { ...item, action: 'set', value: valueOf(fieldOf(field).type, text) as never },
      );
    }
  return { keys, edits };
}

/** The next cell in a direction, within a sheet of so many rows. */
export function moved({ row, column }: Spot, rows: number, by: Partial<Spot>): Spot {
  const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at));
  return {
    row: within(row + (by.row ?? 0), rows),
    column: within(column + (by.column ?? 0), LINE_FIELDS.length),
  };
}
