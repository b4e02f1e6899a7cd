import { Injectable } from '@nestjs/common';
import type { AlertRecord, ConditionKey } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import type { MemoryDelta } from './memory.ts';

export interface OpenAlert {
  id: string;
  key: ConditionKey;
  incident_id: string | null;
}

/** Rows per statement: more would only make its text too large. */
const ROWS_MAX = 2_000;

/** Alerts and the engine's records, many rows per statement. */
@Injectable()
export class AlertRepository {
  async memory(sql: Sql, operatorId: string): Promise<AlertRecord[]> {
    const { rows } = await sql.query<{ record: AlertRecord }>(
      'select record from alert_memory where operator_id = $1',
      [operatorId],
    );
    return rows.map((row) => row.record);
  }

  async remember(sql: Sql, operatorId: string, { kept, forgotten }: MemoryDelta, now: number): Promise<void> {
    for (const some of inChunks(kept))
      await sql.query(
        `insert into alert_memory (operator_id, key, record, updated_at) select $1, d->>'key', d, $3 from jsonb_array_elements($2::jsonb) as d
         on conflict (operator_id, key) do update set record = excluded.record, updated_at = excluded.updated_at`,
        [operatorId, JSON.stringify(some), new Date(now)],
      );
    if (forgotten.length > 0)
      await sql.query('delete from alert_memory where operator_id = $1 and key = any ($2)', [operatorId, forgotten]);
  }

  /** Opens alerts or updates open ones. Idempotent: a repeated step opens nothing twice. */
  async put(sql: Sql, operatorId: string, records: readonly AlertRecord[], now: number): Promise<void> {
    for (const some of inChunks(records)) await this.#put(sql, operatorId, some, now);
  }

  async #put(sql: Sql, operatorId: string, records: readonly AlertRecord[], now: number): Promise<void> {
    await sql.query(
      `insert into alert (operator_id, key, incarnation, kind, subject_type, subject_id, customer_id, site_id, agent_id, gateway_id, "position",
         line_device_class, severity, since, opened_at, hold, stale, flapping, evidence)
       select $1, d.key, d.incarnation, d.kind, d.subject_type, d.subject_id, d.customer_id, d.site_id, d.agent_id, d.gateway_id, d."position",
         d.line_device_class, d.severity, d.since, d.opened_at, d.hold, d.stale, d.flapping, d.evidence
       from jsonb_to_recordset($2) as d (key text, incarnation integer, kind text, subject_type text, subject_id text, customer_id uuid, site_id uuid,
         agent_id uuid, gateway_id uuid, "position" integer, line_device_class text, severity text, since timestamptz, opened_at timestamptz,
         hold jsonb, stale boolean, flapping boolean, evidence jsonb)
       on conflict (operator_id, key) where state = 'open' do update
         set severity = excluded.severity, hold = excluded.hold, stale = excluded.stale, flapping = excluded.flapping, evidence = excluded.evidence`,
      [operatorId, JSON.stringify(records.map((record) => rowOf(record, now)))],
    );
  }

  /** Ends alerts; returns those that were open. */
  async resolve(
    sql: Sql,
    operatorId: string,
    ended: readonly { key: ConditionKey; at: number; reason: string }[],
  ): Promise<OpenAlert[]> {
    if (ended.length === 0) return [];
    const { rows } = await sql.query<OpenAlert>(
      `update alert a set state = 'resolved', resolved_at = d.at, resolution = d.reason, hold = null, stale = false
       from jsonb_to_recordset($2) as d (key text, at timestamptz, reason text)
       where a.operator_id = $1 and a.key = d.key and a.state = 'open' returning a.id, a.key, a.incident_id`,
      [operatorId, JSON.stringify(ended.map(({ key, at, reason }) => ({ key, at: new Date(at), reason })))],
    );
    return rows;
  }

  async open(sql: Sql, operatorId: string, keys: readonly ConditionKey[]): Promise<Map<ConditionKey, OpenAlert>> {
    if (keys.length === 0) return new Map();
    const { rows } = await sql.query<OpenAlert>(
      `select id, key, incident_id from alert where operator_id = $1 and state = 'open' and key = any ($2)`,
      [operatorId, keys],
    );
    return new Map(rows.map((row) => [row.key, row]));
  }

  /** Sets the incident that explains these alerts; null: none. */
  async join(sql: Sql, alertIds: readonly string[], incidentId: string | null): Promise<void> {
    if (alertIds.length === 0) return;
    await sql.query('update alert set incident_id = $2 where id = any ($1)', [alertIds, incidentId]);
  }
}

function* inChunks<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += ROWS_MAX) yield list.slice(at, at + ROWS_MAX);
}

function rowOf(record: AlertRecord, now: number) {
  const { where } = record;
  return {
    key: record.key,
    incarnation: record.incarnation,
    kind: record.kind,
    subject_type: record.subject.type,
    subject_id: record.subject.id,
    customer_id: where.customerId,
    site_id: where.siteId,
    agent_id: where.agentId,
    gateway_id: where.gatewayId,
    position: where.position,
    line_device_class: where.lineDeviceClass,
    severity: record.severity,
    since: new Date(record.badSince ?? record.openedAt ?? now),
    opened_at: new Date(record.openedAt ?? now),
    hold: record.hold,
    stale: record.verdict === 'unknown',
    flapping: record.flapping,
    evidence: record.evidence,
  };
}
