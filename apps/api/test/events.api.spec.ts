import { randomUUID } from 'node:crypto';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPages, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { asOwner } from './postgres.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const at = (seconds: number) => new Date(NOW - seconds * 1000);

let api: TestApp;
let oak: TestOperator;
let ids: Planted;
let other: Planted;
beforeAll(async () => {
  api = await startApp({ clock: () => NOW });
  oak = await api.operator('Oak');
  const elm = await api.operator('Elm');
  const owner = api.database.ownerUrl;
  ids = await plant(owner, oak.operatorId, { gateway: 'Alpha', site: 'North House' });
  other = await plant(owner, oak.operatorId, { gateway: 'Beta' });
  const theirs = await plant(owner, elm.operatorId);
  await asOwner(owner, async (sql) => {
    await sql.query("select ensure_partitions('gateway_event', $1, $2)", [at(86_400), at(0)]);
    for (const [where, seconds, kind, position, text] of [
      [ids, 300, 'link-down', 3, 'Port 3 went down.'],
      [ids, 300, 'hook-change', 3, 'Port 3 went off hook.'],
      [ids, 200, 'cold-start', null, '100% new_start'],
      [other, 100, 'cold-start', null, 'Started.'],
      [theirs, 50, 'cold-start', null, 'Started.'],
    ] as const) {
      await sql.query(
        `insert into gateway_event (id, operator_id, site_id, gateway_id, at, received_at, kind, severity, "position", text, source, detail)
         values ($1, $2, $3, $4, $5, $5, $6, 'info', $7, $8, 'trap', '{"sysUpTime":"12"}')`,
        [randomUUID(), where.operatorId, where.siteId, where.gatewayId, at(seconds), kind, position, text],
      );
    }
  });
});
afterAll(() => api.close());

test('events are listed newest first, page by page, of one operator alone', async () => {
  const events = await allPages((cursor) => oak.viewer(endpoints.listEvents, { query: { limit: 1, ...cursor } }));
  expect(events.map((event) => event.gatewayName)).toEqual(['Beta', 'Alpha', 'Alpha', 'Alpha']);
  expect(events[1]).toMatchObject({
    siteName: 'North House',
    timeZone: 'Europe/London',
    at: at(200).toISOString(),
    text: '100% new_start',
    detail: { sysUpTime: '12' },
  });
});

test.for([
  ['of a gateway', () => ({ gatewayId: other.gatewayId }), 1],
  ['of a site', () => ({ siteId: ids.siteId }), 3],
  ['of a port', () => ({ gatewayId: ids.gatewayId, position: 3 }), 2],
  ['of a kind', () => ({ kind: 'cold-start' }) as const, 2],
  ['by their words', () => ({ q: 'WENT' }), 2],
  ['by a per cent sign', () => ({ q: '100%' }), 1],
  ['by an underscore', () => ({ q: 'new_' }), 1],
  ['from a moment, itself in', () => ({ from: at(200).toISOString() }), 2],
  ['to a moment, itself out', () => ({ to: at(200).toISOString() }), 2],
] as const)('events are found %s', async ([, query, count]) => {
  const list = await oak.viewer(endpoints.listEvents, { query: query() });
  expect(list.items).toHaveLength(count);
  expect(list.total).toBe(count);
});
