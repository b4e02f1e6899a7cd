import { Injectable } from '@nestjs/common';
import type { AlertRecord, ConditionKey } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { type Changed, IncidentMessages, IncidentRepository, type IncidentRow } from '../incidents/index.ts';
import { AlertRepository, type OpenAlert } from './alert.repository.ts';
import { PolicyPort } from './policy-port.ts';
import type { StepToStore } from './step-to-store.ts';

const WORDS: Record<string, string> = {
  recovered: 'It is over.',
  gone: 'What it was about is no longer there.',
  retired: 'Its gateway was taken out of service.',
  'not-watched': 'This kind is no longer watched here.',
};

/** Carries changes and ends of announced alerts over to their incidents. */
@Injectable()
export class IncidentUpdates {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly incidents: IncidentRepository,
    private readonly messages: IncidentMessages,
    private readonly policy: PolicyPort,
  ) {}

  /** Stores and sends changes of announced alerts. Returns the ids of their incidents. */
  async update(sql: Sql, { operatorId, now, step }: StepToStore): Promise<string[]> {
    const changes = new Map<ConditionKey, { record: AlertRecord; what: Set<string>; flapping: boolean | null }>();
    for (const change of step.changes) {
      if (change.type !== 'changed' && change.type !== 'flapping') continue;
      if (!change.record.announced) continue;
      const entry = changes.get(change.record.key) ?? { record: change.record, what: new Set(), flapping: null };
      changes.set(change.record.key, entry);
      entry.record = change.record;
      if (change.type === 'changed') entry.what.add(change.what);
      else entry.flapping = change.started;
    }
    if (changes.size === 0) return [];
    const open = await this.alerts.open(sql, operatorId, [...changes.keys()]);
    const rows = await this.incidents.find(
      sql,
      [...open.values()].flatMap(({ incident_id: id }) => id ?? []),
    );
    const byRoot = new Map(rows.map((row) => [row.root_alert_id, row]));
    const touched: string[] = [];
    for (const [key, { record, flapping }] of changes) {
      const row = byRoot.get(open.get(key)?.id ?? '');
      if (row === undefined || row.state !== 'open') continue;
      const changed = await this.#change(sql, operatorId, row, record, flapping, now);
      touched.push(row.id);
      const snoozed = row.snoozed_until !== null && row.snoozed_until.getTime() > now;
      if (changed.length > 0 && !snoozed)
        await this.messages.send(sql, operatorId, row.id, { type: 'incident.updated', changed }, now);
    }
    return touched;
  }

  async #change(
    sql: Sql,
    operatorId: string,
    row: IncidentRow,
    record: AlertRecord,
    flapping: boolean | null,
    now: number,
  ): Promise<Changed[]> {
    const changed: Changed[] = [];
    const note = (kind: string, text: string) =>
      this.incidents.note(sql, operatorId, [{ incidentId: row.id, at: now, kind, by: null, text }]);
    await sql.query('update incident set severity = $2, stale = $3, flapping = coalesce($4, flapping) where id = $1', [
      row.id,
      record.severity,
      record.verdict === 'unknown',
      flapping,
    ]);
    if (row.severity !== record.severity) {
      changed.push('severity');
      await note('severity-changed', `From ${row.severity} to ${record.severity}. ${record.evidence.text}`);
    }
    if (flapping !== null && flapping !== row.flapping) {
      changed.push('flapping');
      await note(
        flapping ? 'flapping-started' : 'flapping-ended',
        flapping ? 'It is flapping; single changes are not notified.' : `It is steady again. ${record.evidence.text}`,
      );
    }
    return changed;
  }

  /** Resolves the incidents whose root ended. Returns their ids. */
  async resolve(
    sql: Sql,
    { operatorId, now }: StepToStore,
    alerts: readonly OpenAlert[],
    ended: readonly { key: ConditionKey; at: number; reason: string }[],
  ): Promise<string[]> {
    if (alerts.length === 0) return [];
    const ends = new Map(ended.map((end) => [end.key, end]));
    const byAlert = new Map(alerts.map(({ id, key }) => [id, ends.get(key)!]));
    const { rows } = await sql.query<{ id: string; root_alert_id: string }>(
      "select id, root_alert_id from incident where operator_id = $1 and state = 'open' and root_alert_id = any ($2) order by number for update",
      [operatorId, [...byAlert.keys()]],
    );
    for (const { id, root_alert_id: alertId } of rows) {
      const { at, reason } = byAlert.get(alertId)!;
      await sql.query(
        `update incident set state = 'resolved', resolved_at = $2, resolution = $3, stale = false, flapping = false, snoozed_until = null where id = $1`,
        [id, new Date(at), reason],
      );
      const text = WORDS[reason] ?? 'It is over.';
      await this.incidents.note(sql, operatorId, [{ incidentId: id, at: now, kind: 'resolved', by: null, text }]);
      await this.messages.send(sql, operatorId, id, { type: 'incident.resolved' }, now);
      await this.policy.stop(sql, id, 'resolved', now);
    }
    return rows.map(({ id }) => id);
  }
}
