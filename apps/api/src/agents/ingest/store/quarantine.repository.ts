import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../core/db/database.ts';
import type { BatchWork } from '../decide/batch-work.ts';

const PAYLOAD_BYTES_KEPT = 4_096;
/** Maximum number of messages kept of one agent in one batch; all of them are counted. */
const KEPT_PER_AGENT = 20;

/** Messages that were quarantined in whole or in part, kept so that the cause can be found. */
@Injectable()
export class QuarantineRepository {
  async write(sql: Sql, rejections: BatchWork['rejections']): Promise<void> {
    const kept = new Map<string, number>();
    const rows = rejections.filter(({ sender }) => {
      const count = (kept.get(sender.agentId) ?? 0) + 1;
      kept.set(sender.agentId, count);
      return count <= KEPT_PER_AGENT;
    });
    if (rows.length === 0) return;
    await sql.query(
      `insert into rejected_message (operator_id, agent_id, epoch, seq, received_at, code, detail, payload)
       select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::bytea[])`,
      [
        rows.map(({ sender }) => sender.operatorId),
        rows.map(({ sender }) => sender.agentId),
        rows.map(({ item }) => item.position?.[0] ?? null),
        rows.map(({ item }) => item.position?.[1] ?? null),
        rows.map(({ item }) => new Date(item.receivedAtMs)),
        rows.map(({ rejection }) => rejection.code),
        rows.map(({ rejection }) => rejection.detail.toWellFormed().replaceAll('\0', '')),
        rows.map(({ item }) => item.payload.subarray(0, PAYLOAD_BYTES_KEPT)),
      ],
    );
  }

  /** Deletes messages quarantined before a time. */
  async deleteBefore(sql: Sql, before: Date): Promise<void> {
    await sql.query('delete from rejected_message where received_at < $1', [before]);
  }
}
