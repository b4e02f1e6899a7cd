import { Injectable } from '@nestjs/common';
import type { WebhookPayload } from '@loopstart/contracts';
import type { Escalatable, EscalationState } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';

/** The state of the domain, and the keys of who was notified so far (channel and recipient). */
export interface StoredState extends EscalationState {
  told: string[];
  /** The severity in its raise. */
  raisedAs: Escalatable['severity'];
  /** Undelivered: a step found no recipient, and the timeline says so. The name is stored, so it stays. */
  unheard: boolean;
  /** Suppressed: postponed by a silence, by maintenance or after a failure. The name is stored, so it stays. */
  hushed: boolean;
}

/** The part of an incident that escalation needs. */
export interface EscalatedIncident extends Escalatable {
  id: string;
  operatorId: string;
  gatewayId: string | null;
  position: number | null;
}

export interface RunningEscalation {
  incident: EscalatedIncident;
  policyId: string;
  raiseMessageId: string;
  state: StoredState;
  /** Null: nothing waits. */
  nextAt: number | null;
}

const ESCALATION = fields('Escalation', 'e', ['incidentId', 'operatorId', 'policyId', 'raiseMessageId']);
const INCIDENT = fields('Incident', 'i', [
  'severity',
  'kind',
  'customerId',
  'siteId',
  'gatewayId',
  'position',
  'lineDeviceClass',
]);
type EscalationRow = RowOf<typeof ESCALATION> & RowOf<typeof INCIDENT> & { state: StoredState };

const SELECT = `select ${ESCALATION}, e.state, ${INCIDENT} from escalation e join incident i on i.id = e.incident_id`;

/** Escalations of incidents. A change locks the incident first, then the escalation. */
@Injectable()
export class EscalationRepository {
  /** Up to `limit` that are due now or whose incident became worse or better, locked; skips those locked by others. */
  async claimDue(sql: Sql, now: number, limit: number): Promise<RunningEscalation[]> {
    const { rows } = await sql.query<EscalationRow>(
      `${SELECT} where e.stopped is null and i.state = 'open' and (e.next_at <= $1
         or (e.state ->> 'severity' is distinct from i.severity and e.state ->> 'hushed' is distinct from 'true'))
       order by e.next_at nulls last limit $2 for update of i, e skip locked`,
      [new Date(now), limit],
    );
    return rows.map(toRunning);
  }

  /** The escalation of an incident, locked; null where it has none. */
  async lock(sql: Sql, incidentId: string): Promise<RunningEscalation | null> {
    const { rows } = await sql.query<EscalationRow>(`${SELECT} where e.incident_id = $1 for update of i, e`, [
      incidentId,
    ]);
    return rows[0] === undefined ? null : toRunning(rows[0]);
  }

  /** Saves the progress; a stopped one resumes. */
  async save(sql: Sql, { incident, policyId, raiseMessageId, state, nextAt }: RunningEscalation): Promise<void> {
    await sql.query(
      `insert into escalation (incident_id, operator_id, policy_id, raise_message_id, state, next_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (incident_id) do update set policy_id = $3, state = $5, next_at = $6, stopped = null`,
      [
        incident.id,
        incident.operatorId,
        policyId,
        raiseMessageId,
        JSON.stringify(state),
        nextAt === null ? null : new Date(nextAt),
      ],
    );
  }

  async stop(sql: Sql, incidentId: string, reason: string): Promise<void> {
    await sql.query(
      `update escalation set stopped = $2, next_at = null where incident_id = $1 and (stopped is null or $2 = 'resolved')`,
      [incidentId, reason],
    );
  }

  /** Postpones it, whatever changes until then. */
  async putOff(sql: Sql, incidentId: string, until: number): Promise<void> {
    await sql.query(
      `update escalation set next_at = $2, state = state || '{"hushed": true}' where incident_id = $1 and stopped is null`,
      [incidentId, new Date(until)],
    );
  }

  /** Sets the policy that is responsible for the incident. */
  async setPolicy(sql: Sql, incidentId: string, policyId: string): Promise<void> {
    await sql.query('update incident set policy_id = $2 where id = $1 and policy_id is distinct from $2', [
      incidentId,
      policyId,
    ]);
  }

  /** Adds an entry to the timeline of the incident. */
  async note(sql: Sql, incident: EscalatedIncident, at: number, text: string, data: object): Promise<void> {
    await sql.query(
      `insert into incident_entry (operator_id, incident_id, at, kind, text, data) values ($1, $2, $3, 'notified', $4, $5)`,
      [incident.operatorId, incident.id, new Date(at), text, JSON.stringify(data)],
    );
  }

  /** The next sequence number of the incident's messages. */
  async nextSeq(sql: Sql, incidentId: string): Promise<number> {
    const { rows } = await sql.query<{ seq: number }>(
      'update incident set last_seq = last_seq + 1 where id = $1 returning last_seq as seq',
      [incidentId],
    );
    return rows[0]!.seq;
  }

  /** The last message of an incident; null where there is none. */
  async lastMessage(sql: Sql, incidentId: string): Promise<WebhookPayload | null> {
    const { rows } = await sql.query<{ payload: WebhookPayload }>(
      'select payload from outbox_message where incident_id = $1 order by seq desc limit 1',
      [incidentId],
    );
    return rows[0]?.payload ?? null;
  }

  /** The last update message of the incident; null where there is none. */
  async lastUpdateId(sql: Sql, incidentId: string): Promise<string | null> {
    const { rows } = await sql.query<{ id: string }>(
      `select id from outbox_message where incident_id = $1 and type = 'incident.updated' order by seq desc limit 1`,
      [incidentId],
    );
    return rows[0]?.id ?? null;
  }
}

function toRunning({ incidentId, policyId, raiseMessageId, state, ...incident }: EscalationRow): RunningEscalation {
  return { incident: { id: incidentId, ...incident }, policyId, raiseMessageId, state, nextAt: null };
}
