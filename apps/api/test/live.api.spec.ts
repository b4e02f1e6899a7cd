import { randomUUID } from 'node:crypto';
import { endpoints, LIVE_PATH, type LiveEvent } from '@loopstart/contracts';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { LiveBus } from '../src/core/bus/live-bus.ts';
import { STREAMS_PER_SESSION_MAX } from '../src/platform/live/open-streams.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plant } from './fleet.ts';
import { listen, type LiveClient } from './live-client.ts';
import { asOwner } from './postgres.ts';

let clockOffsetMs = 0;
const clock = () => Date.now() + clockOffsetMs;

/** Two API processes on one database, as behind a balancer. */
let one: TestApp;
let two: TestApp;
let oak: TestOperator;
let elm: TestOperator;
const open: LiveClient[] = [];

const agentEvent = (): LiveEvent => ({ type: 'agent', agentId: randomUUID(), siteId: randomUUID() });
const publish = (app: TestApp, operator: TestOperator, event: LiveEvent) =>
  app.app.get(LiveBus).publish(operator.operatorId, event);

async function browser(
  app: TestApp,
  operator: TestOperator,
  headers: Record<string, string> = {},
): Promise<LiveClient> {
  const client = await listen(app.url, { cookie: operator.cookie, ...headers });
  open.push(client);
  return client;
}

beforeAll(async () => {
  one = await startApp({ clock });
  two = await startApp({ clock, database: one.database });
  [oak, elm] = await Promise.all([one.operator('Oak'), one.operator('Elm')]);
});
afterEach(() => {
  vi.useRealTimers();
  clockOffsetMs = 0;
  for (const client of open.splice(0)) client.close();
});
afterAll(async () => {
  await two.close();
  await one.close();
});

test('a stream is never stored or compressed on its way', async () => {
  const client = await browser(one, oak);
  expect(client.response.status).toBe(200);
  expect(client.response.headers.get('content-type')).toContain('text/event-stream');
  expect(client.response.headers.get('cache-control')).toContain('no-transform');
  expect(client.response.headers.get('content-encoding')).toBeNull();
});

test('nobody signed in gets none', async () => {
  expect((await fetch(one.url + LIVE_PATH)).status).toBe(401);
});

test('a stream taken for one user is refused to another who has signed in meanwhile', async () => {
  const status = async (user: string) => {
    const stop = new AbortController();
    const path = `${one.url}${LIVE_PATH}?user=${user}`;
    const response = await fetch(path, { headers: { cookie: oak.cookie }, signal: stop.signal });
    stop.abort();
    return response.status;
  };
  const session = await fetch(`${one.url}${endpoints.getSession.path}`, { headers: { cookie: oak.cookie } });
  expect(await status(((await session.json()) as { id: string }).id)).toBe(200);
  expect(await status(randomUUID())).toBe(401);
});

test("an operator gets its own events, from every process, and never another's", async () => {
  const [here, there, other] = [await browser(one, oak), await browser(two, oak), await browser(two, elm)];
  const [first, theirs, last] = [agentEvent(), agentEvent(), agentEvent()];
  publish(one, oak, first);
  publish(one, elm, theirs);
  expect(await here.next()).toEqual(first);
  expect(await there.next()).toEqual(first);
  expect(await other.next()).toEqual(theirs);
  publish(two, oak, last);
  expect(await there.next()).toEqual(last);
  expect(await here.next()).toEqual(last);
  await expect(other.next(200)).rejects.toThrow('no live event');
});

test('a change by a person is published at once', async () => {
  const ids = await plant(one.database.ownerUrl, oak.operatorId);
  const client = await browser(two, oak);
  await oak.technician(endpoints.updatePort, {
    params: { gatewayId: ids.gatewayId, position: 2 },
    body: { label: 'Bar' },
  });
  expect(await client.next()).toMatchObject({
    type: 'gateway',
    gatewayId: ids.gatewayId,
    siteId: ids.siteId,
    ports: [{ position: 2, label: 'Bar' }],
  });
});

test('an event too large for the way between processes becomes a word to fetch again', async () => {
  const there = await browser(two, oak);
  publish(one, oak, {
    type: 'gateway',
    gatewayId: randomUUID(),
    siteId: randomUUID(),
    observedAt: new Date().toISOString(),
    ports: Array.from({ length: 512 }, (_, index) => ({ position: index + 1, label: 'x'.repeat(40) })),
  });
  expect(await there.next()).toEqual({ type: 'resync' });
});

test('a browser that returns gets a resync', async () => {
  const client = await browser(one, oak, { 'last-event-id': '17' });
  expect(await client.next()).toEqual({ type: 'resync' });
});

test('after an interruption between processes, browsers get a resync, and events are published again', async () => {
  const client = await browser(two, oak);
  const { rows } = await asOwner(one.database.ownerUrl, (sql) =>
    sql.query(
      `select pg_terminate_backend(pid) as cut from pg_stat_activity where datname = current_database() and query like 'listen %'`,
    ),
  );
  expect(rows.length).toBe(2);
  expect(await client.next(15_000)).toEqual({ type: 'resync' });
  const event = agentEvent();
  publish(one, oak, event);
  expect(await client.next()).toEqual(event);
});

test('a session that ends takes its streams along', async () => {
  const client = await browser(one, oak);
  clockOffsetMs = 13 * 3_600_000;
  await client.ended;
  clockOffsetMs = 0;
});

test('signing out ends the streams of that session, in every process, at the next look at the session', async () => {
  const fir = await one.operator('Fir');
  const streams = [await browser(one, fir), await browser(two, fir)];
  const other = await browser(one, oak);
  const signedOutAt = Date.now();
  await fir.admin(endpoints.signOut);
  await Promise.all(streams.map(({ ended }) => ended));
  // A look each second; the beat, which would notice it as well, is every fifteen.
  expect(Date.now() - signedOutAt).toBeLessThan(10_000);
  const event = agentEvent();
  publish(one, oak, event);
  // The hours that the clock stood ahead before are an incident, which may come in between.
  let heard = await other.next();
  while (heard.type !== 'agent') heard = await other.next();
  expect(heard).toEqual(event);
});

test('a session may have so many streams and no more; one that closes makes room', async () => {
  const yew = await one.operator('Yew');
  const streams = [];
  for (let index = 0; index < STREAMS_PER_SESSION_MAX; index += 1) streams.push(await browser(one, yew));
  const more = () => fetch(one.url + LIVE_PATH, { headers: { cookie: yew.cookie } });
  const refused = await more();
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ code: 'too-many-requests' });
  expect((await browser(one, oak)).response.status).toBe(200);
  streams[0]!.close();
  await vi.waitFor(async () => expect((await browser(one, yew)).response.status).toBe(200), 5_000);
});

test('a stop ends the streams and does not wait for browsers', async () => {
  const third = await startApp({ clock, database: one.database });
  const client = await browser(third, oak);
  await third.close();
  await client.ended;
});

test('a limited person hears of their places alone, and of nothing that has no place', async () => {
  const near = await plant(one.database.ownerUrl, oak.operatorId);
  const far = await plant(one.database.ownerUrl, oak.operatorId);
  const cookie = await one.cookieOf(oak.operatorId, 'technician', {
    customerIds: [],
    siteIds: [near.siteId],
    tags: [],
  });
  const client = await listen(one.url, { cookie });
  open.push(client);
  const bus = one.app.get(LiveBus);
  const agent = (siteId: string): LiveEvent => ({ type: 'agent', agentId: randomUUID(), siteId });
  const action = (gatewayId: string) => ({ type: 'action', action: { ...ACTION, gatewayId } }) as LiveEvent;
  const incident = { type: 'incident', incident: { id: randomUUID(), place: { site: null } } } as unknown as LiveEvent;
  for (const event of [agent(far.siteId), action(far.gatewayId), incident]) bus.publish(oak.operatorId, event);
  bus.publish(oak.operatorId, action(near.gatewayId));
  bus.publish(oak.operatorId, agent(near.siteId));
  expect(await client.next()).toMatchObject({ type: 'action', action: { gatewayId: near.gatewayId } });
  expect(await client.next()).toMatchObject({ type: 'agent', siteId: near.siteId });
});

const ACTION = {
  id: randomUUID(),
  position: null,
  type: 'poll-now',
  state: 'queued',
  reason: null,
  reasonCode: null,
  overrideReason: null,
  overrode: null,
  result: {},
  lineTest: null,
  requestedBy: 'Ada',
  requestedAt: '2026-12-01T10:00:00.000Z',
  updatedAt: '2026-12-01T10:00:00.000Z',
  expiresAt: '2026-12-01T10:05:00.000Z',
};
