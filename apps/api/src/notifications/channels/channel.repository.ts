import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Channel, type ChannelFilters, type ChannelKind } from '@loopstart/contracts';
import { HEALTHY } from '@loopstart/domain';
import { type Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import {
  ChannelDecryptor,
  ChannelSettings,
  healthOf,
  readableOf,
  type SigningKey,
  targetText,
} from '../delivery/index.ts';

const DAY_MS = 86_400_000;

const CHANNEL = fields('Channel', 'c', [
  'id',
  'operatorId',
  'kind',
  'name',
  'config',
  'secret',
  'filters',
  'enabled',
  'disabledReason',
  'health',
  'failingSince',
  'fallbackChannelId',
]);

interface ChannelRow extends RowOf<typeof CHANNEL> {
  pausedUntil: Date | null;
  lastDeliveredAt: Date | null;
  waiting: number;
  failedLastDay: number;
  deliveredLastDay: number;
  keys: Channel['keys'];
}

/** A channel as it is written. */
export interface ChannelRecord {
  id: string;
  name: string;
  kind: ChannelKind;
  config: Record<string, unknown>;
  secret: Record<string, unknown>;
  filters: ChannelFilters;
}

/** Channels with their keys and delivery state. Runs in the caller's transaction. */
@Injectable()
export class ChannelRepository {
  constructor(private readonly decryptor: ChannelDecryptor) {}

  /** In order of name; of one id where it is given. Keys that have expired are left out. */
  async list(sql: Sql, now: Date, id: string | null = null): Promise<Channel[]> {
    const { rows } = await sql.query<ChannelRow>(
      `select ${CHANNEL}, c.open_until as "pausedUntil", last.at as "lastDeliveredAt",
         coalesce(waiting.count, 0) as waiting, coalesce(day.failed, 0) as "failedLastDay", coalesce(day.delivered, 0) as "deliveredLastDay", keys.list as keys
       from channel c
       left join lateral (
         select d.delivered_at as at from delivery d where d.channel_id = c.id and d.delivered_at is not null order by d.created_at desc limit 1
       ) last on true
       left join lateral (
         select count(*)::int as count from delivery d where d.channel_id = c.id and d.state in ('pending', 'sending')
       ) waiting on true
       left join lateral (
         select count(*) filter (where d.state in ('failed', 'abandoned') or (d.state in ('pending', 'sending') and d.attempts > 0 and d.last_error is not null))::int as failed, count(*) filter (where d.state = 'delivered')::int as delivered
         from delivery d where d.channel_id = c.id and d.created_at > $2
       ) day on true
       left join lateral (
         select coalesce(json_agg(json_build_object('id', k.id, 'algorithm', k.algorithm, 'publicKey', k.public_key,
           'createdAt', to_char(k.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'expiresAt', to_char(k.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by k.created_at desc, k.id), '[]') as list
         from channel_key k where k.channel_id = c.id and (k.expires_at is null or k.expires_at > $1)
       ) keys on true
       where $3::uuid is null or c.id = $3 order by lower(c.name), c.id`,
      [now, new Date(now.getTime() - DAY_MS), id],
    );
    return Promise.all(rows.map((row) => this.#shown(row, now.getTime())));
  }

  /**
   * A channel's settings with the sealed ones, and the algorithm of its newest key; null where there is none. For a
   * change: the row is locked.
   */
  async forChange(
    sql: Sql,
    id: string,
  ): Promise<{
    kind: ChannelKind;
    enabled: boolean;
    settings: Record<string, unknown>;
    algorithm: string | null;
  } | null> {
    const { rows } = await sql.query<
      Pick<ChannelRow, 'operatorId' | 'kind' | 'enabled' | 'config' | 'secret'> & { algorithm: string | null }
    >(
      `select operator_id as "operatorId", kind, enabled, config, secret, (select algorithm from channel_key k where k.channel_id = c.id order by created_at desc, k.id limit 1) as algorithm
       from channel c where id = $1 for update`,
      [id],
    );
    const row = rows[0];
    if (row === undefined) return null;
    const { operatorId, config, secret, ...rest } = row;
    return { ...rest, settings: { ...config, ...(await this.#secretOf({ operatorId, id, secret })) } };
  }

  async insert(sql: Sql, operatorId: string, channel: ChannelRecord, now: Date): Promise<void> {
    await sql.query(
      `insert into channel (id, operator_id, kind, name, config, secret, filters, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
      [
        channel.id,
        operatorId,
        channel.kind,
        channel.name,
        JSON.stringify(channel.config),
        await this.decryptor.seal({ operatorId, id: channel.id }, channel.secret),
        JSON.stringify(channel.filters),
        now,
      ],
    );
  }

  async update(sql: Sql, operatorId: string, channel: ChannelRecord, now: Date): Promise<void> {
    await sql.query(
      'update channel set name = $2, config = $3, secret = $4, filters = $5, updated_at = $6 where id = $1',
      [
        channel.id,
        channel.name,
        JSON.stringify(channel.config),
        await this.decryptor.seal({ operatorId, id: channel.id }, channel.secret),
        JSON.stringify(channel.filters),
        now,
      ],
    );
  }

  /** Adds a signing key; the others expire at `othersUntil` unless they expire before. */
  async addKey(
    sql: Sql,
    operatorId: string,
    channelId: string,
    key: SigningKey,
    { now, othersUntil }: { now: Date; othersUntil: Date },
  ): Promise<void> {
    await sql.query('update channel_key set expires_at = least(expires_at, $2) where channel_id = $1', [
      channelId,
      othersUntil,
    ]);
    const id = randomUUID();
    const sealed = await this.decryptor.sealKey({ operatorId, id: channelId }, id, key.secret);
    await sql.query(
      'insert into channel_key (id, operator_id, channel_id, algorithm, secret, public_key, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, operatorId, channelId, key.algorithm, sealed, key.publicKey, now],
    );
  }

  /** Sets the algorithm with which a webhook signs from now on. */
  async setSigning(sql: Sql, id: string, signing: SigningKey['algorithm']): Promise<void> {
    await sql.query(`update channel set config = config || jsonb_build_object('signing', $2::text) where id = $1`, [
      id,
      signing,
    ]);
  }

  /** Switches on with a clean record, or off, which abandons pending deliveries. */
  async setEnabled(sql: Sql, id: string, enabled: boolean, now: Date): Promise<void> {
    const { circuit, failures, openings, throttles } = HEALTHY;
    await sql.query(
      `update channel set enabled = $2, disabled_reason = null, updated_at = $3, open_until = null, failing_since = null, health = $4 where id = $1`,
      [id, enabled, now, JSON.stringify({ circuit, failures, openings, throttles })],
    );
    if (!enabled)
      await sql.query(
        `update delivery set state = 'abandoned', last_error = coalesce(last_error, 'The channel was switched off.') where channel_id = $1 and state = 'pending'`,
        [id],
      );
  }

  async setFallback(sql: Sql, id: string, fallbackChannelId: string | null): Promise<void> {
    await sql.query('update channel set fallback_channel_id = $2 where id = $1', [id, fallbackChannelId]);
  }

  /** Closes the circuit of a channel ahead of time, since a person is working on it. */
  async endPause(sql: Sql, id: string): Promise<void> {
    await sql.query('update channel set open_until = null where id = $1', [id]);
  }

  /** Whether the operator has all of these customers. */
  async allCustomersKnown(sql: Sql, ids: readonly string[]): Promise<boolean> {
    const { rows } = await sql.query<{ known: number }>(
      'select count(*)::int as known from customer where id = any ($1::uuid[])',
      [ids],
    );
    return rows[0]?.known === new Set(ids.map((id) => id.toLowerCase())).size;
  }

  /** Names of the policies that notify this channel by name. */
  async policiesUsing(sql: Sql, id: string): Promise<string[]> {
    const { rows } = await sql.query<{ name: string }>(
      `select name from policy where steps::text like '%' || $1 || '%' or digest::text like '%' || $1 || '%' order by name`,
      [id],
    );
    return rows.map(({ name }) => name);
  }

  async remove(sql: Sql, id: string): Promise<void> {
    await sql.query('update channel set fallback_channel_id = null where fallback_channel_id = $1', [id]);
    await sql.query('delete from channel where id = $1', [id]);
  }

  async #shown(row: ChannelRow, now: number): Promise<Channel> {
    const { operatorId: _, secret, health, pausedUntil, enabled, config, ...shown } = row;
    const state = enabled ? stateOf(row, now) : 'disabled';
    return {
      ...shown,
      config: { ...config, ...readableOf(row.kind, await this.#secretOf({ ...row, secret })) },
      target: await this.#target(row),
      state,
      retryAt: enabled && pausedUntil !== null && pausedUntil.getTime() > now ? pausedUntil.toISOString() : null,
      failingSince: row.failingSince?.toISOString() ?? null,
      lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
    };
  }

  async #secretOf(row: Pick<ChannelRow, 'operatorId' | 'id' | 'secret'>): Promise<Record<string, unknown>> {
    try {
      return await this.decryptor.secretOf(row, row.secret);
    } catch {
      return {};
    }
  }

  /** A channel whose secret was sealed with another key is still shown, so that its secret can be entered again. */
  async #target(row: ChannelRow): Promise<string> {
    try {
      const secret = await this.decryptor.secretOf(row, row.secret);
      return targetText(ChannelSettings.parse({ kind: row.kind, ...row.config, ...secret }));
    } catch {
      return 'unreadable: enter its secret again';
    }
  }
}

function stateOf(row: ChannelRow, now: number): Channel['state'] {
  const health = healthOf(row);
  if (health.circuit !== 'closed') return 'circuit-open';
  return health.pausedUntil !== null && health.pausedUntil > now ? 'throttled' : 'active';
}
