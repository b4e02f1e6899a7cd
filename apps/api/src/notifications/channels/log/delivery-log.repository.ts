import { Injectable } from '@nestjs/common';
import type { Delivery, DeliveryDetail } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import { fields, type Row, type RowOf } from '../../../core/db/fields.ts';
import { webhookIdOf } from '../../delivery/index.ts';

const DELIVERY = fields('Delivery', 'd', [
  'id',
  'channelId',
  'messageId',
  'state',
  'attempts',
  'createdAt',
  'nextAttemptAt',
  'deliveredAt',
  'lastStatus',
  'lastError',
  'replayOf',
]);
const ATTEMPT = fields('DeliveryAttempt', 'a', ['number', 'at', 'durationMs', 'status', 'error', 'answer']);

type DeliveryRow = RowOf<typeof DELIVERY> & Pick<Delivery, 'type' | 'channel' | 'recipient' | 'incident'>;

/** A range is replayed in one transaction. */
const REPLAY_MAX = 10_000;

const COLUMNS = `${DELIVERY}, m.type, json_build_object('id', c.id, 'name', c.name) as channel, nullif(d.recipient, '') as recipient,
  case when i.id is not null then json_build_object('id', i.id, 'number', i.number, 'title', i.title) end as incident`;
const TABLES =
  'delivery d join channel c on c.id = d.channel_id join outbox_message m on m.id = d.message_id left join incident i on i.id = m.incident_id';

/** The delivery log, and replay. Runs in the caller's transaction. */
@Injectable()
export class DeliveryLogRepository {
  /** Deliveries in the order of these ids. */
  async find(sql: Sql, ids: readonly string[]): Promise<Delivery[]> {
    const { rows } = await sql.query<DeliveryRow>(
      `select ${COLUMNS} from ${TABLES} where d.id = any ($1::uuid[]) order by array_position($1::uuid[], d.id)`,
      [ids],
    );
    return rows.map(shown);
  }

  /** The delivery of a message by a channel; null where there is none. */
  async ofMessage(sql: Sql, channelId: string, messageId: string): Promise<Delivery | null> {
    const { rows } = await sql.query<DeliveryRow>(
      `select ${COLUMNS} from ${TABLES} where d.channel_id = $1 and d.message_id = $2 order by d.created_at desc limit 1`,
      [channelId, messageId],
    );
    return rows[0] === undefined ? null : shown(rows[0]);
  }

  /** One with its payload and attempts; null where there is none. */
  async get(sql: Sql, id: string): Promise<DeliveryDetail | null> {
    const { rows } = await sql.query<DeliveryRow & Pick<Row<'OutboxMessage'>, 'payload'>>(
      `select ${COLUMNS}, m.payload from ${TABLES} where d.id = $1`,
      [id],
    );
    const row = rows[0];
    if (row === undefined) return null;
    const attempts = await sql.query<RowOf<typeof ATTEMPT>>(
      `select ${ATTEMPT} from delivery_attempt a where a.delivery_id = $1 order by a.number`,
      [id],
    );
    return {
      ...shown(row),
      payload: row.payload,
      attemptList: attempts.rows.map((attempt) => ({ ...attempt, at: attempt.at.toISOString() })),
    };
  }

  /** Replays one delivery; returns the id of the new one. */
  async replay(sql: Sql, id: string, now: Date): Promise<string | undefined> {
    const { rows } = await sql.query<{ id: string }>(`${INSERT_REPLAY} where d.id = $1 returning id`, [id, now]);
    return rows[0]?.id;
  }

  /** Replays a range in its order: all of it, or what failed and was not delivered since. Returns how many, at most 10,000. */
  async replayRange(
    sql: Sql,
    channelId: string,
    range: { which: 'failed' | 'all'; from?: string | undefined; to?: string | undefined },
    now: Date,
  ): Promise<number> {
    const { rowCount } = await sql.query(
      `${INSERT_REPLAY} where d.channel_id = $1 and d.replay_of is null and d.state = any($3::text[])
         and ($4::timestamptz is null or d.created_at >= $4) and ($5::timestamptz is null or d.created_at < $5)
         and not exists (select from delivery r where r.replay_of = d.id and (r.state in ('pending', 'sending') or (r.state = 'delivered' and $6)))
       order by d.created_at, d.seq limit ${REPLAY_MAX}`,
      [
        channelId,
        now,
        range.which === 'failed' ? ['failed', 'abandoned'] : ['failed', 'abandoned', 'delivered'],
        range.from ?? null,
        range.to ?? null,
        range.which === 'failed',
      ],
    );
    return rowCount ?? 0;
  }
}

/** A replay is a delivery of its own, of the same message in the same order. Replays of replays count as of the first. */
const INSERT_REPLAY = `insert into delivery (operator_id, message_id, channel_id, recipient, ordering_key, seq, created_at, next_attempt_at, replay_of)
  select d.operator_id, d.message_id, d.channel_id, d.recipient, d.ordering_key, d.seq, $2, $2, coalesce(d.replay_of, d.id) from delivery d`;

function shown({ channelId: _channelId, ...row }: DeliveryRow): Delivery {
  const waits = row.state === 'pending' || row.state === 'sending';
  return {
    ...row,
    webhookId: webhookIdOf(row.messageId),
    createdAt: row.createdAt.toISOString(),
    nextAttemptAt: waits ? row.nextAttemptAt.toISOString() : null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}
