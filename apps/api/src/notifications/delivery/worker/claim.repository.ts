import { Injectable } from '@nestjs/common';
import type { WebhookPayload } from '@loopstart/contracts';
import { type ChannelHealth, HEALTHY, onTrial, shareOut, slotsOf } from '@loopstart/domain';
import { Database, type Sql } from '../../../core/db/database.ts';
import { fields, type RowOf } from '../../../core/db/fields.ts';
import { wholeOperators } from '../../../core/db/scope.ts';

/** A delivery that this process may attempt until its lease expires. */
export interface ClaimedDelivery {
  id: string;
  operatorId: string;
  channelId: string;
  messageId: string;
  recipient: string;
  /** Number of this attempt, from 1. */
  attempt: number;
  payload: WebhookPayload;
  externalId: string | null;
  channel: ClaimedChannel;
}

const KEY = fields('ChannelKey', 'k', ['id', 'channelId', 'algorithm', 'secret']);
const CHANNEL = fields('Channel', 'c', ['id', 'name', 'kind', 'config', 'secret', 'health', 'failingSince']);

/** A channel as it is stored, its secrets sealed. */
export interface ClaimedChannel extends Pick<RowOf<typeof CHANNEL>, 'id' | 'name' | 'kind' | 'config' | 'secret'> {
  keys: Omit<RowOf<typeof KEY>, 'channelId'>[];
}

interface ChannelRow extends RowOf<typeof CHANNEL> {
  pausedUntil: Date | null;
  sending: number;
}

/** Claims due deliveries, so that no other process attempts them. */
@Injectable()
export class ClaimRepository {
  constructor(private readonly db: Database) {}

  /** Channels of any operator with something to send now. */
  async due(now: Date): Promise<{ operatorId: string; channelId: string }[]> {
    const { rows } = await this.db.query<{ operatorId: string; channelId: string }>(
      'select operator_id as "operatorId", channel_id as "channelId" from resolve_due_channels($1)',
      [now],
    );
    return rows;
  }

  /**
   * Claims up to `room` deliveries of these channels, the first of each order alone, as many of a channel as its health
   * allows. `own` are those in flight here, whose lease may have expired.
   */
  claim(
    operatorIds: readonly string[],
    channelIds: readonly string[],
    options: { now: Date; leaseUntil: Date; room: number; own: readonly string[] },
  ): Promise<ClaimedDelivery[]> {
    return this.db.tx(wholeOperators(operatorIds), async (sql) => {
      const channels = await readyChannels(sql, channelIds, options.now);
      const slots = slotsFor(channels, options.now.getTime(), options.room);
      const claimed = await claimRows(sql, slots, options);
      await beginTrials(sql, channels, claimed, options.leaseUntil);
      return withChannels(sql, claimed, channels, options.now);
    });
  }

  /** Releases claims whose attempt was not begun. */
  async release(operatorIds: readonly string[], ids: readonly string[], now: Date): Promise<void> {
    await this.db.tx(wholeOperators(operatorIds), (sql) =>
      sql.query(
        `update delivery set state = 'pending', attempts = attempts - 1, lease_until = null, next_attempt_at = $2 where id = any($1::uuid[]) and state = 'sending'`,
        [ids, now],
      ),
    );
  }

  /** Renews the leases of these deliveries. */
  async renew(operatorIds: readonly string[], ids: readonly string[], leaseUntil: Date): Promise<void> {
    await this.db.tx(wholeOperators(operatorIds), (sql) =>
      sql.query(
        `update delivery set lease_until = $2, next_attempt_at = $2 where id = any($1::uuid[]) and state = 'sending'`,
        [ids, leaseUntil],
      ),
    );
  }
}

/** The channel's health, from its columns. */
export function healthOf(row: Pick<ChannelRow, 'health' | 'pausedUntil' | 'failingSince'>): ChannelHealth {
  return {
    ...HEALTHY,
    ...row.health,
    pausedUntil: row.pausedUntil?.getTime() ?? null,
    failingSince: row.failingSince?.getTime() ?? null,
  };
}

/** The health as columns. */
export async function storeHealth(sql: Sql, channelId: string, health: ChannelHealth): Promise<void> {
  const { pausedUntil, failingSince, ...rest } = health;
  await sql.query('update channel set health = $2, open_until = $3, failing_since = $4 where id = $1', [
    channelId,
    JSON.stringify(rest),
    pausedUntil === null ? null : new Date(pausedUntil),
    failingSince === null ? null : new Date(failingSince),
  ]);
}

const CHANNEL_COLUMNS = `${CHANNEL}, c.open_until as "pausedUntil",
  (select count(*) from delivery d where d.channel_id = c.id and d.state = 'sending' and d.next_attempt_at > $2)::int as sending`;

/** For a channel whose circuit is not closed, one process at a time picks the trial delivery. */
async function readyChannels(sql: Sql, ids: readonly string[], now: Date): Promise<ChannelRow[]> {
  const ready = 'c.id = any($1::uuid[]) and c.enabled and (c.open_until is null or c.open_until <= $2)';
  const closed = `coalesce(c.health ->> 'circuit', 'closed') = 'closed'`;
  const { rows } = await sql.query<ChannelRow>(
    `select ${CHANNEL_COLUMNS} from channel c where ${ready} and ${closed}`,
    [ids, now],
  );
  if (rows.length === ids.length) return rows;
  const others = await sql.query<ChannelRow>(
    `select ${CHANNEL_COLUMNS} from channel c where ${ready} and not ${closed} order by c.id for update of c skip locked`,
    [ids, now],
  );
  return [...rows, ...others.rows];
}

/** In random order, so that with too little capacity the same channels do not always wait. */
function slotsFor(channels: readonly ChannelRow[], now: number, room: number): { channelId: string; slots: number }[] {
  const shuffled = channels
    .map((channel) => ({ channel, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ channel }) => channel);
  const wants = shuffled.map((channel) => slotsOf(healthOf(channel), channel.sending, now));
  return shareOut(wants, room).flatMap((slots, index) =>
    slots === 0 ? [] : [{ channelId: shuffled[index]!.id, slots }],
  );
}

type ClaimedRow = Omit<ClaimedDelivery, 'channel'>;

async function claimRows(
  sql: Sql,
  wanted: readonly { channelId: string; slots: number }[],
  { now, leaseUntil, own }: { now: Date; leaseUntil: Date; own: readonly string[] },
): Promise<ClaimedRow[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql.query<ClaimedRow>(
    `with wanted as (select * from unnest($1::uuid[], $2::int[]) w(channel_id, slots)),
     picked as materialized (
       select p.id from wanted w cross join lateral (
         select d.id from delivery d
         where d.channel_id = w.channel_id and d.state in ('pending', 'sending') and d.next_attempt_at <= $3 and d.id <> all ($5::uuid[])
           and not exists (
             select from delivery e where e.ordering_key = d.ordering_key and e.state in ('pending', 'sending')
               and (e.seq, e.created_at, e.id) < (d.seq, d.created_at, d.id))
         order by d.next_attempt_at, d.seq limit w.slots for update of d skip locked) p
     )
     update delivery d set state = 'sending', attempts = d.attempts + 1, lease_until = $4, next_attempt_at = $4
     from picked p, outbox_message m where d.id = p.id and m.id = d.message_id
     returning d.id, d.operator_id as "operatorId", d.channel_id as "channelId", d.message_id as "messageId", d.recipient, d.attempts as attempt, m.payload,
       case when m.incident_id is not null then (
         select e.external_id from outbox_message o join delivery e on e.message_id = o.id
         where o.incident_id = m.incident_id and e.channel_id = d.channel_id and e.external_id is not null limit 1) end as "externalId"`,
    [wanted.map((one) => one.channelId), wanted.map((one) => one.slots), now, leaseUntil, own],
  );
  return rows;
}

/** A circuit that is not closed admits this one message as its trial. */
async function beginTrials(
  sql: Sql,
  channels: readonly ChannelRow[],
  claimed: readonly ClaimedRow[],
  until: Date,
): Promise<void> {
  for (const channel of channels) {
    const health = healthOf(channel);
    if (health.circuit !== 'closed' && claimed.some(({ channelId }) => channelId === channel.id))
      await storeHealth(sql, channel.id, onTrial(health, until.getTime()));
  }
}

async function withChannels(
  sql: Sql,
  claimed: readonly ClaimedRow[],
  channels: readonly ChannelRow[],
  now: Date,
): Promise<ClaimedDelivery[]> {
  if (claimed.length === 0) return [];
  const ids = [...new Set(claimed.map(({ channelId }) => channelId))];
  const { rows } = await sql.query<RowOf<typeof KEY>>(
    `select ${KEY} from channel_key k
     where k.channel_id = any($1::uuid[]) and (k.expires_at is null or k.expires_at > $2) order by k.created_at desc, k.id`,
    [ids, now],
  );
  const byId = new Map(
    channels.map(({ id, name, kind, config, secret }) => [
      id,
      { id, name, kind, config, secret, keys: rows.filter((key) => key.channelId === id) } satisfies ClaimedChannel,
    ]),
  );
  return claimed.flatMap((row) => {
    const channel = byId.get(row.channelId);
    return channel === undefined ? [] : [{ ...row, channel }];
  });
}
