import { endpoints, type Policy } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantChannel, peopleOf } from './escalating.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let fleet: Planted;
let chat: string;
let elmChat: string;
let people: string[];

beforeAll(async () => {
  api = await startApp({ clock: () => NOW });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  fleet = await plant(api.database.ownerUrl, oak.operatorId);
  chat = await plantChannel(api.database.ownerUrl, oak.operatorId, 'slack', 'Chat');
  elmChat = await plantChannel(api.database.ownerUrl, elm.operatorId, 'slack', 'Chat');
  people = await peopleOf(api.database.ownerUrl, oak.operatorId);
});
afterAll(() => api.close());

const input = (name: string, more: object = {}) => ({
  name,
  steps: [{ waitMinutes: 0, targets: [{ type: 'channel' as const, channelId: chat }] }],
  ...more,
});
const audits = (subjectId: string) =>
  rowsOf(
    api.database.ownerUrl,
    'select verb, subject_type, user_name from audit_entry where subject_id = $1 order by at',
    [subjectId],
  );

describe('what an operator begins with', () => {
  test('one default policy that notifies all channels of major incidents, and reaches somebody as soon as there is a channel', async () => {
    const { items } = await oak.viewer(endpoints.listPolicies);
    expect(items).toMatchObject([{ isDefault: true, match: {}, reach: { ok: true, problems: [] } }]);
  });
  test('without a channel it is flagged', async () => {
    const ash = await api.operator('Ash');
    const { items } = await ash.viewer(endpoints.listPolicies);
    expect(items).toMatchObject([{ isDefault: true, reach: { ok: false } }]);
    expect(items[0]!.reach.problems.map(({ code }) => code)).toEqual(['nobody', 'nobody', 'channel-disabled']);
  });
  test('many simultaneous readers find one', async () => {
    const yew = await api.operator('Yew');
    const lists = await Promise.all(Array.from({ length: 8 }, () => yew.viewer(endpoints.listPolicies)));
    expect(new Set(lists.map(({ items }) => items.map(({ id }) => id).join())).size).toBe(1);
  });
});

describe('policies', () => {
  let policy: Policy;
  beforeEach(async () => {
    policy = await oak.admin(endpoints.createPolicy, { body: input(`Policy ${crypto.randomUUID()}`) });
  });

  test('are created, read, changed and removed, and each change is audited', async () => {
    expect(policy).toMatchObject({ isDefault: false, repeat: { times: 0 }, quietHours: null, reach: { ok: true } });
    expect(await oak.viewer(endpoints.getPolicy, { params: { policyId: policy.id } })).toEqual(policy);
    const changed = await oak.admin(endpoints.updatePolicy, {
      params: { policyId: policy.id },
      body: input(policy.name, {
        match: { severities: ['critical'], customerIds: [fleet.customerId], siteIds: [fleet.siteId] },
        repeat: { times: 3, everyMinutes: 15 },
        quietHours: { timeZone: 'Europe/Zurich', from: '22:00', to: '06:00', weekdays: [1, 2], severities: ['minor'] },
      }),
    });
    expect(changed).toMatchObject({ id: policy.id, repeat: { times: 3 }, quietHours: { timeZone: 'Europe/Zurich' } });
    await oak.admin(endpoints.deletePolicy, { params: { policyId: policy.id } });
    expect(await problemOf(oak.viewer(endpoints.getPolicy, { params: { policyId: policy.id } }))).toMatchObject({
      status: 404,
    });
    expect((await audits(policy.id)).map(({ verb }) => verb)).toEqual(['create', 'update', 'delete']);
  });

  test('are asked in the order that is said, the default last', async () => {
    const { items } = await oak.viewer(endpoints.listPolicies);
    const ids = items.filter(({ isDefault }) => !isDefault).map(({ id }) => id);
    const ordered = await oak.admin(endpoints.orderPolicies, { body: { ids: ids.toReversed() } });
    expect(ordered.items.map(({ id }) => id)).toEqual([...ids.toReversed(), items.at(-1)!.id]);
    expect(ordered.items.at(-1)!.isDefault).toBe(true);
  });
  test('an order that leaves one out or names one twice is refused', async () => {
    const fields = [{ path: 'body.ids' }];
    const other = await oak.admin(endpoints.createPolicy, { body: input(`Policy ${crypto.randomUUID()}`) });
    expect(await problemOf(oak.admin(endpoints.orderPolicies, { body: { ids: [policy.id] } }))).toMatchObject({
      status: 400,
      fields,
    });
    const twice = [policy.id, policy.id, other.id];
    expect(await problemOf(oak.admin(endpoints.orderPolicies, { body: { ids: twice } }))).toMatchObject({ fields });
  });

  test('a name that is taken is refused', async () => {
    expect(await problemOf(oak.admin(endpoints.createPolicy, { body: input(policy.name) }))).toMatchObject({
      status: 409,
      code: 'already-exists',
    });
  });

  test('one whose channel is switched off later is flagged', async () => {
    const channelId = await plantChannel(api.database.ownerUrl, oak.operatorId, 'teams', 'Teams');
    const targets = [{ type: 'channel' as const, channelId }];
    const body = input(`Policy ${crypto.randomUUID()}`, { steps: [{ waitMinutes: 0, targets }] });
    const fragile = await oak.admin(endpoints.createPolicy, { body });
    expect(fragile.reach).toEqual({ ok: true, problems: [] });
    await rowsOf(api.database.ownerUrl, 'update channel set enabled = false where id = $1', [channelId]);
    const { reach } = await oak.viewer(endpoints.getPolicy, { params: { policyId: fragile.id } });
    expect(reach).toMatchObject({ ok: false, problems: [{ code: 'nobody' }, { code: 'channel-disabled' }] });
    expect(
      await problemOf(oak.admin(endpoints.updatePolicy, { params: { policyId: fragile.id }, body })),
    ).toMatchObject({ status: 409, code: 'reaches-nobody' });
  });
});

describe('the default policy', () => {
  const theDefault = async () => (await oak.viewer(endpoints.listPolicies)).items.at(-1)!;
  test('can be changed but not be narrowed, given up or removed', async () => {
    const { id, name } = await theDefault();
    const update = (more: object) =>
      oak.admin(endpoints.updatePolicy, { params: { policyId: id }, body: input(name, more) });
    expect(await problemOf(update({ isDefault: true, match: { severities: ['major'] } }))).toMatchObject({
      status: 400,
      fields: [{ path: 'body.match' }],
    });
    expect(await problemOf(update({ isDefault: false }))).toMatchObject({ fields: [{ path: 'body.isDefault' }] });
    expect(await update({ isDefault: true, repeat: { times: 1, everyMinutes: 5 } })).toMatchObject({
      isDefault: true,
      repeat: { times: 1 },
    });
    expect(await problemOf(oak.admin(endpoints.deletePolicy, { params: { policyId: id } }))).toMatchObject({
      status: 409,
      code: 'in-use',
    });
  });
  test('there is no second one', async () => {
    expect(
      await problemOf(oak.admin(endpoints.createPolicy, { body: input('Another default', { isDefault: true }) })),
    ).toMatchObject({ status: 409, code: 'already-exists' });
  });
});

describe('what is refused', () => {
  const steps = (...targets: object[]) => ({ steps: [{ waitMinutes: 0, targets }] });
  const digest = { timeZone: 'UTC', at: '08:00', weekdays: [1], severities: ['minor'] };
  const always = {
    timeZone: 'UTC',
    from: '08:00',
    to: '08:00',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    severities: ['minor'],
  };
  test.for<[string, () => object, number, string, string[]]>([
    ['no step', () => ({ steps: [] }), 400, 'invalid-input', ['body.steps']],
    ['a step for nobody', () => steps(), 400, 'invalid-input', ['body.steps.0.targets']],
    [
      'a wait below none',
      () => ({ steps: [{ waitMinutes: -1, targets: [{ type: 'all-channels' }] }] }),
      400,
      'invalid-input',
      ['body.steps.0.waitMinutes'],
    ],
    [
      'a time that is none',
      () => ({ quietHours: { ...always, from: '25:00' } }),
      400,
      'invalid-input',
      ['body.quietHours.from'],
    ],
    [
      'a zone that is none',
      () => ({ quietHours: { ...always, timeZone: 'Mars/Olympus' } }),
      400,
      'invalid-input',
      ['body.quietHours.timeZone'],
    ],
    ['quiet hours without end', () => ({ quietHours: always }), 400, 'invalid-input', ['body.quietHours']],
    [
      "another operator's channel",
      () => steps({ type: 'channel', channelId: elmChat }),
      404,
      'not-found',
      ['body.steps.0.targets.0'],
    ],
    [
      'a schedule that is none',
      () => steps({ type: 'all-channels' }, { type: 'schedule', scheduleId: crypto.randomUUID() }),
      404,
      'not-found',
      ['body.steps.0.targets.1'],
    ],
    [
      'a digest for a user of another operator',
      () => ({ digest: { ...digest, targets: [{ type: 'person', userId: crypto.randomUUID() }] } }),
      404,
      'not-found',
      ['body.digest.targets.0'],
    ],
    [
      'a customer that is none',
      () => ({ match: { customerIds: [crypto.randomUUID()] } }),
      404,
      'not-found',
      ['body.match.customerIds'],
    ],
    [
      'a person without an e-mail channel',
      () => steps({ type: 'person', userId: people[0] }),
      409,
      'reaches-nobody',
      [],
    ],
    [
      'a digest that reaches nobody',
      () => ({ digest: { ...digest, targets: [{ type: 'person', userId: people[0] }] } }),
      409,
      'reaches-nobody',
      [],
    ],
  ])('%s', async ([, more, status, code, paths]) => {
    const problem = await problemOf(oak.admin(endpoints.createPolicy, { body: input('Refused', more()) as never }));
    expect(problem).toMatchObject({ status, code });
    expect((problem.fields ?? []).map(({ path }) => path)).toEqual(paths);
  });
});

describe('who may', () => {
  const theirs = async () => (await oak.viewer(endpoints.listPolicies)).items.at(-1)!.id;
  test('a technician may look, not change', async () => {
    const params = { policyId: await theirs() };
    await oak.viewer(endpoints.getPolicy, { params });
    for (const problem of await Promise.all(
      [
        oak.technician(endpoints.createPolicy, { body: input('No') }),
        oak.technician(endpoints.updatePolicy, { params, body: input('No') }),
        oak.technician(endpoints.orderPolicies, { body: { ids: [params.policyId] } }),
        oak.technician(endpoints.deletePolicy, { params }),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 403, code: 'not-allowed' });
  });
  test('another operator finds nothing', async () => {
    const params = { policyId: await theirs() };
    const targets = [{ type: 'channel' as const, channelId: elmChat }];
    const body = { name: 'No', steps: [{ waitMinutes: 0, targets }] };
    for (const problem of await Promise.all(
      [
        elm.admin(endpoints.getPolicy, { params }),
        elm.admin(endpoints.updatePolicy, { params, body }),
        elm.admin(endpoints.orderPolicies, { body: { ids: [params.policyId] } }),
        elm.admin(endpoints.deletePolicy, { params }),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 404, code: 'not-found' });
    expect((await elm.admin(endpoints.listPolicies)).items).toHaveLength(1);
  });
});
