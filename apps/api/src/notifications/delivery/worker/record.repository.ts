import { Injectable } from '@nestjs/common';
import { afterAttempt, type ChannelHealth, type HealthStep, retryAt } from '@loopstart/domain';
import type { Sent } from '../adapters/adapter.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { wholeOperators } from '../../../core/db/scope.ts';
import { type ClaimedDelivery, healthOf, storeHealth } from './claim.repository.ts';
import { SwitchOff } from './switch-off.ts';

/** The outcome of one attempt. */
export interface Attempted {
  delivery: ClaimedDelivery;
  sent: Sent;
  /** When it began (ms), and how long it took. */
  at: number;
  durationMs: number;
}

type State = 'pending' | 'delivered' | 'failed';

/** Records outcomes of attempts, the next attempt, and the health of the channel. */
@Injectable()
export class RecordRepository {
  constructor(
    private readonly db: Database,
    private readonly switchOff: SwitchOff,
  ) {}

  /** Several attempts in one transaction; the same twice is once. `random` in [0, 1) spreads the retries. */
  record(attempts: readonly Attempted[], now: number, random: () => number): Promise<void> {
    const operatorIds = [...new Set(attempts.map(({ delivery }) => delivery.operatorId))];
    const outcomes = attempts.map((attempt) => ({ ...attempt, ...nextOf(attempt, now, random()) }));
    const channelIds = [...new Set(attempts.map(({ delivery }) => delivery.channelId))].sort();
    return this.db.tx(wholeOperators(operatorIds), async (sql) => {
      const troubled = await writeOutcomes(sql, outcomes, channelIds, now);
      await this.#updateChannels(sql, channelIds, troubled, attempts, now);
    });
  }

  async #updateChannels(
    sql: Sql,
    ids: readonly string[],
    troubled: ReadonlySet<string>,
    attempts: readonly Attempted[],
    now: number,
  ): Promise<void> {
    for (const id of ids) {
      const own = attempts.filter(({ delivery }) => delivery.channelId === id);
      // Nearly always the channel is and was healthy: its row is not touched then.
      if (!troubled.has(id) && own.every(({ sent }) => sent.outcome === 'delivered')) continue;
      const before = await lockedHealth(sql, id);
      if (before === null) continue;
      const step = own.reduce<HealthStep>(
        (last, { sent }) => {
          const next = afterAttempt(last.health, { outcome: sent.outcome, retryAfterMs: sent.retryAfterMs, now });
          return { ...next, disable: last.disable ?? next.disable, recovered: last.recovered || next.recovered };
        },
        { health: before, disable: null, recovered: false },
      );
      await storeHealth(sql, id, step.health);
      if (step.disable !== null)
        await this.switchOff.switchOff(sql, id, { why: step.disable, error: lastError(own), now });
      else if (step.recovered) await bringForward(sql, id, now);
    }
  }
}

function nextOf({ delivery, sent }: Attempted, now: number, random: number): { state: State; nextAt: number } {
  if (sent.outcome === 'delivered') return { state: 'delivered', nextAt: now };
  if (sent.outcome === 'gone' || sent.outcome === 'refused') return { state: 'failed', nextAt: now };
  const nextAt = retryAt({ attempts: delivery.attempt, now, random, retryAfterMs: sent.retryAfterMs });
  return nextAt === null ? { state: 'failed', nextAt: now } : { state: 'pending', nextAt };
}

/**
 * Records outcomes and attempts, and returns the channels that are not healthy. One statement: a process that dies
 * before its commit leaves received deliveries to be sent again. An attempt whose lease expired may have been taken
 * over: then only its success counts. A delivery that failed after its channel was switched off is abandoned, like
 * deliveries that were pending then: it must not page anyone when the channel is switched on again.
 */
async function writeOutcomes(
  sql: Sql,
  outcomes: readonly (Attempted & { state: State; nextAt: number })[],
  channelIds: readonly string[],
  now: number,
): Promise<Set<string>> {
  const { rows } = await sql.query<{ id: string }>(
    `with r as (
       select * from unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[], $5::int[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::int[])
         r(id, number, state, next_at, status, error, answer, external_id, at, duration_ms)
     ), written as (
       update delivery d set next_attempt_at = r.next_at, lease_until = null, last_status = r.status, last_error = r.error,
         external_id = coalesce(r.external_id, d.external_id),
         state = case when r.state = 'pending' and exists (select from channel c where c.id = d.channel_id and not c.enabled) then 'abandoned' else r.state end,
         delivered_at = case when r.state = 'delivered' then $11::timestamptz end
       from r where d.id = r.id and ((d.state = 'sending' and d.attempts = r.number) or (r.state = 'delivered' and d.state <> 'delivered'))
     ), logged as (
       insert into delivery_attempt (operator_id, delivery_id, number, at, duration_ms, status, error, answer)
       select d.operator_id, d.id, r.number, r.at, r.duration_ms, r.status, r.error, r.answer from r join delivery d on d.id = r.id
       where not exists (select from delivery_attempt a where a.delivery_id = r.id and a.number = r.number)
     )
     select id from channel where id = any($12::uuid[])
       and (failing_since is not null or open_until is not null or coalesce(health ->> 'circuit', 'closed') <> 'closed')`,
    [
      outcomes.map(({ delivery }) => delivery.id),
      outcomes.map(({ delivery }) => delivery.attempt),
      outcomes.map(({ state }) => state),
      outcomes.map(({ nextAt }) => new Date(nextAt)),
      outcomes.map(({ sent }) => sent.status),
      outcomes.map(({ sent }) => sent.error),
      outcomes.map(({ sent }) => sent.answer),
      outcomes.map(({ sent }) => sent.externalId),
      outcomes.map(({ at }) => new Date(at)),
      outcomes.map(({ durationMs }) => Math.round(durationMs)),
      new Date(now),
      channelIds,
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

async function lockedHealth(sql: Sql, id: string): Promise<ChannelHealth | null> {
  const { rows } = await sql.query<Parameters<typeof healthOf>[0]>(
    'select health, open_until as "pausedUntil", failing_since as "failingSince" from channel where id = $1 for update',
    [id],
  );
  return rows[0] === undefined ? null : healthOf(rows[0]);
}

/** The channel works again: deliveries that wait for a retry are due now. */
async function bringForward(sql: Sql, channelId: string, now: number): Promise<void> {
  await sql.query(
    `update delivery set next_attempt_at = $2 where channel_id = $1 and state = 'pending' and attempts > 0 and next_attempt_at > $2`,
    [channelId, new Date(now)],
  );
}

function lastError(attempts: readonly Attempted[]): string {
  return attempts.findLast(({ sent }) => sent.error !== null)?.sent.error ?? 'It does not answer.';
}
