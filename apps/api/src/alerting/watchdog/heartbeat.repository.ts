import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';

/** The dead-man service of an operator; its address is sealed. Runs in the caller's transaction. */
@Injectable()
export class HeartbeatRepository {
  /** How it is set and how the last heartbeat went; all null where there is none. */
  async view(sql: Sql) {
    const { rows } = await sql.query<{
      host: string;
      everyS: number;
      lastSentAt: Date | null;
      lastError: string | null;
    }>('select host, every_s as "everyS", last_sent_at as "lastSentAt", last_error as "lastError" from heartbeat');
    const row = rows[0];
    return {
      host: row?.host ?? null,
      everyS: row?.everyS ?? null,
      lastSentAt: row?.lastSentAt?.toISOString() ?? null,
      lastError: row?.lastError ?? null,
    };
  }

  async put(sql: Sql, operatorId: string, to: { url: Uint8Array; host: string; everyS: number }): Promise<void> {
    await sql.query(
      `insert into heartbeat (operator_id, url, host, every_s) values ($1, $2, $3, $4)
       on conflict (operator_id) do update set url = excluded.url, host = excluded.host, every_s = excluded.every_s,
         last_sent_at = null, last_status = null, last_error = null, updated_at = now()`,
      [operatorId, to.url, to.host, to.everyS],
    );
  }

  async remove(sql: Sql, operatorId: string): Promise<void> {
    await sql.query('delete from heartbeat where operator_id = $1', [operatorId]);
  }

  /** Marks a heartbeat as sent where one is due, and returns its sealed address; null where none is due. */
  async takeDue(sql: Sql, operatorId: string, now: Date): Promise<Buffer | null> {
    const { rows } = await sql.query<{ url: Buffer }>(
      `update heartbeat set last_sent_at = $2 where operator_id = $1 and (last_sent_at is null or last_sent_at + make_interval(secs => every_s) <= $2)
       returning url`,
      [operatorId, now],
    );
    return rows[0]?.url ?? null;
  }

  async record(sql: Sql, operatorId: string, outcome: { status: number | null; error: string | null }): Promise<void> {
    await sql.query('update heartbeat set last_status = $2, last_error = $3 where operator_id = $1', [
      operatorId,
      outcome.status,
      outcome.error,
    ]);
  }
}
