import type { Sql } from '../../core/db/database.ts';
import { FACTOR_TABLES } from '../../core/session/factor-tables.ts';

/** Removes what an account has beside its password, and what waits for it, in a transaction of the account. */
export async function forgetFactors(sql: Sql, accountId: string): Promise<void> {
  for (const table of FACTOR_TABLES) await sql.query(`delete from ${table} where account_id = $1`, [accountId]);
}
