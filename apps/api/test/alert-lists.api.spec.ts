import {
  ALERT_COLUMNS,
  ALERT_FACETS,
  ATTENTION,
  endpoints,
  EVENT_COLUMNS,
  EVENT_FACETS,
  HOLD_REASONS,
  INCIDENT_COLUMNS,
  INCIDENT_FACETS,
  type IncidentSummary,
} from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plantEvents } from './events-of-lists.ts';
import { plantIncidents } from './incidents-of-lists.ts';
import { checkList } from './list-checks.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

let api: TestApp;
let oak: TestOperator;
let ash: TestOperator;
let elm: TestOperator;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  [oak, ash, elm] = (await Promise.all(['Oak', 'Ash', 'Elm'].map((name) => api.operator(name)))) as [
    TestOperator,
    TestOperator,
    TestOperator,
  ];
  await plantIncidents(api.database.ownerUrl, oak.operatorId, NOW);
  await plantEvents(api.database.ownerUrl, ash.operatorId, NOW);
});
afterAll(() => api.close());

const SEVERITY_RANK = { info: 0, minor: 1, major: 2, critical: 3 } as const;
const all = { attention: 'all' };

test('without an order the most urgent is first, then the newest; with states, what is in any of them', async () => {
  const items = async (query: object) => (await oak.viewer(endpoints.listIncidents, { query })).items;
  const listed = await items({});
  const key = ({ severity, announcedAt }: IncidentSummary) => [-SEVERITY_RANK[severity], -Date.parse(announcedAt)];
  expect(listed.map(key)).toEqual(listed.map(key).sort(([a, b], [c, d]) => a! - c! || b! - d!));
  expect(new Set(listed.map(({ attention }) => attention))).toEqual(new Set(['open', 'acknowledged', 'snoozed']));
  const some = await items({ attention: 'snoozed,resolved' });
  expect(new Set(some.map(({ attention }) => attention))).toEqual(new Set(['snoozed', 'resolved']));
});

test('a number finds its incident alone, and what is acknowledged by filter is what the list shows', async () => {
  const { items } = await oak.viewer(endpoints.listIncidents, { query: { q: '#1', ...all } });
  expect(items.map(({ number }) => number)).toEqual([1]);
  const filter = { attention: 'open', severity: ['minor'] };
  const { total } = await oak.viewer(endpoints.listIncidents, { query: filter });
  expect(total).toBeGreaterThan(0);
  const body = { filter };
  expect(await oak.technician(endpoints.acknowledgeIncidents, { body })).toMatchObject({ acknowledged: total });
  expect((await oak.viewer(endpoints.listIncidents, { query: filter })).total).toBe(0);
});

checkList(
  'incidents',
  () => ({
    list: (query) => oak.viewer(endpoints.listIncidents, { query: { ...all, ...query } }),
    facet: (query) => oak.viewer(endpoints.getIncidentFacet, { query: { ...all, ...query } }),
    export: (query) => oak.viewer(endpoints.exportIncidents, { query: { ...all, ...query } }),
    elsewhere: (query) => elm.viewer(endpoints.listIncidents, { query: { ...all, ...query } }),
    sorted: {
      title: (row) => row.title,
      severity: (row) => SEVERITY_RANK[row.severity],
      state: (row) => ATTENTION.indexOf(row.attention),
      where: ({ place }) => [place.gateway?.name ?? null, place.port?.position ?? null],
      site: ({ place }) => place.site?.name ?? null,
      customer: ({ place }) => place.customer?.name ?? null,
      since: (row) => row.since,
      raised: (row) => row.announcedAt,
      affects: ({ affected }) => [affected.ports, affected.gateways, affected.agents],
      why: (row) => row.why,
      kind: (row) => row.kind,
      assigned: (row) => row.assignedTo?.name ?? null,
      number: (row) => row.number,
    },
    facets: INCIDENT_FACETS,
    word: 'harbour albany',
    narrowed: { severity: ['critical', 'minor'] },
    misunderstood: { query: { kind: ['awful'] }, path: 'query.kind.0' },
    change: (id) =>
      asOwner(api.database.ownerUrl, async (sql) => {
        await sql.query(`update incident set title = 'zz' || title where id = $1`, [id]);
      }),
  }),
  { columns: INCIDENT_COLUMNS, facets: INCIDENT_FACETS },
);

checkList(
  'alerts',
  () => ({
    list: (query) => oak.viewer(endpoints.listAlerts, { query: { state: 'all', ...query } }),
    facet: (query) => oak.viewer(endpoints.getAlertFacet, { query: { state: 'all', ...query } }),
    export: (query) => oak.viewer(endpoints.exportAlerts, { query: { state: 'all', ...query } }),
    elsewhere: (query) => elm.viewer(endpoints.listAlerts, { query: { state: 'all', ...query } }),
    sorted: {
      title: (row) => row.title,
      severity: (row) => SEVERITY_RANK[row.severity],
      where: ({ place }) => [place.gateway?.name ?? null, place.port?.position ?? null],
      site: ({ place }) => place.site?.name ?? null,
      customer: ({ place }) => place.customer?.name ?? null,
      since: (row) => row.since,
      opened: (row) => row.openedAt,
      resolved: (row) => row.resolvedAt,
      hold: ({ hold }) => (hold === null ? null : HOLD_REASONS.indexOf(hold.reason)),
      evidence: ({ evidence }) => evidence.text,
    },
    facets: ALERT_FACETS,
    word: 'harbour albany',
    narrowed: { severity: ['critical', 'minor'] },
    misunderstood: { query: { hold: ['awful'] }, path: 'query.hold.0' },
    change: (id) =>
      asOwner(api.database.ownerUrl, async (sql) => {
        await sql.query(
          `update alert set evidence = jsonb_set(evidence, '{text}', to_jsonb('zz'::text)) where id = $1`,
          [id],
        );
      }),
  }),
  { columns: ALERT_COLUMNS, facets: ALERT_FACETS },
);

const EVENT_SEVERITIES = ['cleared', 'info', 'warning', 'minor', 'major', 'critical'];

test('events are newest first, in a period up to now', async () => {
  const query = { within: '24h' } as const;
  const { items, total } = await ash.viewer(endpoints.listEvents, { query });
  expect([items.length, total]).toEqual([6, 6]);
  const times = items.map(({ at }) => at);
  expect(times).toEqual(times.toSorted().toReversed());
  const from = new Date(NOW.getTime() - 60_000).toISOString();
  expect((await ash.viewer(endpoints.listEvents, { query: { ...query, from } })).total).toBe(1);
});

checkList(
  'events',
  () => ({
    list: (query) => ash.viewer(endpoints.listEvents, { query }),
    facet: (query) => ash.viewer(endpoints.getEventFacet, { query }),
    export: (query) => ash.viewer(endpoints.exportEvents, { query }),
    elsewhere: (query) => elm.viewer(endpoints.listEvents, { query }),
    sorted: {
      at: (row) => row.at,
      kind: (row) => row.kind,
      severity: (row) => EVENT_SEVERITIES.indexOf(row.severity),
      text: (row) => row.text,
      gateway: (row) => [row.gatewayName, row.position],
      site: (row) => row.siteName,
      customer: (row) => row.customerName,
      source: (row) => row.source,
      received: (row) => row.receivedAt,
    },
    facets: EVENT_FACETS,
    word: 'harbour port',
    narrowed: { severity: ['critical', 'warning'] },
    misunderstood: { query: { kind: ['awful'] }, path: 'query.kind.0' },
    change: (id) =>
      asOwner(api.database.ownerUrl, async (sql) => {
        await sql.query('delete from gateway_event where id = $1', [id]);
      }),
  }),
  { columns: EVENT_COLUMNS, facets: EVENT_FACETS },
);
