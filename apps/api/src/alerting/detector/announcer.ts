import { Injectable } from '@nestjs/common';
import { type AlertRecord, CONDITIONS } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { IncidentMessages, IncidentRepository, type IncidentRow } from '../incidents/index.ts';
import { AlertRepository } from './alert.repository.ts';
import { PolicyPort } from './policy-port.ts';
import { Silencing } from './silencing.ts';
import type { StepToStore } from './step-to-store.ts';

/** Opens incidents, and announces them unless a silence holds them back. */
@Injectable()
export class Announcer {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly incidents: IncidentRepository,
    private readonly messages: IncidentMessages,
    private readonly policy: PolicyPort,
    private readonly silencing: Silencing,
  ) {}

  /** Opens the incident of an alert. A repeated step finds it stored. Returns its id. */
  async announce(sql: Sql, work: StepToStore, record: AlertRecord): Promise<string> {
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
    await this.incidents.note(sql, operatorId, [
      {
        incidentId,
        at: now,
        kind: 'announced',
        by: null,
        text: `${title}. ${record.evidence.text}`,
        data: { severity: record.severity, explains: explained.length },
      },
    ]);
    const [row] = await this.incidents.find(sql, [incidentId]);
    const silenceId = await this.silencing.of(sql, operatorId, row!, now);
    if (silenceId === null) await this.#tell(sql, operatorId, row!, now);
    else await sql.query('update incident set silence_id = $2 where id = $1', [incidentId, silenceId]);
    return incidentId;
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
}
