import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Database } from '../src/core/db/database.ts';
import { PaceRepository } from '../src/core/http/pace.repository.ts';
import { SignInPace } from '../src/core/session/sign-in-pace.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { rowsOf } from './ingest.ts';

const MINUTE_MS = 60_000;
const ADA = 'ada@example.com';
let now = Date.parse('2026-11-23T12:00:00Z');
let database: TestDatabase;
let processes: Database[];
/** The same in two API processes. */
let one: SignInPace;
let other: SignInPace;

beforeAll(async () => {
  database = await createDatabase();
  processes = [new Database(database.config), new Database(database.config)];
  [one, other] = processes.map((db) => new SignInPace(new PaceRepository(db))) as [SignInPace, SignInPace];
});
afterEach(async () => {
  now += 60 * MINUTE_MS;
  await rowsOf(database.ownerUrl, 'delete from try_pace');
});
afterAll(async () => {
  await Promise.all(processes.map((db) => db.onApplicationShutdown()));
  await database.drop();
});

const begin = (address: string, options: { account?: string; device?: string; by?: SignInPace } = {}) =>
  (options.by ?? one).begin({ account: options.account ?? ADA, address, device: options.device ?? null }, now);
/** How many of so many tries, one after the other, were let through. */
async function admitted(count: number, ask: (index: number) => ReturnType<typeof begin>): Promise<number> {
  let through = 0;
  for (let index = 0; index < count; index += 1) if ((await ask(index)).waitMs === 0) through += 1;
  return through;
}
const address = (index: number) => `198.51.${Math.floor(index / 250)}.${(index % 250) + 1}`;

test('one address has ten tries at an account, then one a minute', async () => {
  expect(await admitted(60, () => begin('203.0.113.7'))).toBe(10);
  expect(await begin('203.0.113.7')).toEqual({ waitMs: MINUTE_MS });
  now += MINUTE_MS;
  expect(await admitted(5, () => begin('203.0.113.7'))).toBe(1);
});

test('API processes share the count, also when they are asked at once', async () => {
  const tries = Array.from({ length: 40 }, (_, index) => begin('203.0.113.7', { by: index % 2 === 0 ? one : other }));
  expect((await Promise.all(tries)).filter(({ waitMs }) => waitMs === 0)).toHaveLength(10);
});

test('many at once, right and wrong ones, wait for each other and never for ever', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, async (_, index) => {
      const account = `person-${index % 7}@example.com`;
      const admission = await begin(`203.0.113.${index % 3}`, { account, by: index % 2 === 0 ? one : other });
      if ('succeeded' in admission && index % 5 === 0) await admission.succeeded();
    }),
  );
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
});

test('one address has thirty tries over all accounts', async () => {
  expect(await admitted(100, (index) => begin('203.0.113.7', { account: `person-${index}@example.com` }))).toBe(30);
});

test('a host of IPv6 gains nothing by its many addresses', async () => {
  expect(await admitted(60, (index) => begin(`2001:db8:1:2::${(index + 1).toString(16)}`))).toBe(10);
});

test('an account tried from everywhere leaves a fresh address two tries, a known browser ten, and never none', async () => {
  expect(await admitted(200, (index) => begin(address(index)))).toBe(200);
  expect(await admitted(10, () => begin('203.0.113.7'))).toBe(2);
  expect(await admitted(20, () => begin('203.0.113.7', { device: 'hers' }))).toBe(10);
  // From the attacker's own address too: the browser counts, not the address.
  expect(await admitted(20, () => begin(address(0), { device: 'another of hers' }))).toBe(10);
  now += 5 * MINUTE_MS;
  expect(await admitted(3, () => begin('203.0.113.7'))).toBeGreaterThanOrEqual(1);
});

test('another account is not slowed down by it', async () => {
  await admitted(80, (index) => begin(address(index)));
  expect(await admitted(12, () => begin('203.0.113.7', { account: 'bob@example.com' }))).toBe(10);
});

test('a right password costs nothing and clears the account at this address, not the address', async () => {
  for (let index = 0; index < 40; index += 1) {
    const admission = await begin('203.0.113.7');
    if (!('succeeded' in admission)) throw new Error(`refused at ${index}`);
    await admission.succeeded();
  }
  await admitted(9, () => begin('203.0.113.7'));
  const right = await begin('203.0.113.7');
  if ('succeeded' in right) await right.succeeded();
  expect(await admitted(12, () => begin('203.0.113.7'))).toBe(10);
  // Nine and ten wrong ones: eleven are left of thirty.
  expect(await admitted(30, (index) => begin('203.0.113.7', { account: `person-${index}@example.com` }))).toBe(11);
});

test('what is over is forgotten, and keys say nothing about anybody', async () => {
  await begin('203.0.113.7');
  const kept = await rowsOf<{ key: Buffer }>(database.ownerUrl, 'select key from try_pace');
  expect(kept).toHaveLength(3);
  for (const { key } of kept) expect(key).toHaveLength(32);
  now += 60 * MINUTE_MS;
  await begin('203.0.113.8');
  expect(await rowsOf(database.ownerUrl, 'select key from try_pace')).toHaveLength(3);
});
