import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Database } from '../src/core/db/database.ts';
import { startApp, type TestApp } from './app.ts';
import { plant, plantAnother, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { makeToken } from './programs.ts';

/*
 * Requests of several operators, scopes and tokens, all at once over one pool of connections, with errors in the middle of
 * transactions, requests that are aborted and statements that the database cancels: no answer has anything of somebody else,
 * and no connection keeps whose transaction it ran.
 */

/** 10,000 of them by `npm run bench -- long-runs`. */
const REQUESTS = inject('longRuns') ? 10_000 : 2_500;
const AT_ONCE = 48;
/** As a statement time-out ends them, of whichever request runs just then. */
const CANCEL_EVERY_MS = 40;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;

/** Who asks, how, and which places are theirs. */
interface Asker {
  name: string;
  headers: Record<string, string>;
  own: Planted[];
}

let api: TestApp;
const askers: Asker[] = [];
/** The asker's places by what is there: every id that must not be seen by anybody else. */
const placeOf = new Map<string, string>();
const key = ({ siteId }: Planted) => siteId;

beforeAll(async () => {
  api = await startApp({
    env: { RATE_LIMIT_TOKEN_PER_MINUTE: '1000000', RATE_LIMIT_SESSION_PER_MINUTE: '1000000' },
  });
  const { ownerUrl } = api.database;
  for (const name of ['Oak', 'Elm', 'Ash']) {
    const operator = await api.operator(name);
    const places = [await plant(ownerUrl, operator.operatorId), await plant(ownerUrl, operator.operatorId)];
    const second = await Promise.all(places.map((place) => plantAnother(ownerUrl, place)));
    for (const place of [...places, ...second])
      for (const id of [place.customerId, place.siteId, place.agentId, place.gatewayId]) placeOf.set(id, key(place));
    const person = (cookie: string) => ({ cookie, 'x-loopstart-csrf': '1' });
    const program = (secret: string) => ({ authorization: `Bearer ${secret}` });
    askers.push({ name, headers: person(operator.cookie), own: places });
    askers.push({ name: `${name}'s token`, headers: program((await makeToken(operator)).secret), own: places });
    for (const place of places) {
      const limitedTo = { customerIds: [place.customerId], siteIds: [], tags: [] };
      const cookie = await api.cookieOf(operator.operatorId, 'technician', limitedTo);
      askers.push({ name: `${name}, limited`, headers: person(cookie), own: [place] });
      const { secret } = await makeToken(operator, { limitedTo });
      askers.push({ name: `${name}'s limited token`, headers: program(secret), own: [place] });
    }
  }
}, 120_000);
afterAll(() => api.close());

/** The same numbers in each run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

interface Asked {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: object;
  /** Ends the request from this side after so many ms. */
  abortMs?: number;
  /** The asker's places must be in the answer. */
  lists?: boolean;
  /** It asks for what is not the asker's, and may say no more than that it is not there. */
  foreign?: boolean;
}

const one = <T>(list: readonly T[], roll: (sides: number) => number): T => list[roll(list.length)]!;

/** A request of this asker: a list, something of the own, something of others, or one that fails on the way. */
function requestOf(asker: Asker, all: readonly Planted[], roll: (sides: number) => number): Asked {
  const mine = one(asker.own, roll);
  const other = one(
    all.filter((place) => !asker.own.includes(place)),
    roll,
  );
  const get = (path: string, more: Partial<Asked> = {}): Asked => ({ method: 'GET', path: `/api/v1/${path}`, ...more });
  const change = (path: string, body: object, more: Partial<Asked> = {}): Asked => ({
    method: 'PATCH',
    path: `/api/v1/${path}`,
    body,
    ...more,
  });
  const kinds: (() => Asked)[] = [
    () => get('gateways', { lists: true }),
    () => get('sites', { lists: true }),
    () => get('ports', { lists: true }),
    () => get('agents', { lists: true }),
    () => get('ports/facets?facet=siteId', { lists: true }),
    () => get('overview'),
    () => get(`gateways/${mine.gatewayId}`, { lists: true }),
    () => get(`sites/${mine.siteId}`, { lists: true }),
    () => get(`gateways/${other.gatewayId}`, { foreign: true }),
    () => get(`sites/${other.siteId}`, { foreign: true }),
    () => get('gateways?cursor=nonsense'),
    () => get('ports', { abortMs: roll(12) }),
    () => get('ports/facets?facet=severity', { abortMs: roll(6) }),
    () => change(`gateways/${mine.gatewayId}`, { name: `Gateway ${roll(1_000)}` }, { abortMs: 5 + roll(40) }),
    () => change(`sites/${other.siteId}`, { address: 'Taken' }, { foreign: true }),
    // These fail in the transaction, after it read: of SQL and of Prisma.
    () => ({ ...change(`gateways/${mine.gatewayId}/ports/999`, { label: 'X' }), method: 'PATCH' }),
    () => ({ ...get(`sites/${other.siteId}/enrolment-tokens`), method: 'POST', body: {}, foreign: true }),
  ];
  return one(kinds, roll)();
}

interface Tally {
  answered: number;
  refused: number;
  aborted: number;
  cancelled: number;
  leaks: string[];
  missing: string[];
}

async function ask(asker: Asker, asked: Asked, tally: Tally): Promise<void> {
  const control = new AbortController();
  const timer = asked.abortMs === undefined ? undefined : setTimeout(() => control.abort(), asked.abortMs);
  try {
    const response = await fetch(api.url + asked.path, {
      method: asked.method,
      headers: { ...asker.headers, ...(asked.body !== undefined && { 'content-type': 'application/json' }) },
      ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
      signal: control.signal,
    });
    const text = await response.text();
    judge(asker, asked, { status: response.status, text }, tally);
  } catch (error) {
    if (!control.signal.aborted) throw error;
    tally.aborted += 1;
  } finally {
    clearTimeout(timer);
  }
}

function judge(asker: Asker, asked: Asked, { status, text }: { status: number; text: string }, tally: Tally): void {
  const own = new Set(asker.own.map(key));
  const seen = [...text.matchAll(UUID)].map(([id]) => placeOf.get(id)).filter((place) => place !== undefined);
  const foreign = seen.filter((place) => !own.has(place));
  if (foreign.length > 0) tally.leaks.push(`${asker.name} ${asked.method} ${asked.path}: ${text.slice(0, 200)}`);
  if (asked.foreign === true && status < 400)
    tally.leaks.push(`${asker.name} ${asked.method} ${asked.path}: ${status}`);
  if (status >= 500) tally.cancelled += 1;
  else if (status >= 400) tally.refused += 1;
  else {
    tally.answered += 1;
    // A transaction without its settings sees nothing, which would look like no leak.
    if (asked.lists === true && seen.length === 0)
      tally.missing.push(`${asker.name} ${asked.path}: ${text.slice(0, 200)}`);
  }
}

/** Ends a statement of the application now and then, as a time-out does. */
function cancelling(): () => Promise<void> {
  const control = new AbortController();
  const done = (async () => {
    while (!control.signal.aborted) {
      await rowsOf(
        api.database.ownerUrl,
        `select pg_cancel_backend(pid) from pg_stat_activity where datname = current_database() and usename like 'loopstart_api%'
         and state = 'active' and pid <> pg_backend_pid() and query not like '%bullmq%' order by random() limit 1`,
      );
      await new Promise((resolve) => setTimeout(resolve, CANCEL_EVERY_MS));
    }
  })();
  return () => {
    control.abort();
    return done;
  };
}

test(
  `${REQUESTS} interleaved requests over the pool show nobody anything of another`,
  { timeout: 300_000 },
  async () => {
    const all = [...new Map(askers.flatMap(({ own }) => own).map((place) => [place.gatewayId, place])).values()];
    const tally: Tally = { answered: 0, refused: 0, aborted: 0, cancelled: 0, leaks: [], missing: [] };
    const roll = dice(20_261_202);
    const stop = cancelling();
    const began = performance.now();
    let asked = 0;
    const work = async () => {
      while (asked < REQUESTS) {
        asked += 1;
        const asker = one(askers, roll);
        await ask(asker, requestOf(asker, all, roll), tally);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await stop();
    const { leaks, missing, ...counts } = tally;
    console.log(
      `${REQUESTS} requests of ${askers.length} askers in ${((performance.now() - began) / 1000).toFixed(1)} s`,
      counts,
    );
    expect(leaks).toEqual([]);
    expect(missing).toEqual([]);
    expect(counts.answered + counts.refused + counts.aborted + counts.cancelled).toBe(REQUESTS);
    // Each way to end was gone often.
    expect(counts.answered).toBeGreaterThan(REQUESTS / 4);
    expect(counts.refused).toBeGreaterThan(REQUESTS / 10);
    expect(counts.aborted).toBeGreaterThan(REQUESTS / 100);
    expect(counts.cancelled).toBeGreaterThan(REQUESTS / 500);

    const { pool } = api.app.get(Database, { strict: false });
    const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
    try {
      for (const client of clients) {
        const { rows } = await client.query<{ setting: string | null; gateways: number }>(
          `select concat_ws('', current_setting('app.operators', true), current_setting('app.scope', true), current_setting('app.account', true)) as setting,
           (select count(*)::int from gateway) as gateways`,
        );
        expect(rows).toEqual([{ setting: '', gateways: 0 }]);
      }
    } finally {
      for (const client of clients) client.release();
    }
  },
);
