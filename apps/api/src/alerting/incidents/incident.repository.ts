import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import { placeJoins, placeOf } from '../../core/fleet/place.sql.ts';
import { type IncidentRow, REACHES_NOBODY } from './views.ts';

/** SQL: an `IncidentRow` from `incident i` with `INCIDENT_JOINS`. */
export const INCIDENT_FIELDS = `i.id, i.number, i.root_alert_id, i.kind, i.subject_type, i.subject_id, i.title, i.severity, i.state, i.since, i.announced_at,
  i.resolved_at, i.resolution, i.flapping, i.stale, i.acknowledged_at, i.acknowledged_by, i.acknowledged_by_name, i.assigned_to, iu.name as assigned_name, i.snoozed_until,
  i.silence_id, i.affected, i.policy_id, i.last_seq, i.dedup_key, i.customer_id, i.site_id, i.agent_id, i.gateway_id, i."position", i.line_device_class,
  ia.evidence, ${placeOf('i')} as place, ${REACHES_NOBODY} as reaches_nobody`;
export const INCIDENT_JOINS = `left join alert ia on ia.id = i.root_alert_id left join person iu on iu.id = i.assigned_to ${placeJoins('i')}`;

export interface TimelineEntry {
  incidentId: string;
  at: number;
  kind: string;
  by: string | null;
  text: string;
  data?: Record<string, unknown>;
}

/** Incidents one by one, in the transaction of a change. */
@Injectable()
export class IncidentRepository {
  /** With the row locked for a change. */
  async lock(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
    const { rows } = await sql.query<{ id: string }>(
      'select id from incident where id = any ($1) order by id for update',
      [ids],
    );
    return new Set(rows.map((row) => row.id));
  }

  async find(sql: Sql, ids: readonly string[]): Promise<IncidentRow[]> {
    if (ids.length === 0) return [];
    const { rows } = await sql.query<IncidentRow>(
      `select ${INCIDENT_FIELDS} from incident i ${INCIDENT_JOINS} where i.id = any ($1) order by i.number`,
      [ids],
    );
    return rows;
  }

  /** Writes into timelines. */
  async note(sql: Sql, operatorId: string, entries: readonly TimelineEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const rows = entries.map(({ incidentId, at, kind, by, text, data }) => ({
      incident_id: incidentId,
      at: new Date(at),
      kind,
      by_name: by,
      text,
      data: data ?? {},
    }));
    await sql.query(
      `insert into incident_entry (operator_id, incident_id, at, kind, by_name, text, data)
       select $1, incident_id, at, kind, by_name, text, data
       from jsonb_to_recordset($2) as d (incident_id uuid, at timestamptz, kind text, by_name text, text text, data jsonb)`,
      [operatorId, JSON.stringify(rows)],
    );
  }
}
