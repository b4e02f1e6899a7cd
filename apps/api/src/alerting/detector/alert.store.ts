import { Injectable } from '@nestjs/common';
import type { LiveEvent } from '@loopstart/contracts';
import { type AlertChange, type AlertRecord, type ConditionKey, CONDITIONS, type EngineStep } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { AlertRepository, type OpenAlert } from './alert.repository.ts';
import {
  type Affected,
  type Changed,
  IncidentMessages,
  IncidentRepository,
  type IncidentRow,
  incidentView,
  type TimelineEntry,
} from '../incidents/index.ts';
import type { MemoryDelta } from './memory.ts';
import { PolicyPort } from './policy-port.ts';
import { Silencing } from './silencing.ts';

export interface StepToStore {
  operatorId: string;
  now: number;
  step: EngineStep;
  /** Its changes of the engine's records. */
  memory: MemoryDelta;
  /** What a root explains now: keys of alerts, and the part of the fleet behind it. */
  explains: (record: AlertRecord) => { children: readonly ConditionKey[]; affected: Affected };
}

const WORDS: Record<string, string> = {
  recovered: 'It is over.',
  gone: 'What it was about is no longer there.',
  retired: 'Its gateway was taken out of service.',
  'not-watched': 'This kind is no longer watched here.',
};

/** Writes the outcome of an engine step atomically. A repeated step writes the same. */
@Injectable()
export class AlertStore {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly incidents: IncidentRepository,
    private readonly messages: IncidentMessages,
    private readonly policy: PolicyPort,
    private readonly silencing: Silencing,
  ) {}

  /** Whether a step has anything to write. */
  hasWork({ step, memory }: StepToStore): boolean {
    return step.changes.length > 0 || memory.kept.length > 0 || memory.forgotten.length > 0;
  }

  /** Returns the live events to publish after the commit. */
  async write(sql: Sql, work: StepToStore): Promise<LiveEvent[]> {
    const { operatorId, now, step, memory } = work;
    const { put, ended } = fold(step.changes);
    await this.alerts.put(sql, operatorId, put, now);
    const resolved = await this.alerts.resolve(sql, operatorId, ended);
    const touched = new Set<string>();
    for (const change of step.changes)
      if (change.type === 'announce') touched.add(await this.#announce(sql, work, change.record));
    await this.#regroup(sql, work, put, touched);
    for (const id of await this.#update(sql, work)) touched.add(id);
    for (const id of await this.#resolve(sql, work, resolved, ended)) touched.add(id);
    await this.alerts.remember(sql, operatorId, memory, now);
    return this.told(sql, [...touched], now);
  }

  /** The current state of these incidents, as live events. */
  async told(sql: Sql, ids: readonly string[], now: number): Promise<LiveEvent[]> {
    const rows = await this.incidents.find(sql, ids);
    return rows.map((row) => ({ type: 'incident', incident: incidentView(row, now) }));
  }

  /** Announces incidents that are still open at the end of their silence. */
  async unsilence(sql: Sql, operatorId: string, now: number): Promise<string[]> {
    const { rows } = await sql.query<{ id: string; silence_id: string }>(
      `select i.id, i.silence_id from incident i left join silence s on s.id = i.silence_id
       where i.operator_id = $1 and i.state = 'open' and i.silence_id is not null
         and (s.id is null or coalesce(s.ended_at, s.ends_at) <= $2) for update of i`,
      [operatorId, new Date(now)],
    );
    for (const { id } of rows) {
      const [row] = await this.incidents.find(sql, [id]);
      const silenceId = await this.silencing.of(sql, operatorId, row!, now);
      await sql.query('update incident set silence_id = $2 where id = $1', [id, silenceId]);
      if (silenceId === null) await this.#tell(sql, operatorId, row!, now);
    }
    return rows.map((row) => row.id);
  }

  async #announce(sql: Sql, work: StepToStore, record: AlertRecord): Promise<string> {
    const { operatorId, now } = work;
    const alert = (await this.alerts.open(sql, operatorId, [record.key])).get(record.key);
    if (alert === undefined) throw new Error(`The alert ${record.key} is announced but not open.`);
    const { children, affected } = work.explains(record);
    const { title } = CONDITIONS[record.kind];
    const { where } = record;
    const dedupKey = `loopstart/${record.key}/${record.incarnation}`.slice(0, 255);
    // A commit can succeed although its answer got lost; the repeated step then finds the incident stored.
    const existing = await sql.query<{ id: string }>(
      'select id from incident where root_alert_id = $1 and dedup_key = $2',
      [alert.id, dedupKey],
    );
    if (existing.rows[0] !== undefined) return existing.rows[0].id;
    await sql.query('select pg_advisory_xact_lock(4242019, hashtext($1))', [operatorId]);
    const made = await sql.query<{ id: string }>(
      `insert into incident (operator_id, number, root_alert_id, kind, subject_type, subject_id, title, customer_id, site_id, agent_id, gateway_id,
         "position", line_device_class, severity, since, announced_at, flapping, stale, affected, dedup_key)
       select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19
       from incident where operator_id = $1 returning id`,
      [
        operatorId,
        alert.id,
        record.kind,
        record.subject.type,
        record.subject.id,
        title,
        where.customerId,
        where.siteId,
        where.agentId,
        where.gatewayId,
        where.position,
        where.lineDeviceClass,
        record.severity,
        new Date(record.badSince ?? record.openedAt ?? now),
        new Date(now),
        record.flapping,
        record.verdict === 'unknown',
        JSON.stringify(affected),
        dedupKey,
      ],
    );
    const incidentId = made.rows[0]!.id;
    const explained = [...(await this.alerts.open(sql, operatorId, children)).values()];
    await this.alerts.join(sql, [alert.id, ...explained.map(({ id }) => id)], incidentId);
    await this.#note(sql, operatorId, {
      incidentId,
      at: now,
      kind: 'announced',
      by: null,
      text: `${title}. ${record.evidence.text}`,
      data: { severity: record.severity, explains: explained.length },
    });
    const [row] = await this.incidents.find(sql, [incidentId]);
    const silenceId = await this.silencing.of(sql, operatorId, row!, now);
    if (silenceId === null) await this.#tell(sql, operatorId, row!, now);
    else await sql.query('update incident set silence_id = $2 where id = $1', [incidentId, silenceId]);
    return incidentId;
  }

  /** Sends the raise of an incident. */
  async #tell(sql: Sql, operatorId: string, row: IncidentRow, now: number): Promise<void> {
    const messageId = await this.messages.send(sql, operatorId, row.id, { type: 'incident.raised' }, now);
    if (messageId === null) return;
    const incident = {
      id: row.id,
      operatorId,
      severity: row.severity,
      kind: row.kind,
      customerId: row.place.customer?.id ?? null,
      siteId: row.site_id,
      lineDeviceClass: row.place.port?.lineDeviceClass ?? null,
    };
    const started = await this.policy.start(sql, incident, messageId, now);
    if (started !== null)
      await sql.query('update incident set policy_id = $2 where id = $1', [row.id, started.policyId]);
  }

  /** Links alerts to the incident that explains them or unlinks them, and records how many in the timeline. */
  async #regroup(
    sql: Sql,
    { operatorId, now, step, explains }: StepToStore,
    put: readonly AlertRecord[],
    touched: Set<string>,
  ): Promise<void> {
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
      touched.add(id);
    }
    await this.#note(
      sql,
      operatorId,
      ...[...came].map(([incidentId, count]) => counted(incidentId, now, 'alert-joined', count)),
      ...[...went].map(([incidentId, count]) => counted(incidentId, now, 'alert-left', count)),
    );
  }

  async #rootKeys(sql: Sql, incidentIds: readonly string[]): Promise<Map<string, ConditionKey>> {
    if (incidentIds.length === 0) return new Map();
    const { rows } = await sql.query<{ id: string; key: string }>(
      `select i.id, a.key from incident i join alert a on a.id = i.root_alert_id where i.id = any ($1) and i.state = 'open'`,
      [incidentIds],
    );
    return new Map(rows.map((row) => [row.id, row.key]));
  }

  /** Changes of announced alerts. */
  async #update(sql: Sql, { operatorId, now, step }: StepToStore): Promise<string[]> {
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
      this.#note(sql, operatorId, { incidentId: row.id, at: now, kind, by: null, text });
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

  /** Resolves the incidents whose root ended. */
  async #resolve(
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
      await this.#note(sql, operatorId, { incidentId: id, at: now, kind: 'resolved', by: null, text });
      await this.messages.send(sql, operatorId, id, { type: 'incident.resolved' }, now);
      await this.policy.stop(sql, id, 'resolved', now);
    }
    return rows.map(({ id }) => id);
  }

  #note(sql: Sql, operatorId: string, ...entries: TimelineEntry[]): Promise<void> {
    return this.incidents.note(sql, operatorId, entries);
  }
}

/** The last state of each alert that changed, and the ends. Pure. */
function fold(changes: readonly AlertChange[]): {
  put: AlertRecord[];
  ended: { key: ConditionKey; at: number; reason: string }[];
} {
  const put = new Map<ConditionKey, AlertRecord>();
  const ended = new Map<ConditionKey, { key: ConditionKey; at: number; reason: string }>();
  for (const change of changes) {
    const { record } = change;
    if (change.type === 'resolved') {
      put.delete(record.key);
      ended.set(record.key, { key: record.key, at: change.at, reason: change.reason });
    } else put.set(record.key, record);
  }
  return { put: [...put.values()], ended: [...ended.values()] };
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
