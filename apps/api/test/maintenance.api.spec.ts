import { endpoints, MAINTENANCE_COLUMNS, MAINTENANCE_FACETS, type MaintenanceWindow } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Database } from '../src/core/db/database.ts';
import { wholeOperator } from '../src/core/db/scope.ts';
import { MaintenanceRepository } from '../src/alerting/hold-backs/maintenance/maintenance.repository.ts';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { checkList } from './list-checks.ts';

/** A Monday, 13:00 in Zurich. */
const NOON = Date.parse('2026-11-23T12:00:00Z');
let now = NOON;
let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let fleet: Planted;
let elmFleet: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => now });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  fleet = await plant(api.database.ownerUrl, oak.operatorId, { site: 'Harbour' });
  elmFleet = await plant(api.database.ownerUrl, elm.operatorId);
});
afterAll(() => api.close());
beforeEach(async () => {
  now = NOON;
  await rowsOf(api.database.ownerUrl, 'delete from maintenance_window where operator_id = $1', [oak.operatorId]);
});

const input = (more: object = {}) => ({
  title: 'Switch replaced',
  reason: 'Agreed with the site',
  scope: 'site' as const,
  scopeId: fleet.siteId,
  timeZone: 'Europe/Zurich',
  startsOn: '2026-11-23',
  startsAt: '22:00',
  durationMinutes: 120,
  ...more,
});
const create = (more: object = {}) => oak.technician(endpoints.createMaintenance, { body: input(more) });
const end = (window: MaintenanceWindow, series = false) =>
  oak.technician(endpoints.endMaintenance, { params: { windowId: window.id }, body: { series } });
const nightly = { recurrence: { every: 'day' as const } };
/** What the detector takes for maintenance. */
const active = async () => {
  const db = new Database(api.database.config);
  try {
    return await db.tx(wholeOperator(oak.operatorId), (sql) =>
      new MaintenanceRepository().active(sql, oak.operatorId, now),
    );
  } finally {
    await db.onApplicationShutdown();
  }
};

describe('a window', () => {
  test('is planned, in force, over', async () => {
    const window = await create();
    expect(window).toMatchObject({
      scopeName: 'Harbour',
      state: 'planned',
      startsOn: '2026-11-23',
      startsAt: '22:00',
      next: { from: '2026-11-23T21:00:00.000Z', to: '2026-11-23T23:00:00.000Z' },
      createdBy: 'Oak technician',
      endedAt: null,
    });
    expect(await active()).toEqual([]);
    now = Date.parse('2026-11-23T21:00:00Z');
    expect((await active()).map(({ id }) => id)).toEqual([window.id]);
    const states = async () => (await oak.viewer(endpoints.listMaintenance)).items.map(({ state }) => state);
    expect(await states()).toEqual(['active']);
    now = Date.parse('2026-11-23T23:00:00Z');
    expect(await active()).toEqual([]);
    expect(await states()).toEqual(['over']);
  });

  test('ended early is over, twice is once', async () => {
    const window = await create();
    now = Date.parse('2026-11-23T21:30:00Z');
    expect(await end(window)).toMatchObject({ state: 'over', endedAt: '2026-11-23T21:30:00.000Z', next: null });
    now += 60_000;
    expect(await end(window)).toMatchObject({ endedAt: '2026-11-23T21:30:00.000Z' });
    expect(await active()).toEqual([]);
    const verbs = await rowsOf(
      api.database.ownerUrl,
      'select verb from audit_entry where subject_id = $1 order by at',
      [window.id],
    );
    expect(verbs.map(({ verb }) => verb)).toEqual(['create', 'end']);
    expect(
      await problemOf(oak.technician(endpoints.updateMaintenance, { params: { windowId: window.id }, body: input() })),
    ).toMatchObject({ status: 400 });
  });

  test('of which one occurrence is ended comes again', async () => {
    const window = await create(nightly);
    expect(await problemOf(end(window))).toMatchObject({ status: 400, fields: [{ path: 'body.series' }] });
    now = Date.parse('2026-11-23T21:30:00Z');
    expect(await end(window)).toMatchObject({
      state: 'planned',
      endedAt: null,
      next: { from: '2026-11-24T21:00:00.000Z', to: '2026-11-24T23:00:00.000Z' },
    });
    expect(await active()).toEqual([]);
    now = Date.parse('2026-11-24T21:30:00Z');
    expect((await active()).map(({ id }) => id)).toEqual([window.id]);
    now = NOON;
    expect(await end(window, true)).toMatchObject({ state: 'over' });
    now = Date.parse('2026-11-24T21:30:00Z');
    expect(await active()).toEqual([]);
  });

  test('is changed', async () => {
    const window = await create();
    const body = input({ scope: 'gateway', scopeId: fleet.gatewayId, startsAt: '23:00', durationMinutes: 30 });
    expect(await oak.technician(endpoints.updateMaintenance, { params: { windowId: window.id }, body })).toMatchObject({
      id: window.id,
      scope: 'gateway',
      startsAt: '23:00',
      next: { from: '2026-11-23T22:00:00.000Z' },
    });
  });
});

describe('the calendar', () => {
  const calendar = (from: string, to: string) => oak.viewer(endpoints.getMaintenanceCalendar, { query: { from, to } });
  test('shows every occurrence in a range; the hour stays over summer time', async () => {
    const sundays = {
      recurrence: { every: 'week' as const, weekdays: [7] },
      startsAt: '02:00',
      startsOn: '2026-11-23',
    };
    const window = await create(sundays);
    const { items } = await calendar('2027-03-20T00:00:00Z', '2027-04-05T00:00:00Z');
    expect(items.map(({ from }) => from)).toEqual([
      '2027-03-21T01:00:00.000Z',
      // 02:00 does not exist on this day: clocks are put forward to 03:00.
      '2027-03-28T01:00:00.000Z',
      '2027-04-04T00:00:00.000Z',
    ]);
    expect(items[0]).toEqual({
      windowId: window.id,
      title: 'Switch replaced',
      scopeName: 'Harbour',
      from: '2027-03-21T01:00:00.000Z',
      to: '2027-03-21T03:00:00.000Z',
    });
  });
  test.for([
    ['2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z'],
    ['2026-11-23T00:00:00Z', '2027-01-25T00:00:00Z'],
  ])('%s to %s is refused', async ([from, to]) => {
    expect(await problemOf(calendar(from!, to!))).toMatchObject({ status: 400, fields: [{ path: 'query.to' }] });
  });
});

test('the list goes page by page and by state', async () => {
  for (let index = 0; index < 5; index += 1) {
    now += 1000;
    await create({ title: `Window ${index}` });
  }
  await create({ title: 'Nightly', ...nightly });
  now = Date.parse('2026-11-23T23:30:00Z');
  const query = { limit: 2 };
  const all = await allPages((cursor) => oak.viewer(endpoints.listMaintenance, { query: { ...query, ...cursor } }));
  expect(all.map(({ title }) => title).toSorted()).toEqual(['Nightly', ...[0, 1, 2, 3, 4].map((n) => `Window ${n}`)]);
  const over = await oak.viewer(endpoints.listMaintenance, { query: { state: 'over', limit: 2 } });
  expect(over).toMatchObject({ total: 5, items: [{ state: 'over' }, { state: 'over' }] });
});

describe('what is refused', () => {
  test.for<[string, object, number, string | undefined]>([
    ['a window that is over', { startsOn: '2026-11-22' }, 400, 'body.startsOn'],
    ['a day that is none', { startsOn: '2026-02-30' }, 400, 'body.startsOn'],
    ['a beginning that clocks skip', { startsOn: '2027-03-28', startsAt: '02:30' }, 400, 'body.startsAt'],
    ['no length', { durationMinutes: 0 }, 400, 'body.durationMinutes'],
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, 400, 'body.timeZone'],
    ['no reason', { reason: ' ' }, 400, 'body.reason'],
    ['an end before the first', { recurrence: { every: 'day', until: '2026-11-22' } }, 400, 'body.recurrence.until'],
    [
      'one that never comes',
      { recurrence: { every: 'week', weekdays: [7], until: '2026-11-24' } },
      400,
      'body.recurrence',
    ],
    ['days without a break', { recurrence: { every: 'day' }, durationMinutes: 1440 }, 400, 'body.durationMinutes'],
    [
      'a week without a break',
      { recurrence: { every: 'week', weekdays: [1, 4] }, durationMinutes: 4 * 1440 },
      400,
      'body.durationMinutes',
    ],
    ['a site that is none', { scopeId: crypto.randomUUID() }, 404, undefined],
  ])('%s', async ([, more, status, path]) => {
    const problem = await problemOf(create(more));
    expect(problem.status).toBe(status);
    expect(problem.fields?.[0]?.path).toBe(path);
  });
});

describe('who may', () => {
  test('a viewer may look, not plan', async () => {
    const window = await create();
    const params = { windowId: window.id };
    for (const problem of await Promise.all(
      [
        oak.viewer(endpoints.createMaintenance, { body: input() }),
        oak.viewer(endpoints.updateMaintenance, { params, body: input() }),
        oak.viewer(endpoints.endMaintenance, { params, body: {} }),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 403, code: 'not-allowed' });
  });
  test("another operator finds nothing, and cannot plan for others' places", async () => {
    const window = await create(nightly);
    const params = { windowId: window.id };
    const theirs = input({ scopeId: elmFleet.siteId });
    for (const problem of await Promise.all(
      [
        elm.admin(endpoints.updateMaintenance, { params, body: theirs }),
        elm.admin(endpoints.endMaintenance, { params, body: { series: true } }),
        elm.admin(endpoints.createMaintenance, { body: input() }),
        elm.admin(endpoints.createMaintenance, { body: input({ scope: 'customer', scopeId: fleet.customerId }) }),
        elm.admin(endpoints.createMaintenance, { body: input({ scope: 'gateway', scopeId: fleet.gatewayId }) }),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 404, code: 'not-found' });
    expect(await elm.admin(endpoints.listMaintenance)).toEqual({ items: [], nextCursor: null, total: 0 });
    const query = { from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z' };
    expect(await elm.admin(endpoints.getMaintenanceCalendar, { query })).toEqual({ items: [] });
  });
});

describe('the data grid of maintenance windows', () => {
  let ash: TestOperator;
  beforeAll(async () => {
    now = NOON;
    ash = await api.operator('Ash');
    const mill = await plant(api.database.ownerUrl, ash.operatorId, { site: 'Mill', gateway: 'Workshop' });
    const abbey = await plant(api.database.ownerUrl, ash.operatorId, { site: 'Abbey', gateway: 'Tower' });
    const planned: [person: 'admin' | 'technician', more: object][] = [
      ['technician', { title: 'Window 10', scopeId: mill.siteId, startsAt: '13:00' }],
      ['admin', { title: 'window 9', scopeId: abbey.siteId, reason: 'Roof of the mill', ...nightly }],
      ['admin', { title: 'Lift', scope: 'gateway', scopeId: abbey.gatewayId, startsOn: '2026-11-24' }],
      ['technician', { title: 'Fax', scope: 'gateway', scopeId: mill.gatewayId, reason: 'New paper' }],
      ['admin', { title: 'Alarm', scopeId: abbey.siteId, startsAt: '13:30', durationMinutes: 30 }],
    ];
    for (const [person, more] of planned) {
      await ash[person](endpoints.createMaintenance, { body: input(more) });
      now += 1000;
    }
    const [over] = (await ash.viewer(endpoints.listMaintenance, { query: { q: 'alarm' } })).items;
    await ash.admin(endpoints.endMaintenance, { params: { windowId: over!.id }, body: { series: true } });
  });

  const RANK = { active: 0, planned: 1, over: 2 };
  checkList(
    'maintenance windows',
    () => ({
      list: (query) => ash.viewer(endpoints.listMaintenance, { query }),
      facet: (query) => ash.viewer(endpoints.getMaintenanceFacet, { query }),
      export: (query) => ash.viewer(endpoints.exportMaintenance, { query }),
      elsewhere: (query) => elm.viewer(endpoints.listMaintenance, { query }),
      sorted: {
        title: (row) => row.title,
        state: (row) => RANK[row.state],
        place: (row) => row.scopeName,
        next: (row) => row.next?.from ?? null,
        reason: (row) => row.reason,
        by: (row) => row.createdBy,
        added: (row) => row.createdAt,
      },
      facets: MAINTENANCE_FACETS,
      word: 'mill',
      narrowed: { state: ['planned'] },
      misunderstood: { query: { state: ['awful'] }, path: 'query.state.0' },
      change: async (id) => {
        await rowsOf(api.database.ownerUrl, 'delete from maintenance_window where id = $1', [id]);
      },
    }),
    { columns: MAINTENANCE_COLUMNS, facets: MAINTENANCE_FACETS },
  );
});
