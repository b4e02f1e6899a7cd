import { Injectable } from '@nestjs/common';
import type { AlertRecord, ConditionKey } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { IncidentRepository, type TimelineEntry } from '../incidents/index.ts';
import { AlertRepository } from './alert.repository.ts';
import type { StepToStore } from './step-to-store.ts';

/** Keeps which alerts an incident explains. */
@Injectable()
export class Grouping {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly incidents: IncidentRepository,
  ) {}

  /**
   * Links the alerts `put` to the incident that explains them or unlinks them, and records how many in the timeline. Returns
   * the ids of the incidents concerned.
   */
  async regroup(
    sql: Sql,
    { operatorId, now, step, explains }: StepToStore,
    put: readonly AlertRecord[],
  ): Promise<string[]> {
    const { records } = step.state;
    const causes = put.flatMap(({ hold }) => (hold?.reason === 'suppressed' ? [hold.by] : []));
    const open = await this.alerts.open(sql, operatorId, [...new Set([...put.map(({ key }) => key), ...causes])]);
    const moves = new Map<string | null, string[]>();
    const came = new Map<string, number>();
    const went = new Map<string, number>();
    for (const record of put) {
      const alert = open.get(record.key);
      if (alert === undefined || record.announced) continue;
      const by = record.hold?.reason === 'suppressed' ? record.hold.by : null;
      const incidentId = by === null ? null : (open.get(by)?.incident_id ?? null);
      if (incidentId === alert.incident_id) continue;
      const moving = moves.get(incidentId);
      if (moving === undefined) moves.set(incidentId, [alert.id]);
      else moving.push(alert.id);
      if (incidentId !== null) came.set(incidentId, (came.get(incidentId) ?? 0) + 1);
      if (alert.incident_id !== null) went.set(alert.incident_id, (went.get(alert.incident_id) ?? 0) + 1);
    }
    for (const [incidentId, alertIds] of moves) await this.alerts.join(sql, alertIds, incidentId);
    const roots = await this.#rootKeys(sql, [...came.keys(), ...went.keys()]);
    for (const [id, key] of roots) {
      const record = records.get(key);
      if (record !== undefined)
        await sql.query('update incident set affected = $2 where id = $1', [
          id,
          JSON.stringify(explains(record).affected),
        ]);
    }
    await this.incidents.note(sql, operatorId, [
      ...[...came].map(([incidentId, count]) => counted(incidentId, now, 'alert-joined', count)),
      ...[...went].map(([incidentId, count]) => counted(incidentId, now, 'alert-left', count)),
    ]);
    return [...roots.keys()];
  }

  async #rootKeys(sql: Sql, incidentIds: readonly string[]): Promise<Map<string, ConditionKey>> {
    if (incidentIds.length === 0) return new Map();
    const { rows } = await sql.query<{ id: string; key: string }>(
      `select i.id, a.key from incident i join alert a on a.id = i.root_alert_id where i.id = any ($1) and i.state = 'open'`,
      [incidentIds],
    );
    return new Map(rows.map((row) => [row.id, row.key]));
  }
}

function counted(incidentId: string, at: number, kind: 'alert-joined' | 'alert-left', count: number): TimelineEntry {
  const alerts = count === 1 ? 'One more alert' : `${count} more alerts`;
  const text =
    kind === 'alert-joined'
      ? `${alerts} explained by it.`
      : count === 1
        ? 'One alert is no longer explained by it.'
        : `${count} alerts are no longer explained by it.`;
  return { incidentId, at, kind, by: null, text, data: { count } };
}
