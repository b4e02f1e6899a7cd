import type { Database } from './database.ts';
import { wholeOperator } from './scope.ts';

const MONTH_MS = 31 * 86_400_000;
/** Rows deleted in one transaction. */
const BATCH = 2_000;

/**
 * Deletes rows of every operator that are older than this many months, in batches. `statement` deletes at most $3 rows
 * of operator $1 from before $2. Returns how many were deleted.
 */
export async function forgetOld(
  db: Database,
  statement: string,
  { now, months }: { now: number; months: number },
): Promise<number> {
  const before = new Date(now - months * MONTH_MS);
  const { rows } = await db.query<{ id: string }>('select id from resolve_operators() as id');
  let forgotten = 0;
  for (const { id } of rows)
    for (let deleted = BATCH; deleted === BATCH; forgotten += deleted)
      deleted = await db.tx(
        wholeOperator(id),
        async (sql) => (await sql.query(statement, [id, before, BATCH])).rowCount ?? 0,
      );
  return forgotten;
}
