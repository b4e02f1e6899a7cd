import type { Sql } from '../../core/db/database.ts';

/** Class of the transaction-level locks that serialise writes of alerts per operator. */
const WRITER_KEY = 4_242_018;

/** Takes the exclusive right to write alerts of this operator until the end of the transaction. */
export async function lockAlerts(sql: Sql, operatorId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock($1, hashtext($2))', [WRITER_KEY, operatorId]);
}

/** Number of changes to this operator's records by others than the leader. */
export async function memoryRevision(sql: Sql, operatorId: string): Promise<number> {
  const { rows } = await sql.query<{ memory_revision: number }>(
    'select memory_revision from alerting_status where operator_id = $1',
    [operatorId],
  );
  return rows[0]?.memory_revision ?? 0;
}

/** Begins a change of `alert_memory` by another than the leader, which reloads it before its next write. */
export async function changeMemory(sql: Sql, operatorId: string): Promise<void> {
  await lockAlerts(sql, operatorId);
  await sql.query(
    `insert into alerting_status (operator_id, memory_revision) values ($1, 1)
     on conflict (operator_id) do update set memory_revision = alerting_status.memory_revision + 1`,
    [operatorId],
  );
}

/** Thrown where the records were changed by another since they were read. */
export class MemoryChanged extends Error {
  constructor() {
    super('the records of alerting were changed by another process; reloading');
    this.name = 'MemoryChanged';
  }
}
