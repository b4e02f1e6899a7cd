import { Inject, Injectable } from '@nestjs/common';
import type { ChannelFilters, WebhookPayload, WebhookType } from '@loopstart/contracts';
import { filterTakes } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { DeliverySignal } from './delivery-signal.ts';

export type OutboxMessageType = WebhookType;

/** A message to the outside. */
export interface OutboxMessage {
  operatorId: string;
  type: OutboxMessageType;
  incidentId: string | null;
  /** Counts the messages of an incident from 1; 0 where there is none. */
  seq: number;
  /** The same key twice is one message. */
  dedupeKey: string;
  payload: WebhookPayload;
  severity: string | null;
  kind: string | null;
  customerId: string | null;
  lineDeviceClass: string | null;
}

export interface DeliveryTarget {
  channelId: string;
  /** One recipient of the channel; null: all of them. */
  recipient: string | null;
}

/**
 * Transactional outbox: a message is written in the transaction that it reports. The worker sends it after the commit;
 * a rolled-back message is never sent.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly deliverySignal: DeliverySignal,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Writes a message and, for an incident, its deliveries to webhooks: those whose filters match, and those that were
   * notified of this incident before. Returns its id; a repeated key returns the first id and adds nothing.
   */
  async enqueue(sql: Sql, message: OutboxMessage): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into outbox_message (operator_id, type, incident_id, seq, dedupe_key, payload, created_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (operator_id, dedupe_key) do nothing returning id`,
      [
        message.operatorId,
        message.type,
        message.incidentId,
        message.seq,
        message.dedupeKey,
        JSON.stringify(message.payload),
        new Date(this.now()),
      ],
    );
    const id = rows[0]?.id;
    if (id === undefined) return this.#existing(sql, message);
    if (message.incidentId !== null) {
      const targets = await this.#webhooksFor(sql, message, message.incidentId);
      await this.deliver(sql, message.operatorId, id, targets);
    }
    return id;
  }

  /** Adds deliveries of a message; existing ones stay as they are. A delivery to a channel that is switched off is recorded as abandoned. */
  async deliver(sql: Sql, operatorId: string, messageId: string, targets: readonly DeliveryTarget[]): Promise<void> {
    if (targets.length === 0) return;
    await sql.query(
      `insert into delivery (operator_id, message_id, channel_id, recipient, ordering_key, seq, state, last_error, created_at, next_attempt_at)
       select m.operator_id, m.id, c.id, t.recipient, concat_ws('/', c.id, t.recipient, coalesce(m.incident_id, m.id)), m.seq,
         case when c.enabled then 'pending' else 'abandoned' end, case when c.enabled then null else 'The channel is switched off.' end, $5, $5
       from unnest($3::uuid[], $4::text[]) t(channel_id, recipient)
       join channel c on c.id = t.channel_id and c.operator_id = $1
       join outbox_message m on m.id = $2 and m.operator_id = $1
       on conflict (message_id, channel_id, recipient) where replay_of is null do nothing`,
      [
        operatorId,
        messageId,
        targets.map(({ channelId }) => channelId),
        targets.map(({ recipient }) => recipient ?? ''),
        new Date(this.now()),
      ],
    );
    await this.deliverySignal.notifyAtCommit(sql);
  }

  /** Channels and recipients that were notified of this incident: they also get its updates and its end. */
  async recipientsOf(sql: Sql, incidentId: string): Promise<DeliveryTarget[]> {
    const { rows } = await sql.query<DeliveryTarget>(
      `select distinct d.channel_id as "channelId", nullif(d.recipient, '') as recipient
       from outbox_message m join delivery d on d.message_id = m.id where m.incident_id = $1 and d.replay_of is null`,
      [incidentId],
    );
    return rows;
  }

  /** Wakes the delivery worker; to be called after the commit. */
  wake(): void {
    this.deliverySignal.notify();
  }

  async #existing(sql: Sql, { operatorId, dedupeKey }: OutboxMessage): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      'select id from outbox_message where operator_id = $1 and dedupe_key = $2',
      [operatorId, dedupeKey],
    );
    // The row in conflict is gone again, although nothing deletes messages this young.
    if (rows[0] === undefined) throw new Error(`The message ${dedupeKey} is neither new nor stored.`);
    return rows[0].id;
  }

  async #webhooksFor(sql: Sql, message: OutboxMessage, incidentId: string): Promise<DeliveryTarget[]> {
    const { rows } = await sql.query<{ id: string; filters: ChannelFilters; notifiedBefore: boolean }>(
      `select c.id, c.filters, exists (
         select from outbox_message m join delivery d on d.message_id = m.id and d.channel_id = c.id where m.incident_id = $2
       ) as "notifiedBefore"
       from channel c where c.operator_id = $1 and c.kind = 'webhook' and (c.enabled or c.disabled_reason is not null)`,
      [message.operatorId, incidentId],
    );
    return rows
      .filter(({ filters, notifiedBefore }) => notifiedBefore || filterTakes(filters, message))
      .map(({ id }) => ({ channelId: id, recipient: null }));
  }
}
