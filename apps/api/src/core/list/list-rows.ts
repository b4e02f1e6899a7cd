import type { Sql } from '../db/database.ts';
import { after, bound, decodePlace, encodePlace, type Key, type KeyColumn, keyOf, orderBy } from './keyset.ts';
import type { SqlValues } from './sql-values.ts';

/** The requested page of a list. */
export interface ListPage {
  sort: string;
  cursor: string | undefined;
  limit: number;
}

/** The rows of a list as SQL: their tables, their conditions, and their unique id. */
export interface ListRows {
  from: string;
  where: string;
  id: string;
}

/** The sort key of each column; equal rows are ordered by `ties`, of which the last is their id. */
export interface ListOrder<Column extends string> {
  columns: Readonly<Record<Column, readonly KeyColumn[]>>;
  ties: readonly KeyColumn[];
}

/** The key for `column` or `-column`. Throws RangeError where there is no such column. */
export function keyFor(order: ListOrder<string>, sort: string): readonly KeyColumn[] {
  const descending = sort.startsWith('-');
  const first = order.columns[descending ? sort.slice(1) : sort];
  if (first === undefined) throw new RangeError(`no column to sort by: ${sort}`);
  const turned = descending ? first.map((column) => ({ ...column, descending: column.descending !== true })) : first;
  return [...turned, ...order.ties.filter(({ sql }) => !first.some((column) => column.sql === sql))];
}

/**
 * Ids of the rows of one page, in their order. All matching rows are found and sorted: for lists of some ten thousand
 * rows. A page begins after the last row of the one before, so that changes in between neither repeat nor skip others.
 */
export async function findPage(
  sql: Sql,
  rows: ListRows,
  order: ListOrder<string>,
  { sort, cursor, limit }: ListPage,
  values: SqlValues,
): Promise<{ ids: string[]; nextCursor: string | null; total: number }> {
  const key = keyFor(order, sort);
  const place = decodePlace(cursor, sort, (part) => (part === 0 ? key : undefined));
  const found = key.map((column, index) => ({ ...column, sql: `k${index}` }));
  const { rows: shown } = await sql.query<{ id: string; key: Key; total: number }>(
    `with matching as materialized (
       select ${rows.id} as id, ${key.map((column, index) => `${column.sql} as k${index}`).join(', ')} from ${rows.from} where ${rows.where}
     )
     select id, ${keyOf(found)} as key, (select count(*) from matching)::int as total from matching
     ${place === null ? '' : `where ${after(found, place.key, values)}`} order by ${orderBy(found)} limit ${values.add(limit + 1)}`,
    values.all,
  );
  const page = shown.slice(0, limit);
  const last = page.at(-1);
  const total = shown[0]?.total ?? place?.total ?? 0;
  return {
    ids: page.map(({ id }) => id),
    nextCursor:
      shown.length > limit && last !== undefined ? encodePlace({ sort, total, part: 0, key: last.key }) : null,
    total,
  };
}

/**
 * The same for lists of any length, in an order that an index has: rows are walked through from the place on, and counted
 * up to `most`. The first column is known of every row.
 */
export async function walkPage(
  sql: Sql,
  rows: ListRows,
  order: ListOrder<string>,
  { sort, cursor, limit }: ListPage,
  most: number,
  values: SqlValues,
): Promise<{ ids: string[]; nextCursor: string | null; total: number }> {
  const key = keyFor(order, sort);
  const place = decodePlace(cursor, sort, (part) => (part === 0 ? key : undefined));
  const total = place?.total ?? (await countUpTo(sql, rows, most, values));
  const from = place === null ? [] : [notBefore(key, place.key, values), after(key, place.key, values)];
  const { rows: shown } = await sql.query<{ id: string; key: Key }>(
    `select ${rows.id} as id, ${keyOf(key)} as key from ${rows.from} where ${[rows.where, ...from].join(' and ')}
     order by ${orderBy(key)} limit ${values.add(limit + 1)}`,
    values.all,
  );
  const page = shown.slice(0, limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    nextCursor:
      shown.length > limit && last !== undefined ? encodePlace({ sort, total, part: 0, key: last.key }) : null,
    total,
  };
}

async function countUpTo(sql: Sql, { from, where }: ListRows, most: number, values: SqlValues): Promise<number> {
  const { rows } = await sql.query<{ total: number }>(
    `select count(*)::int as total from (select from ${from} where ${where} limit ${most}) counted`,
    values.all,
  );
  return rows[0]!.total;
}

/** SQL: not before a row in the first column: a bound that an index begins at. */
function notBefore([column]: readonly KeyColumn[], [value]: Key, values: SqlValues): string {
  const { sql, kind, descending } = column!;
  return `${sql} ${descending === true ? '<=' : '>='} ${bound(kind, value!, values)}`;
}
