import { ATTENTION, endpoints, INCIDENT_COLUMNS, INCIDENT_FACETS, type IncidentSummary } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plantIncidents } from './incidents-of-lists.ts';
import { checkList } from './list-checks.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  await plantIncidents(api.database.ownerUrl, oak.operatorId, NOW);
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
