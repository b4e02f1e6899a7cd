import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../test/database.ts';
import { asOwner } from '../../../test/postgres.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { Leader, NotLeading } from './leader.ts';

let database: TestDatabase;
let db: Database;
const open: Leader[] = [];
const log = pino({ level: 'silent' });

beforeAll(async () => {
  database = await createDatabase();
  db = new Database(database.config);
});
afterEach(async () => {
  for (const leader of open.splice(0)) await leader.stop();
});
afterAll(async () => {
  await db.onApplicationShutdown();
  await database.drop();
});

/** A process that competes for leadership, and its callbacks. */
function runs(): { leader: Leader; called: string[]; next: () => Promise<string> } {
  const called: string[] = [];
  let wake: () => void = () => undefined;
  const note = (what: string) => () => {
    called.push(what);
    wake();
  };
  const leader = new Leader(database.config, log);
  open.push(leader);
  leader.start({ won: note('won'), lost: note('lost') });
  let read = 0;
  const next = async () => {
    while (called.length <= read) await new Promise<void>((resolve) => (wake = resolve));
    return called[read++]!;
  };
  return { leader, called, next };
}

const killHolder = () =>
  asOwner(database.ownerUrl, (sql) =>
    sql.query(
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and objid = 4242017 and objsubid = 1",
    ),
  );

test('one of two leads; when it stops the other does', async () => {
  const one = runs();
  expect(await one.next()).toBe('won');
  const two = runs();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(two.leader.leading).toBe(false);
  await one.leader.stop();
  expect(one.called).toEqual(['won', 'lost']);
  expect(await two.next()).toBe('won');
});

test('one that is stopped while it first connects holds nothing', async () => {
  for (let round = 0; round < 5; round += 1) {
    const brief = runs();
    await new Promise((resolve) => setTimeout(resolve, round * 5));
    await brief.leader.stop();
  }
  const next = runs();
  expect(await next.next()).toBe('won');
});

test('a leader whose connection dies knows at once and may write no more', async () => {
  const one = runs();
  await one.next();
  const operatorId = randomUUID();
  await db.tx(wholeOperator(operatorId), (sql) => one.leader.enter(sql, operatorId));
  await killHolder();
  expect(await one.next()).toBe('lost');
  await expect(db.tx(wholeOperator(operatorId), (sql) => one.leader.enter(sql, operatorId))).rejects.toThrow(
    NotLeading,
  );
  expect(await one.next(), 'it runs again').toBe('won');
});

test('a write that began under the old leader cannot end after the new one has loaded', async () => {
  const old = runs();
  await old.next();
  const operatorId = randomUUID();
  let entered: () => void = () => undefined;
  const isIn = new Promise<void>((resolve) => (entered = resolve));
  let finish: () => void = () => undefined;
  const order: string[] = [];
  const write = db.tx(wholeOperator(operatorId), async (sql) => {
    await old.leader.enter(sql, operatorId);
    entered();
    await new Promise<void>((resolve) => (finish = resolve));
    order.push('old wrote');
  });
  await isIn;
  await old.leader.stop();
  const fresh = runs();
  await fresh.next();
  const load = db.tx(wholeOperator(operatorId), async (sql) => {
    await fresh.leader.enter(sql, operatorId);
    order.push('new loads');
  });
  finish();
  await Promise.all([write, load]);
  expect(order).toEqual(['old wrote', 'new loads']);
});
