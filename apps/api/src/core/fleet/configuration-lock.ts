import type { Sql } from '../db/database.ts';

/** Until the end of the transaction nobody else changes what is in force for this operator. */
export async function lockConfiguration(sql: Sql, operatorId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtext('loopstart.configuration'), hashtext($1))`, [operatorId]);
}
