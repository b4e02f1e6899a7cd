import { endpoints, SILENCE_COLUMNS, SILENCE_FACETS } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantAnnounced } from './escalating.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { checkList } from './list-checks.ts';
import { asOwner } from './postgres.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
let now = NOON;
let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let fleet: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => now });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  fleet = await plant(api.database.ownerUrl, oak.operatorId, { site: 'Harbour', gateway: 'Reception' });
  await plantAnnounced(api.database.ownerUrl, fleet, new Date(NOON), { severity: 'major' });
});
afterAll(() => api.close());
beforeEach(() => {
  now = NOON;
});

const create = (matcher: object, more: object = {}) =>
  oak.technician(endpoints.createSilence, {
    body: { matcher, reason: 'Known', endsAt: '2026-11-23T13:00:00Z', ...more },
  });

describe('a silence', () => {
  test.for<[string, () => object, string, number]>([
    ['of a site', () => ({ siteId: fleet.siteId }), 'Harbour', 1],
    ['of a line', () => ({ gatewayId: fleet.gatewayId, position: 2 }), 'Reception, line 2', 0],
    ['of a kind', () => ({ kinds: ['gateway-unreachable'] }), 'Gateway unreachable', 1],
    ['of another severity', () => ({ siteId: fleet.siteId, severities: ['minor'] }), 'Harbour, minor', 0],
    ['of what is on the line', () => ({ lineDeviceClasses: ['fax'] }), 'fax', 0],
  ])('%s', async ([, matcher, scopeName, matching]) => {
    expect(await create(matcher())).toMatchObject({
      matcher: matcher(),
      scopeName,
      matching,
      state: 'active',
      reason: 'Known',
      createdBy: 'Oak technician',
      startsAt: '2026-11-23T12:00:00.000Z',
      endedAt: null,
    });
  });
  test('begins later, and ends automatically', async () => {
    const silence = await create({ siteId: fleet.siteId }, { startsAt: '2026-11-23T12:30:00Z' });
    expect(silence).toMatchObject({ state: 'planned', matching: 0 });
    const find = async () =>
      (await oak.viewer(endpoints.listSilences, { query: { limit: 500 } })).items.find(({ id }) => id === silence.id);
    now = Date.parse('2026-11-23T12:30:00Z');
    expect(await find()).toMatchObject({ state: 'active', matching: 1 });
    now = Date.parse('2026-11-23T13:00:00Z');
    expect(await find()).toMatchObject({ state: 'over', matching: 0 });
  });
  test('is ended, twice is once, and both are audited', async () => {
    const silence = await create({ siteId: fleet.siteId });
    const params = { silenceId: silence.id };
    now += 60_000;
    expect(await oak.technician(endpoints.endSilence, { params })).toMatchObject({
      state: 'over',
      matching: 0,
      endedAt: '2026-11-23T12:01:00.000Z',
    });
    now += 60_000;
    expect(await oak.technician(endpoints.endSilence, { params })).toMatchObject({
      endedAt: '2026-11-23T12:01:00.000Z',
    });
    const verbs = await rowsOf(
      api.database.ownerUrl,
      'select verb from audit_entry where subject_id = $1 order by at',
      [silence.id],
    );
    expect(verbs.map(({ verb }) => verb)).toEqual(['create', 'end']);
  });
});

test('the list goes page by page and by state', async () => {
  const made = [];
  for (let minute = 10; minute < 15; minute += 1)
    made.push((await create({ siteId: fleet.siteId }, { endsAt: `2026-11-23T20:${minute}:00Z` })).id);
  const all = await allPages((cursor) => oak.viewer(endpoints.listSilences, { query: { limit: 2, ...cursor } }));
  expect(all.slice(0, 5).map(({ id }) => id)).toEqual(made.toReversed());
  const active = await oak.viewer(endpoints.listSilences, { query: { state: 'active', limit: 500 } });
  expect(active.items.every(({ state }) => state === 'active')).toBe(true);
  expect(active.total).toBe(active.items.length);
  now = Date.parse('2026-11-23T20:12:00Z');
  const later = await oak.viewer(endpoints.listSilences, { query: { state: 'active', limit: 500 } });
  expect(later.items.map(({ id }) => id)).toEqual(made.slice(3).toReversed());
});

describe('what is refused', () => {
  test.for<[string, () => [object, object?], number, string]>([
    ['a silence of everything', () => [{}], 400, 'body.matcher'],
    ['one without a reason', () => [{ kinds: ['port-locked'] }, { reason: '' }], 400, 'body.reason'],
    ['a kind that is none', () => [{ kinds: ['nothing'] }], 400, 'body.matcher.kinds.0'],
    ['an empty list', () => [{ kinds: [] }], 400, 'body.matcher.kinds'],
    ['a line of no gateway', () => [{ position: 1 }], 400, 'body.matcher.gatewayId'],
    ['one that is over', () => [{ siteId: fleet.siteId }, { endsAt: '2026-11-23T12:00:00Z' }], 400, 'body.endsAt'],
    [
      'one that ends before it begins',
      () => [{ siteId: fleet.siteId }, { startsAt: '2026-11-23T13:00:00Z' }],
      400,
      'body.endsAt',
    ],
    ['one that hardly ends', () => [{ siteId: fleet.siteId }, { endsAt: '2027-02-22T00:00:00Z' }], 400, 'body.endsAt'],
    ['a site that is none', () => [{ siteId: crypto.randomUUID() }], 404, 'body.matcher.siteId'],
    ['a line that is none', () => [{ gatewayId: fleet.gatewayId, position: 99 }], 404, 'body.matcher.position'],
  ])('%s', async ([, make, status, path]) => {
    const [matcher, more] = make();
    const problem = await problemOf(create(matcher, more));
    expect(problem.status).toBe(status);
    expect(problem.fields?.map((field) => field.path)).toEqual([path]);
  });
});

describe('who may', () => {
  test('a viewer may look, not silence', async () => {
    const { id } = await create({ siteId: fleet.siteId });
    const body = { matcher: { siteId: fleet.siteId }, reason: 'No', endsAt: '2026-11-23T13:00:00Z' };
    for (const problem of await Promise.all(
      [
        oak.viewer(endpoints.createSilence, { body }),
        oak.viewer(endpoints.endSilence, { params: { silenceId: id } }),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 403, code: 'not-allowed' });
  });
  test("another operator finds nothing, and cannot silence others' places", async () => {
    const { id } = await create({ siteId: fleet.siteId });
    const body = { reason: 'No', endsAt: '2026-11-23T13:00:00Z' };
    for (const problem of await Promise.all(
      [
        elm.admin(endpoints.endSilence, { params: { silenceId: id } }),
        elm.admin(endpoints.createSilence, { body: { ...body, matcher: { siteId: fleet.siteId } } }),
        elm.admin(endpoints.createSilence, { body: { ...body, matcher: { customerId: fleet.customerId } } }),
        elm.admin(endpoints.createSilence, { body: { ...body, matcher: { gatewayId: fleet.gatewayId } } }),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 404, code: 'not-found' });
    expect(await elm.admin(endpoints.listSilences)).toEqual({ items: [], nextCursor: null, total: 0 });
  });
});

describe('the data grid of silences', () => {
  let ash: TestOperator;
  beforeAll(async () => {
    now = NOON;
    ash = await api.operator('Ash');
    const planted = await plant(api.database.ownerUrl, ash.operatorId, { site: 'Mill', gateway: 'Workshop' });
    const other = await plant(api.database.ownerUrl, ash.operatorId, { site: 'Abbey', gateway: 'Tower' });
    const at = (hours: number) => new Date(NOON + hours * 3_600_000).toISOString();
    for (const [person, matcher, reason, starts, ends] of [
      ['technician', { siteId: planted.siteId }, 'Line 10 is laid', 0, 1],
      ['admin', { siteId: other.siteId }, 'line 9 is laid', 2, 5],
      ['admin', { gatewayId: planted.gatewayId }, 'Roof', 0, 3],
      ['technician', { gatewayId: other.gatewayId }, 'Storm at the mill', 1, 4],
      ['admin', { severities: ['minor'] }, 'Known', 3, 6],
    ] as const)
      await ash[person](endpoints.createSilence, {
        body: { matcher: matcher as object, reason, startsAt: at(starts), endsAt: at(ends) },
      });
    const [over] = (await ash.viewer(endpoints.listSilences, { query: { q: 'roof' } })).items;
    await ash.admin(endpoints.endSilence, { params: { silenceId: over!.id } });
  });

  const RANK = { active: 0, planned: 1, over: 2 };
  checkList(
    'silences',
    () => ({
      list: (query) => ash.viewer(endpoints.listSilences, { query }),
      facet: (query) => ash.viewer(endpoints.getSilenceFacet, { query }),
      export: (query) => ash.viewer(endpoints.exportSilences, { query }),
      elsewhere: (query) => elm.viewer(endpoints.listSilences, { query }),
      sorted: {
        scope: (row) =>
          row.matcher.siteId === undefined && row.matcher.gatewayId === undefined ? null : row.scopeName,
        state: (row) => RANK[row.state],
        starts: (row) => row.startsAt,
        until: (row) => row.endedAt ?? row.endsAt,
        reason: (row) => row.reason,
        by: (row) => row.createdBy,
      },
      facets: SILENCE_FACETS,
      word: 'mill',
      narrowed: { state: ['planned'] },
      misunderstood: { query: { state: ['awful'] }, path: 'query.state.0' },
      change: (id) =>
        asOwner(api.database.ownerUrl, async (sql) => {
          await sql.query(`delete from silence where id = $1`, [id]);
        }),
    }),
    { columns: SILENCE_COLUMNS, facets: SILENCE_FACETS },
  );
});
