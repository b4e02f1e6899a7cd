import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../core/db/database.ts';
import type { AgentChange, BatchWork } from '../decide/batch-work.ts';

/** Changes of one agent's row, as the statement takes them; null: unchanged. */
interface AgentRow {
  id: string;
  seen: string | null;
  rejected: number;
  lost: number;
  lostAt: string | null;
  health: AgentChange['health'];
  ahead: number | null;
}

/** Writes counts, times and the last health of agents. */
@Injectable()
export class AgentRepository {
  /** All agents of a batch in one statement. `seen`: when a message of each was last received, ms. */
  async write(sql: Sql, batch: BatchWork, seen: ReadonlyMap<string, number>): Promise<void> {
    const rows = new Map<string, AgentRow>();
    const rowOf = (id: string): AgentRow => {
      const row = rows.get(id) ?? { id, seen: null, rejected: 0, lost: 0, lostAt: null, health: null, ahead: null };
      rows.set(id, row);
      return row;
    };
    for (const [agentId, at] of seen) rowOf(agentId).seen = new Date(at).toISOString();
    for (const { sender } of batch.rejections) rowOf(sender.agentId).rejected += 1;
    for (const [agentId, { change }] of batch.agentChanges) {
      const { lost, lostAt, health, clockAheadMs } = change;
      const at = lostAt === null ? null : new Date(lostAt).toISOString();
      Object.assign(rowOf(agentId), { lost, lostAt: at, health, ahead: clockAheadMs });
    }
    if (rows.size === 0) return;
    await sql.query({
      name: 'ingest-agents',
      text: `update agent a set last_seen_at = greatest(a.last_seen_at, d.seen), rejected_messages = a.rejected_messages + d.rejected,
               lost_messages = a.lost_messages + d.lost, lost_at = coalesce(d."lostAt", a.lost_at),
               health = coalesce(d.health, a.health), version = coalesce(d.health->>'version', a.version),
               hostname = coalesce(d.health->>'hostname', a.hostname), platform = coalesce(d.health->>'platform', a.platform),
               config_revision_reported = coalesce((d.health->>'configRevision')::integer, a.config_revision_reported),
               clock_skew_ms = coalesce(d.ahead, a.clock_skew_ms)
             from jsonb_to_recordset($1) as d (id uuid, seen timestamptz, rejected bigint, lost bigint, health jsonb, ahead bigint, "lostAt" timestamptz)
             where a.id = d.id`,
      values: [JSON.stringify([...rows.values()])],
    });
  }
}
