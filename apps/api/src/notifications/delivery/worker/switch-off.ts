import { Injectable } from '@nestjs/common';
import { DISABLE_AFTER_MS } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import { fields, type RowOf } from '../../../core/db/fields.ts';
import { type DeliveryTarget, Outbox } from '../outbox.service.ts';

const HOUR_MS = 3_600_000;

const CHANNEL = fields('Channel', 'c', ['operatorId', 'name', 'kind', 'failingSince', 'fallbackChannelId']);
type Channel = RowOf<typeof CHANNEL>;

/** Disables a channel that does not work, and notifies through another. */
@Injectable()
export class SwitchOff {
  constructor(private readonly outbox: Outbox) {}

  /** In the transaction that detects it. `error` is the last one. Pending deliveries are abandoned; they can be replayed. */
  async switchOff(
    sql: Sql,
    channelId: string,
    { why, error, now }: { why: 'gone' | 'failing'; error: string; now: number },
  ): Promise<void> {
    const reason =
      why === 'gone'
        ? 'The receiver answered 410: it accepts no more messages.'
        : `Every attempt failed for ${DISABLE_AFTER_MS / HOUR_MS} hours. ${error}`;
    const { rows } = await sql.query<Channel>(
      `update channel c set enabled = false, disabled_reason = $2, updated_at = $3 where c.id = $1 and c.enabled returning ${CHANNEL}`,
      [channelId, reason, new Date(now)],
    );
    const channel = rows[0];
    if (channel === undefined) return;
    await sql.query(
      `update delivery set state = 'abandoned', last_error = coalesce(last_error, $2) where channel_id = $1 and state = 'pending'`,
      [channelId, 'The channel was switched off.'],
    );
    const messageId = await this.outbox.enqueue(sql, {
      operatorId: channel.operatorId,
      type: 'endpoint.disabled',
      incidentId: null,
      seq: 0,
      dedupeKey: `endpoint.disabled/${channelId}/${now}`,
      severity: null,
      kind: null,
      customerId: null,
      lineDeviceClass: null,
      payload: {
        type: 'endpoint.disabled',
        timestamp: new Date(now).toISOString(),
        data: {
          version: 1,
          channel: { id: channelId, name: channel.name, kind: channel.kind },
          reason,
          failingSince: channel.failingSince?.toISOString() ?? null,
        },
      },
    });
    await this.outbox.deliver(sql, channel.operatorId, messageId, await othersOf(sql, channelId, channel));
  }
}

/** Kinds that can show the notice, in the order in which people read them. Ticket systems accept incidents alone. */
const TELLING = [['email'], ['slack', 'teams'], ['pagerduty', 'opsgenie'], ['webhook']] as const;

/** The fallback where there is one that works; otherwise all other channels of the first kinds of which there are any. */
async function othersOf(sql: Sql, channelId: string, channel: Channel): Promise<DeliveryTarget[]> {
  const { rows } = await sql.query<{ id: string; kind: string; fallback: boolean }>(
    `select id, kind, id = $3 as fallback from channel where operator_id = $1 and id <> $2 and enabled and kind <> 'ticket'`,
    [channel.operatorId, channelId, channel.fallbackChannelId],
  );
  const groups = [
    rows.filter((row) => row.fallback),
    ...TELLING.map((kinds: readonly string[]) => rows.filter((row) => kinds.includes(row.kind))),
  ];
  return (groups.find((group) => group.length > 0) ?? []).map(({ id }) => ({ channelId: id, recipient: null }));
}
