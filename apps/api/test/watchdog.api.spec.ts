import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AlertingService } from '../src/alerting/detector/alerting.service.ts';
import { CANARY_PATH } from '../src/alerting/watchdog/canary.ts';
import { Watchdog } from '../src/alerting/watchdog/watchdog.service.ts';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { rowsOf } from './ingest.ts';
import { eventually } from './mqtt-agent.ts';

let offsetMs = 0;
const clock = () => Date.now() + offsetMs;

/** External services: a dead-man service, and the watchdog's out-of-band receiver. */
let outside: Server;
let outsideUrl: string;
const received: { path: string; body: string }[] = [];
let api: TestApp;
let oak: TestOperator;
beforeAll(async () => {
  outside = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString() });
      response.writeHead(200).end('ok');
    });
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  outsideUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  api = await startApp({
    clock,
    env: { WATCHDOG_URL: `${outsideUrl}/watchdog`, LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' },
  });
  oak = await api.operator('Oak');
});
afterAll(async () => {
  await api.close();
  await new Promise((resolve) => outside.close(resolve));
});

const posts = () => received.filter(({ path }) => path === '/watchdog').map(({ body }) => JSON.parse(body) as object);
const status = () =>
  rowsOf<{ sent: Date | null; arrived: Date | null }>(
    api.database.ownerUrl,
    'select canary_sent_at as sent, canary_arrived_at as arrived from alerting_status where canary_sent_at is not null',
  );
const ready = async (app: TestApp) => (await (await fetch(`${app.url}/readyz`)).json()) as { alerting: string };

test('a synthetic alert travels from the detector through outbox and webhook to its receiver', async () => {
  // The first one is due a minute after the process found nobody to watch for.
  offsetMs += 61_000;
  const [row] = await eventually(status, (rows) => rows[0]?.arrived != null);
  expect(row!.arrived!.getTime()).toBeGreaterThanOrEqual(row!.sent!.getTime());
  // Its answer is written down after the receiver has taken it.
  const [delivery] = await eventually(
    () =>
      rowsOf<{ state: string; attempts: number; last_status: number }>(
        api.database.ownerUrl,
        `select d.state, d.attempts, d.last_status from delivery d join outbox_message m on m.id = d.message_id where m.type = 'watchdog.canary' and d.state = 'delivered'`,
      ),
    (rows) => rows.length > 0,
  );
  expect(delivery).toEqual({ state: 'delivered', attempts: 1, last_status: 204 });
  await api.app.get(Watchdog).look();
  expect(await ready(api)).toEqual({ status: 'ready', alerting: 'working' });
});

test('nobody else can feign it', async () => {
  const data = { version: 1, sentAt: new Date().toISOString(), nonce: 'guessed' };
  const body = JSON.stringify({ type: 'watchdog.canary', timestamp: data.sentAt, data });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(api.url + CANARY_PATH, { method: 'POST', headers, body })).status).toBe(404);
  expect((await fetch(api.url + CANARY_PATH, { method: 'POST', headers, body: '{}' })).status).toBe(404);
});

test('the operator of the synthetic alert is nobody: it shows up nowhere', async () => {
  expect(await oak.admin(endpoints.listChannels, {})).toMatchObject({ items: [] });
  const counts = await oak.viewer(endpoints.getIncidentCounts, {});
  expect(counts).toMatchObject({ open: 0, monitoring: 'working' });
});

test('a heartbeat is sent while alerting works; its address is never shown again', async () => {
  const url = `${outsideUrl}/ping/secret-token`;
  const put = await oak.admin(endpoints.putHeartbeat, { body: { url, everyS: 30 } });
  expect(put).toMatchObject({ host: new URL(url).host, everyS: 30, lastSentAt: null });
  await eventually(
    async () => received,
    (all) => all.some(({ path }) => path === '/ping/secret-token'),
  );
  const shown = () => oak.viewer(endpoints.getHeartbeat, {});
  const sent = await eventually(shown, ({ lastSentAt }) => lastSentAt !== null);
  expect(JSON.stringify(sent)).not.toContain('secret-token');
  expect(JSON.stringify(await rowsOf(api.database.ownerUrl, 'select url::text, host from heartbeat'))).not.toContain(
    'secret-token',
  );
  const inside = oak.admin(endpoints.putHeartbeat, { body: { url: 'https://10.0.0.1/ping', everyS: 30 } });
  expect(await problemOf(inside)).toMatchObject({ status: 400, code: 'address-not-allowed' });
  expect(await oak.admin(endpoints.putHeartbeat, { body: { url: null, everyS: 60 } })).toMatchObject({ host: null });
});

test('when it is missing for three minutes the watchdog notifies out of band, once, and again when it is back', async () => {
  await api.app.get(AlertingService).onModuleDestroy();
  const other = await startApp({ clock, database: api.database });
  await other.app.get(AlertingService).onModuleDestroy();
  const watchdogs = [api, other].map(({ app }) => app.get(Watchdog));
  // The other process may have sent one before it was stopped.
  const [last] = await eventually(status, ([row]) => row!.arrived! >= row!.sent!);
  /** Sets the clock so that the last test alert has this age, however slow this machine is. */
  const setAge = (ms: number) => (offsetMs = last!.arrived!.getTime() + ms - Date.now());
  setAge(120_000);
  for (const watchdog of watchdogs) await watchdog.look();
  expect(posts()).toEqual([]);
  setAge(181_000);
  for (const watchdog of watchdogs) {
    await watchdog.look();
    await watchdog.look();
  }
  expect(posts()).toEqual([expect.objectContaining({ state: 'missing' })]);
  expect(await ready(api)).toEqual({ status: 'ready', alerting: 'missing' });
  expect(await oak.viewer(endpoints.getIncidentCounts, {})).toMatchObject({ monitoring: 'interrupted' });

  const third = await startApp({ clock, database: api.database });
  await eventually(status, (rows) => clock() - (rows[0]?.arrived?.getTime() ?? 0) < 60_000);
  for (const watchdog of watchdogs) await watchdog.look();
  expect(posts().map((post) => (post as { state: string }).state)).toEqual(['missing', 'working']);
  await third.app.close();
  await other.app.close();
  // An attempt that missed its deadline on a busy machine is followed by the next test alert, a minute later.
}, 180_000);
