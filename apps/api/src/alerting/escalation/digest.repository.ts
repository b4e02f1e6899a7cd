import { Injectable } from '@nestjs/common';
import type { WebhookIncident } from '@loopstart/contracts';
import type { DigestRule } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';

export interface DigestItem {
  operatorId: string;
  policyId: string;
  incidentId: string;
  messageId: string;
  sendAt: number;
}

/** The content of one digest. */
export interface DueDigest {
  policyId: string;
  /** When the digest before it was sent, or the first of its incidents was announced. */
  since: Date;
  /** The latest message on each incident, worst first, then oldest; at most the given number. */
  incidents: WebhookIncident[];
  total: number;
}

/** Messages that wait for a digest. */
@Injectable()
export class DigestRepository {
  async add(sql: Sql, item: DigestItem): Promise<void> {
    await sql.query(
      `insert into digest_item (operator_id, policy_id, incident_id, message_id, send_at) values ($1, $2, $3, $4, $5)
       on conflict (policy_id, message_id) do update set send_at = $5, sent_at = null`,
      [item.operatorId, item.policyId, item.incidentId, item.messageId, new Date(item.sendAt)],
    );
  }

  /** Policies whose digest named the incident, with their rules. */
  async sentOf(sql: Sql, incidentId: string): Promise<{ policyId: string; digest: DigestRule | null }[]> {
    const { rows } = await sql.query<{ policyId: string; digest: DigestRule | null }>(
      `select p.id as "policyId", p.digest from digest_item d join policy p on p.id = d.policy_id where d.incident_id = $1 and d.sent_at is not null`,
      [incidentId],
    );
    return rows;
  }

  async sendAgain(sql: Sql, policyId: string, incidentId: string, sendAt: number): Promise<void> {
    await sql.query('update digest_item set sent_at = null, send_at = $3 where policy_id = $1 and incident_id = $2', [
      policyId,
      incidentId,
      new Date(sendAt),
    ]);
  }

  /** A digest that is due, its policy locked so that it is sent once; null: none, or another process has it. */
  async claimDue(sql: Sql, operatorId: string, now: number, limit: number): Promise<DueDigest | null> {
    const at = new Date(now);
    const policies = await sql.query<{ id: string }>(
      `select id from policy p where operator_id = $1
         and exists (select from digest_item d where d.policy_id = p.id and d.sent_at is null and d.send_at <= $2)
       order by id limit 1 for update skip locked`,
      [operatorId, at],
    );
    const policyId = policies.rows[0]?.id;
    if (policyId === undefined) return null;
    const { rows } = await sql.query<{ data: WebhookIncident; total: number; since: Date }>(
      `select m.data, count(*) over ()::int as total, coalesce(
           (select max(sent_at) from digest_item where policy_id = $1 and sent_at is not null), min(m.created_at) over ()) as since
       from digest_item d join lateral (
         select payload -> 'data' as data, first_value(created_at) over (order by seq) as created_at
         from outbox_message where incident_id = d.incident_id order by seq desc limit 1) m on true
       where d.policy_id = $1 and d.sent_at is null and d.send_at <= $2
       order by array_position(array['critical', 'major', 'minor', 'info'], m.data ->> 'severity'), m.data ->> 'announcedAt' limit $3`,
      [policyId, at, limit],
    );
    return {
      policyId,
      since: rows[0]?.since ?? at,
      incidents: rows.map(({ data }) => data),
      total: rows[0]?.total ?? 0,
    };
  }

  async markSent(sql: Sql, policyId: string, now: number): Promise<void> {
    await sql.query('update digest_item set sent_at = $2 where policy_id = $1 and sent_at is null and send_at <= $2', [
      policyId,
      new Date(now),
    ]);
  }

  async putOff(sql: Sql, policyId: string, now: number, until: number): Promise<void> {
    await sql.query('update digest_item set send_at = $3 where policy_id = $1 and sent_at is null and send_at <= $2', [
      policyId,
      new Date(now),
      new Date(until),
    ]);
  }
}
