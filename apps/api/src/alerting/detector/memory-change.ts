import type { Sql } from '../../core/db/database.ts';

/** Keys of the transaction-level locks that put writes of alerts of one operator in order, with the operator. */
const WRITER_KEY = 4_242_018;

/** Waits until nobody else writes alerts of this operator, and holds that until the end of the transaction. */
export async function lockAlerts(sql: Sql, operatorId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock($1, hashtext($2))', [WRITER_KEY, operatorId]);
}

/** How often others than the leader changed what the alerting remembers of this operator. */
export async function memoryRevision(sql: Sql, operatorId: string): Promise<number> {
  const { rows } = await sql.query<{ memory_revision: number }>(
    'select memory_revision from alerting_status where operator_id = $1',
    [operatorId],
  );
  return rows[0]?.memory_revision ?? 0;
}

/** Begins a change of `alert_memory` by another than the leader, which reads it anew before it writes again. */
export async function changeMemory(sql: Sql, operatorId: string): Promise<void> {
  await lockAlerts(sql, operatorId);
  await sql.query(
    `insert into alerting_status (operator_id, memory_revision) values ($1, 1)
     on conflict (operator_id) do update set memory_revision = alerting_status.memory_revision + 1`,
    [operatorId],
  );
}

/** Thrown where somebody else changed what is remembered since it was read. */
export class MemoryChanged extends Error {
  constructor() {
    super('what the alerting remembers was changed; it is read anew');
    this.name = 'MemoryChanged';
  }
}
