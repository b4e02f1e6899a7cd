import { Injectable } from '@nestjs/common';
import type { Position } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';

/** The committed position of each agent's stream. */
@Injectable()
export class CursorRepository {
  /** The cursors of agents, locked until the end of the transaction; in one order for all. */
  async lock(sql: Sql, agentIds: readonly string[]): Promise<Map<string, Position>> {
    const { rows } = await sql.query<{ agent_id: string; epoch: number; seq: number }>({
      name: 'ingest-lock-cursors',
      text: 'select agent_id, epoch, seq from agent_cursor where agent_id = any ($1::uuid[]) order by agent_id for update',
      values: [agentIds],
    });
    return new Map(rows.map((row) => [row.agent_id, [row.epoch, row.seq]]));
  }

  async move(sql: Sql, cursors: ReadonlyMap<string, Position>): Promise<void> {
    if (cursors.size === 0) return;
    const positions = [...cursors.values()];
    await sql.query({
      name: 'ingest-move-cursors',
      text: `update agent_cursor c set epoch = u.epoch, seq = u.seq
             from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as u (id, epoch, seq) where c.agent_id = u.id`,
      values: [[...cursors.keys()], positions.map(([epoch]) => epoch), positions.map(([, seq]) => seq)],
    });
  }
}
