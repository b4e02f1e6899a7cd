import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../test/database.ts';
import { Database } from '../db/database.ts';
import { PaceRepository } from '../http/pace.repository.ts';
import { RateLimits } from './rate-limits.ts';

const NOW = 1_764_500_000_000;

let database: TestDatabase;
const databases: Database[] = [];
beforeAll(async () => {
  database = await createDatabase({
    RATE_LIMIT_TOKEN_PER_MINUTE: '60',
    RATE_LIMIT_SESSION_PER_MINUTE: '600',
    RATE_LIMIT_ADDRESS_PER_MINUTE: '5',
  });
});
afterAll(async () => {
  for (const db of databases) await db.onApplicationShutdown();
  await database.drop();
});

/** The limits as one API process has them. */
function aProcess(clock: { now: number }): RateLimits {
  const db = new Database(database.config);
  databases.push(db);
  return new RateLimits(new PaceRepository(db), () => clock.now, database.config);
}

describe('the limit of a token', () => {
  test('is one over several processes, to the request', async () => {
    const clock = { now: NOW };
    const processes = Array.from({ length: 3 }, () => aProcess(clock));
    const id = crypto.randomUUID();
    const standings = await Promise.all(
      Array.from({ length: 150 }, (_, call) => processes[call % 3]!.ofCaller('token', id)),
    );
    // What a process has leased and not spent (at most a part of 2) can be missing.
    const permitted = standings.filter(({ waitMs }) => waitMs === 0).length;
    expect(permitted).toBeGreaterThanOrEqual(56);
    expect(permitted).toBeLessThanOrEqual(60);
    const refused = standings.find(({ waitMs }) => waitMs > 0)!;
    expect(refused).toMatchObject({ name: 'token', quota: 60, windowS: 60, left: 0 });
    expect(refused.waitMs).toBeLessThanOrEqual(1000);
    clock.now += 30_000;
    const later = await Promise.all(
      Array.from({ length: 60 }, (_, call) => processes[call % 3]!.ofCaller('token', id)),
    );
    expect(later.filter(({ waitMs }) => waitMs === 0).length).toBeLessThanOrEqual(34);
  });

  test('of one process counts down and says when it is whole again', async () => {
    const limits = aProcess({ now: NOW });
    const id = crypto.randomUUID();
    const left: number[] = [];
    for (let call = 0; call < 60; call += 1) left.push((await limits.ofCaller('token', id)).left);
    expect(left).toEqual(Array.from({ length: 60 }, (_, call) => 59 - call));
    expect(await limits.ofCaller('token', id)).toMatchObject({ left: 0, waitMs: 1000, fullInS: 60 });
  });

  test('is its own: another token and a session with the same id have theirs', async () => {
    const limits = aProcess({ now: NOW });
    const id = crypto.randomUUID();
    for (let call = 0; call < 61; call += 1) await limits.ofCaller('token', id);
    expect((await limits.ofCaller('token', id)).waitMs).toBeGreaterThan(0);
    expect((await limits.ofCaller('token', crypto.randomUUID())).waitMs).toBe(0);
    expect(await limits.ofCaller('session', id)).toMatchObject({ name: 'session', quota: 600, waitMs: 0 });
  });

  test('asks the database once for each part of it', async () => {
    const limits = aProcess({ now: NOW });
    const db = databases.at(-1)!;
    let asked = 0;
    const query = db.query.bind(db);
    db.query = ((text: string, values: unknown[]) => {
      if (text.includes('insert into try_pace')) asked += 1;
      return query(text, values);
    }) as typeof db.query;
    const id = crypto.randomUUID();
    for (let call = 0; call < 200; call += 1) await limits.ofCaller('session', id);
    expect(asked).toBe(10);
  });
});

test('an address that shows nothing has a limit of its own; a whole /64 of IPv6 is one', () => {
  const clock = { now: NOW };
  const limits = aProcess(clock);
  const waits = Array.from({ length: 6 }, (_, host) => limits.ofAddress(`2001:db8:1:2::${host}`).waitMs);
  expect(waits).toEqual([0, 0, 0, 0, 0, 12_000]);
  expect(limits.standingOf('2001:db8:1:2::77')).toMatchObject({ name: 'address', quota: 5, left: 0, waitMs: 12_000 });
  expect(limits.ofAddress('203.0.113.9').waitMs).toBe(0);
  clock.now += 12_000;
  expect(limits.ofAddress('2001:db8:1:2::1').waitMs).toBe(0);
});
