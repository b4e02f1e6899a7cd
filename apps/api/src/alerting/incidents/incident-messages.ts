import { Inject, Injectable } from '@nestjs/common';
import { type WebhookIncident, WEBHOOK_VERSION, type WebhookPayload } from '@loopstart/contracts';
import { CONDITIONS } from '@loopstart/domain';
import { CONFIG, type Config } from '../../core/config.ts';
import type { Sql } from '../../core/db/database.ts';
import { Outbox } from '../../notifications/delivery/index.ts';
import { IncidentRepository } from './incident.repository.ts';
import { affectedOf, evidenceView, type IncidentRow } from './views.ts';

export type Changed = Extract<WebhookPayload, { type: 'incident.updated' }>['data']['changed'][number];
export type IncidentMessage =
  | { type: 'incident.raised' | 'incident.acknowledged' | 'incident.resolved' }
  | { type: 'incident.updated'; changed: Changed[] };

/** Messages about an incident, written in the transaction of the change they report. */
@Injectable()
export class IncidentMessages {
  constructor(
    private readonly incidents: IncidentRepository,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Writes the next message of an incident and has it delivered to all who were notified of it before; returns its id.
   * An incident whose raise was never sent (silenced) sends nothing but its raise: null then.
   */
  async send(
    sql: Sql,
    operatorId: string,
    incidentId: string,
    message: IncidentMessage,
    now: number,
  ): Promise<string | null> {
    const numbered = await sql.query<{ last_seq: number; operator: string }>(
      `update incident i set last_seq = last_seq + 1 from operator o
       where i.id = $1 and o.id = i.operator_id and (i.last_seq > 0) = not $2::boolean returning i.last_seq, o.name as operator`,
      [incidentId, message.type === 'incident.raised'],
    );
    const seq = numbered.rows[0]?.last_seq;
    const [row] = await this.incidents.find(sql, [incidentId]);
    if (seq === undefined || row === undefined) return null;
    const operator = { id: operatorId, name: numbered.rows[0]!.operator };
    const data = webhookIncident(row, seq, operator, this.config.PUBLIC_URL);
    const timestamp = new Date(now).toISOString();
    const payload: WebhookPayload =
      message.type === 'incident.updated'
        ? { type: message.type, timestamp, data: { ...data, changed: message.changed } }
        : { type: message.type, timestamp, data };
    const id = await this.outbox.enqueue(sql, {
      operatorId,
      type: message.type,
      incidentId,
      seq,
      dedupeKey: `${incidentId}/${seq}`,
      payload,
      severity: row.severity,
      kind: row.kind,
      customerId: row.place.customer?.id ?? null,
      lineDeviceClass: row.line_device_class,
    });
    if (seq > 1) await this.outbox.deliver(sql, operatorId, id, await this.outbox.recipientsOf(sql, incidentId));
    return id;
  }
}

/** The data of a message. Pure. */
export function webhookIncident(
  row: IncidentRow,
  seq: number,
  operator: { id: string; name: string },
  publicUrl: string,
): WebhookIncident {
  return {
    version: WEBHOOK_VERSION,
    incidentId: row.id,
    number: row.number,
    seq,
    dedupKey: row.dedup_key,
    kind: row.kind,
    title: row.title,
    subject: { type: row.subject_type, id: row.subject_id },
    place: row.place,
    severity: row.severity,
    state: row.state,
    since: row.since.toISOString(),
    announcedAt: row.announced_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    resolution: row.resolution,
    why: row.evidence.text,
    evidence: evidenceView(row.kind, row.evidence, row.place),
    firstStep: CONDITIONS[row.kind].firstStep,
    affected: affectedOf(row),
    flapping: row.flapping,
    acknowledgedBy: row.acknowledged_by_name,
    assignedTo: row.assigned_name,
    url: new URL(`/incidents/${row.id}`, publicUrl).toString(),
    operator,
  };
}
