import { endpoints, type Schedule } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { peopleOf, plantChannel } from './escalating.ts';
import { rowsOf } from './ingest.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let ann: string;
let bob: string;
let foreignUser: string;
let schedule: Schedule;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  [ann, bob] = (await peopleOf(api.database.ownerUrl, oak.operatorId)) as [string, string];
  [foreignUser] = (await peopleOf(api.database.ownerUrl, elm.operatorId)) as [string];
});
afterAll(() => api.close());

const input = (more: object = {}) => ({
  name: `Schedule ${crypto.randomUUID()}`,
  timeZone: 'Europe/Zurich',
  layers: [
    { name: 'First', userIds: [ann, bob], startsOn: '2026-11-22', handOverAt: '09:00', turn: 'day' as const, ...more },
  ],
});
beforeEach(async () => {
  schedule = await oak.admin(endpoints.createSchedule, { body: input() });
});
const params = () => ({ scheduleId: schedule.id });

describe('schedules', () => {
  test('say who is on call and until when', async () => {
    expect(schedule.onCallNow).toMatchObject({ id: bob, until: '2026-11-24T08:00:00.000Z' });
    expect((await oak.viewer(endpoints.listSchedules)).items).toContainEqual(schedule);
  });
  test('one person for good has no end', async () => {
    const alone = await oak.admin(endpoints.createSchedule, { body: input({ userIds: [ann] }) });
    expect(alone.onCallNow).toMatchObject({ id: ann, until: null });
  });
  test('before the first hand-over nobody is', async () => {
    const later = await oak.admin(endpoints.createSchedule, { body: input({ startsOn: '2026-12-24' }) });
    expect(later.onCallNow).toBeNull();
  });
  test('are changed and removed, and each change is audited', async () => {
    const body = { ...input(), name: 'Nights' };
    expect(await oak.admin(endpoints.updateSchedule, { params: params(), body })).toMatchObject({ name: 'Nights' });
    await oak.admin(endpoints.deleteSchedule, { params: params() });
    expect(await problemOf(oak.admin(endpoints.updateSchedule, { params: params(), body: input() }))).toMatchObject({
      status: 404,
    });
    const verbs = await rowsOf(
      api.database.ownerUrl,
      'select verb from audit_entry where subject_id = $1 order by at',
      [schedule.id],
    );
    expect(verbs.map(({ verb }) => verb)).toEqual(['create', 'update', 'delete']);
  });
  test('one that a policy uses stays', async () => {
    await plantChannel(api.database.ownerUrl, oak.operatorId, 'email', `Mail ${schedule.id}`);
    const targets = [{ type: 'schedule' as const, scheduleId: schedule.id }];
    const policy = await oak.admin(endpoints.createPolicy, {
      body: { name: `On call ${schedule.id}`, steps: [{ waitMinutes: 0, targets }] },
    });
    expect(policy.reach.ok).toBe(true);
    expect(await problemOf(oak.admin(endpoints.deleteSchedule, { params: params() }))).toMatchObject({
      status: 409,
      code: 'in-use',
      detail: expect.stringContaining(policy.name),
    });
    await oak.admin(endpoints.deletePolicy, { params: { policyId: policy.id } });
    await oak.admin(endpoints.deleteSchedule, { params: params() });
  });
  test('a gap that opens later flags the policy', async () => {
    await plantChannel(api.database.ownerUrl, oak.operatorId, 'email', `Mail ${schedule.id}`);
    const targets = [{ type: 'schedule' as const, scheduleId: schedule.id }];
    const policy = await oak.admin(endpoints.createPolicy, {
      body: { name: `On call ${schedule.id}`, steps: [{ waitMinutes: 0, targets }] },
    });
    const only = { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' };
    await oak.admin(endpoints.updateSchedule, { params: params(), body: input({ only }) });
    const { reach } = await oak.viewer(endpoints.getPolicy, { params: { policyId: policy.id } });
    expect(reach).toMatchObject({
      ok: false,
      problems: [{ code: 'nobody', at: '2026-11-23T17:00:00.000Z' }, { code: 'schedule-gap' }],
    });
  });
});

describe('shifts', () => {
  const shifts = (from: string, to: string) =>
    oak.viewer(endpoints.getShifts, { params: params(), query: { from, to } });
  test('show hand-overs, overrides and gaps', async () => {
    await oak.technician(endpoints.createScheduleOverride, {
      params: params(),
      body: { userId: ann, startsAt: '2026-11-23T18:00:00Z', endsAt: '2026-11-23T20:00:00Z' },
    });
    const { items } = await shifts('2026-11-22T00:00:00Z', '2026-11-24T00:00:00Z');
    expect(items.map(({ from, userId, override }) => [from.slice(8, 16), userId, override])).toEqual([
      ['22T00:00', null, false],
      ['22T08:00', ann, false],
      ['23T08:00', bob, false],
      ['23T18:00', ann, true],
      ['23T20:00', bob, false],
    ]);
  });
  test.for([
    ['nothing', '2026-11-22T00:00:00Z', '2026-11-22T00:00:00Z'],
    ['backwards', '2026-11-22T00:00:00Z', '2026-11-21T00:00:00Z'],
    ['too long', '2026-11-22T00:00:00Z', '2027-01-24T00:00:00Z'],
  ])('a range that is %s is refused', async ([, from, to]) => {
    expect(await problemOf(shifts(from!, to!))).toMatchObject({ status: 400, fields: [{ path: 'query.to' }] });
  });
});

describe('overrides', () => {
  const override = (more: object = {}) =>
    oak.technician(endpoints.createScheduleOverride, {
      params: params(),
      body: { userId: ann, startsAt: '2026-11-23T11:00:00Z', endsAt: '2026-11-23T14:00:00Z', ...more },
    });
  test('take over at once and can be taken back', async () => {
    const covered = await override();
    expect(covered.onCallNow).toMatchObject({ id: ann, until: '2026-11-23T14:00:00.000Z' });
    const overrideId = covered.overrides[0]!.id;
    await oak.technician(endpoints.deleteScheduleOverride, { params: { ...params(), overrideId } });
    expect((await oak.viewer(endpoints.listSchedules)).items.find(({ id }) => id === schedule.id)).toEqual(schedule);
    expect(
      await problemOf(oak.technician(endpoints.deleteScheduleOverride, { params: { ...params(), overrideId } })),
    ).toMatchObject({ status: 404 });
  });
  test.for<[string, object, number, string]>([
    ['that end before they begin', { endsAt: '2026-11-23T11:00:00Z' }, 400, 'body.endsAt'],
    ['that are over', { startsAt: '2026-11-22T11:00:00Z', endsAt: '2026-11-23T12:00:00Z' }, 400, 'body.endsAt'],
    ['of nobody', { userId: crypto.randomUUID() }, 404, 'body.userId'],
  ])('%s are refused', async ([, more, status, path]) => {
    expect(await problemOf(override(more))).toMatchObject({ status, fields: [{ path }] });
  });
  test("another operator's person is refused", async () => {
    expect(await problemOf(override({ userId: foreignUser }))).toMatchObject({ status: 404 });
  });
});

describe('what is refused', () => {
  test.for<[string, object, number, string]>([
    ['no layer', { layers: [] }, 400, 'body.layers'],
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, 400, 'body.timeZone'],
    ['no name', { name: ' ' }, 400, 'body.name'],
  ])('%s', async ([, more, status, path]) => {
    expect(await problemOf(oak.admin(endpoints.createSchedule, { body: { ...input(), ...more } }))).toMatchObject({
      status,
      fields: [{ path }],
    });
  });
  test("another operator's person in a layer", async () => {
    expect(
      await problemOf(oak.admin(endpoints.createSchedule, { body: input({ userIds: [ann, foreignUser] }) })),
    ).toMatchObject({ status: 404, fields: [{ path: 'body.layers.0.userIds.1' }] });
  });
});

describe('who may', () => {
  test('a viewer may look; a technician may take over; an administrator may plan', async () => {
    const body = { userId: ann, startsAt: '2026-11-23T11:00:00Z', endsAt: '2026-11-23T14:00:00Z' };
    const overrideId = crypto.randomUUID();
    for (const problem of await Promise.all(
      [
        oak.technician(endpoints.createSchedule, { body: input() }),
        oak.technician(endpoints.updateSchedule, { params: params(), body: input() }),
        oak.technician(endpoints.deleteSchedule, { params: params() }),
        oak.viewer(endpoints.createScheduleOverride, { params: params(), body }),
        oak.viewer(endpoints.deleteScheduleOverride, { params: { ...params(), overrideId } }),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 403, code: 'not-allowed' });
  });
  test('another operator finds nothing', async () => {
    const body = { userId: foreignUser, startsAt: '2026-11-23T11:00:00Z', endsAt: '2026-11-23T14:00:00Z' };
    const query = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' };
    for (const problem of await Promise.all(
      [
        elm.admin(endpoints.updateSchedule, { params: params(), body: input({ userIds: [foreignUser] }) }),
        elm.admin(endpoints.deleteSchedule, { params: params() }),
        elm.admin(endpoints.getShifts, { params: params(), query }),
        elm.admin(endpoints.createScheduleOverride, { params: params(), body }),
        elm.admin(endpoints.deleteScheduleOverride, { params: { ...params(), overrideId: crypto.randomUUID() } }),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 404, code: 'not-found' });
    expect(await elm.admin(endpoints.listSchedules)).toEqual({ items: [] });
  });
});
