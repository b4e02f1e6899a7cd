import { encodeCursor, isStorable, readCursor } from '../http/cursor.ts';
import { isUuid } from '../uuid.ts';
import type { SqlValues } from './sql-values.ts';

/** A time as PostgreSQL writes it, such as `2026-11-23 10:00:00.25+00`. */
function isInstant(text: string): boolean {
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?)(Z|[+-]\d\d)(?::00)?$/.exec(text) ?? [];
  return day !== undefined && !Number.isNaN(Date.parse(`${day}T${time}${zone === 'Z' ? 'Z' : `${zone}:00`}`));
}

/** How the values of a column are compared, and the valid values of a cursor for it. */
const KINDS = {
  text: { cast: 'text', is: isStorable },
  uuid: { cast: 'uuid', is: isUuid },
  integer: { cast: 'bigint', is: (text: string) => /^-?\d{1,18}$/.test(text) },
  number: {
    cast: 'double precision',
    is: (text: string) => /^-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?$/.test(text),
  },
  instant: { cast: 'timestamptz', is: isInstant },
} as const;

/** A column that rows are ordered by. `sql` is a constant of the program, never a text of a request. */
export interface KeyColumn {
  sql: string;
  kind: keyof typeof KINDS;
  descending?: boolean;
  /** Unknown values come last, in either direction. */
  nullable?: boolean;
}

/** The key of a row, one text a column; null where the column is null. */
export type Key = readonly (string | null)[];

/** SQL after `order by`. */
export function orderBy(columns: readonly KeyColumn[]): string {
  return columns
    .flatMap(({ sql, descending, nullable }) => [
      ...(nullable === true ? [`${sql} is null`] : []),
      `${sql}${descending === true ? ' desc' : ''}`,
    ])
    .join(', ');
}

/** SQL: the key of a row. */
export function keyOf(columns: readonly KeyColumn[]): string {
  return `array[${columns.map(({ sql }) => `(${sql})::text`).join(', ')}]::text[]`;
}

/** SQL: a value of a key. */
export const bound = (kind: KeyColumn['kind'], value: string, values: SqlValues): string =>
  `${values.add(value)}::${KINDS[kind].cast}`;

/** SQL: whether a row is after the one with this key. The last column must be unique. */
export function after(columns: readonly KeyColumn[], key: Key, values: SqlValues): string {
  const [column, ...rest] = columns;
  if (column === undefined) return 'false';
  const { sql, kind, descending, nullable } = column;
  const [value, ...others] = key;
  if (value === null || value === undefined)
    return rest.length === 0 ? 'false' : `(${sql} is null and ${after(rest, others, values)})`;
  const there = bound(kind, value, values);
  const behind = `${sql} ${descending === true ? '<' : '>'} ${there}`;
  const beyond = nullable === true ? `(${sql} is null or ${behind})` : behind;
  return rest.length === 0 ? beyond : `(${beyond} or (${sql} = ${there} and ${after(rest, others, values)}))`;
}

/** Where a list continues: after the row with this key, in the requested order. The count is carried along. */
export interface Place {
  sort: string;
  total: number;
  /** The index of the part of a combined order; 0 for a simple one. */
  part: number;
  key: Key;
}

export function encodePlace({ sort, total, part, key }: Place): string {
  return encodeCursor([sort, total, part, ...key]);
}

/**
 * The place in a cursor made by `encodePlace`; null for none. Throws `invalid-input` naming the cursor where it is
 * invalid, or of another order.
 */
export function decodePlace(
  cursor: string | undefined,
  sort: string,
  columnsOf: (part: number) => readonly KeyColumn[] | undefined,
): Place | null {
  return readCursor(cursor, ([of, total, part, ...key]) => {
    if (of !== sort || !isCount(total) || !isCount(part)) return null;
    const columns = columnsOf(part);
    if (columns?.length !== key.length || !columns.every((column, at) => fits(column, key[at]))) return null;
    return { sort, total, part, key: key as Key };
  });
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const fits = ({ kind, nullable }: KeyColumn, value: unknown): boolean =>
  value === null ? nullable === true : typeof value === 'string' && KINDS[kind].is(value);
