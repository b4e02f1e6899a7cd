import type pg from 'pg';
import type { SealedField, SealedRow } from '../sealed-fields.ts';
import { headerOf } from '../sealed-value.ts';

/** A row with a sealed value. */
export interface Found {
  row: SealedRow;
  sealed: Buffer;
}

const HEADER_BYTES = headerOf('00000000-0000-0000-0000-000000000000').length;

/** What begins a value, as SQL. */
const beginning = (column: string) => `substring(${column} from 1 for ${HEADER_BYTES})`;

/** Values of a field that are sealed with another key than this one, in order of their rows, after a row. */
export async function sealedOtherwise(
  sql: pg.PoolClient,
  field: SealedField,
  options: { keyId: string; after: SealedRow | null; limit: number },
): Promise<Found[]> {
  const { table, column, key } = field;
  const names = [...key, ...(field.former?.columns ?? [])];
  const order = key.map((name) => `${name}::text`).join(', ');
  const { after } = options;
  const { rows } = await sql.query<Record<string, string> & { sealed_value: Buffer }>(
    `select ${names.map((name) => `${name}::text as ${name}`).join(', ')}, ${column} as sealed_value from ${table}
     where ${column} is not null and ${beginning(column)} <> $1
       ${after === null ? '' : `and (${order}) > (${key.map((_, index) => `$${index + 3}`).join(', ')})`}
     order by ${order} limit $2`,
    [headerOf(options.keyId), options.limit, ...(after === null ? [] : key.map((name) => after[name]))],
  );
  return rows.map(({ sealed_value: sealed, ...row }) => ({ row, sealed }));
}

/** Replaces a sealed value where it is still the one that was read; whether it was. */
export async function replaceSealed(
  sql: pg.PoolClient,
  field: SealedField,
  { row, sealed }: Found,
  by: Buffer,
): Promise<boolean> {
  const { table, column, key } = field;
  const where = key.map((name, index) => `${name}::text = $${index + 3}`).join(' and ');
  const { rowCount } = await sql.query(`update ${table} set ${column} = $2 where ${column} = $1 and ${where}`, [
    sealed,
    by,
    ...key.map((name) => row[name]),
  ]);
  return rowCount === 1;
}

/** How many values of a field begin so; with null, how many are sealed at all. */
export async function countSealed(sql: pg.PoolClient, field: SealedField, keyId: string | null): Promise<number> {
  const { table, column } = field;
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from ${table} where ${column} is not null ${keyId === null ? '' : `and ${beginning(column)} = $1`}`,
    keyId === null ? [] : [headerOf(keyId)],
  );
  return rows[0]!.count;
}
