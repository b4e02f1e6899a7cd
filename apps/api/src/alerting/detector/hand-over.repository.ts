import { Injectable } from '@nestjs/common';
import { type AlertRecord, handOver } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { IncidentRepository } from '../incidents/index.ts';
import { changeMemory } from './memory-change.ts';

export interface TakeOver {
  operatorId: string;
  from: string;
  to: { gatewayId: string; agentId: string };
  positions: ReadonlyMap<number, number>;
  /** For the timeline: the actor, and one sentence. */
  by: string;
  text: string;
  now: number;
}

/** Moves alerts and incidents of one gateway to another, in the transaction of the change. */
@Injectable()
export class HandOverRepository {
  constructor(private readonly incidents: IncidentRepository) {}

  async handOver(sql: Sql, { operatorId, from, to, positions, by, text, now }: TakeOver): Promise<void> {
    await changeMemory(sql, operatorId);
    const moved = handOver(await this.#memory(sql, operatorId, from), {
      from,
      to,
      positions,
      taken: new Set((await this.#memory(sql, operatorId, to.gatewayId)).map(({ key }) => key)),
    });
    for (const { key, record } of moved) {
      await sql.query(
        `update alert_memory set key = $3, record = $4, updated_at = $5 where operator_id = $1 and key = $2`,
        [operatorId, key, record.key, JSON.stringify(record), new Date(now)],
      );
      const values = [record.key, record.subject.id, to.gatewayId, to.agentId, record.where.position];
      const { rows } = await sql.query<{ id: string }>(
        `update alert set key = $3, subject_id = $4, gateway_id = $5, agent_id = $6, "position" = $7
         where operator_id = $1 and key = $2 and state = 'open' returning id`,
        [operatorId, key, ...values],
      );
      const incidents = await sql.query<{ id: string }>(
        `update incident set subject_id = $2, gateway_id = $3, agent_id = $4, "position" = $5
         where root_alert_id = any ($1) and state = 'open' returning id`,
        [rows.map(({ id }) => id), ...values.slice(1)],
      );
      const notes = incidents.rows.map(({ id }) => ({ incidentId: id, at: now, kind: 'handed-over', by, text }));
      await this.incidents.note(sql, operatorId, notes);
      await this.#explainedBy(sql, operatorId, key, record.key);
    }
  }

  /** Dependencies on a moved condition follow to its new key. */
  async #explainedBy(sql: Sql, operatorId: string, before: string, now: string): Promise<void> {
    await sql.query(
      `update alert_memory set record = jsonb_set(record, '{hold,by}', to_jsonb($3::text)) where operator_id = $1 and record #>> '{hold,by}' = $2`,
      [operatorId, before, now],
    );
    await sql.query(
      `update alert set hold = jsonb_set(hold, '{by}', to_jsonb($3::text)) where operator_id = $1 and state = 'open' and hold ->> 'by' = $2`,
      [operatorId, before, now],
    );
  }

  async #memory(sql: Sql, operatorId: string, gatewayId: string): Promise<AlertRecord[]> {
    const { rows } = await sql.query<{ record: AlertRecord }>(
      `select record from alert_memory where operator_id = $1 and record #>> '{where,gatewayId}' = $2 for update`,
      [operatorId, gatewayId],
    );
    return rows.map(({ record }) => record);
  }
}
