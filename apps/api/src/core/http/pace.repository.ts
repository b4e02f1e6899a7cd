import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../db/database.ts';
import { costMs, roomMs, type Try, waitMs } from './pace.ts';

/** Interval in which expired tries are deleted. */
const SWEEP_MS = 60_000;

/** Tries of all callers, counted in the database: all API processes share them. Keys are kept as hashes. */
@Injectable()
export class PaceRepository {
  #sweptAt = 0;

  constructor(private readonly db: Database) {}

  /**
   * Counts a try at all of the keys, or at none where one has reached its limit: then returns how long to wait; else 0.
   */
  async take(tries: readonly Try[], now: number): Promise<number> {
    await this.#sweep(now);
    const { rows } = await this.db.query<{ key: Buffer }>(
      `insert into try_pace as p (key, clear_at)
       select key, $4::timestamptz + cost * interval '1 ms' from unnest($1::bytea[], $2::float8[]) as t (key, cost) order by key
       on conflict (key) do update set clear_at = greatest(p.clear_at, $4) + (excluded.clear_at - $4)
       where greatest(p.clear_at, $4) + (excluded.clear_at - $4) <= $4::timestamptz + (
         select room * interval '1 ms' from unnest($1::bytea[], $3::float8[]) as r (key, room) where r.key = p.key)
       returning key`,
      [tries.map(({ key }) => hash(key)), tries.map(costMs), tries.map(roomMs), new Date(now)],
    );
    const taken = new Set(rows.map(({ key }) => key.toString('hex')));
    const has = ({ key }: Try) => taken.has(hash(key).toString('hex'));
    const refused = tries.filter((one) => !has(one));
    if (refused.length === 0) return 0;
    await this.giveBack(tries.filter(has));
    return this.#wait(refused, now);
  }

  /** Counts a try at one key, or not where it has reached its limit. Returns also when all tries are forgotten. */
  async spend(one: Try, now: number): Promise<{ waitMs: number; clearAt: number }> {
    await this.#sweep(now);
    const { rows } = await this.db.query<{ at: Date }>(
      `insert into try_pace as p (key, clear_at) values ($1, $4::timestamptz + $2 * interval '1 ms')
       on conflict (key) do update set clear_at = greatest(p.clear_at, $4) + $2 * interval '1 ms'
       where greatest(p.clear_at, $4) + $2 * interval '1 ms' <= $4::timestamptz + $3 * interval '1 ms'
       returning clear_at as at`,
      [hash(one.key), costMs(one), roomMs(one), new Date(now)],
    );
    if (rows[0] !== undefined) return { waitMs: 0, clearAt: rows[0].at.getTime() };
    const known = await this.db.query<{ at: Date }>('select clear_at as at from try_pace where key = $1', [
      hash(one.key),
    ]);
    const clearAt = known.rows[0]?.at.getTime() ?? now;
    return { waitMs: Math.max(1, waitMs(one, clearAt, now)), clearAt };
  }

  /** Removes counted tries: a successful caller is not slowed down. */
  async giveBack(tries: readonly Try[]): Promise<void> {
    if (tries.length === 0) return;
    // Locked in a fixed order, so that transactions never wait for each other in a circle.
    await this.db.query(
      `with locked as (select key from try_pace where key = any ($1::bytea[]) order by key for update)
       update try_pace p set clear_at = p.clear_at - cost * interval '1 ms'
       from locked l join unnest($1::bytea[], $2::float8[]) as t (key, cost) on t.key = l.key where p.key = l.key`,
      [tries.map(({ key }) => hash(key)), tries.map(costMs)],
    );
  }

  /** Forgets all tries at a key. */
  async forget(key: string): Promise<void> {
    await this.db.query('delete from try_pace where key = $1', [hash(key)]);
  }

  async #wait(refused: readonly Try[], now: number): Promise<number> {
    const { rows } = await this.db.query<{ key: Buffer; at: Date }>(
      'select key, clear_at as at from try_pace where key = any ($1)',
      [refused.map(({ key }) => hash(key))],
    );
    const at = new Map(rows.map((row) => [row.key.toString('hex'), row.at.getTime()]));
    const waits = refused.map((one) => waitMs(one, at.get(hash(one.key).toString('hex')) ?? now, now));
    return Math.max(1, ...waits);
  }

  async #sweep(now: number): Promise<void> {
    if (Math.abs(now - this.#sweptAt) < SWEEP_MS) return;
    this.#sweptAt = now;
    await this.db.query('delete from try_pace where clear_at < $1', [new Date(now)]);
  }
}

function hash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
