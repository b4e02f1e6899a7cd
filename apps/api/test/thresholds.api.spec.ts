import { endpoints } from '@loopstart/contracts';
import { CONDITION_KINDS, CONDITIONS } from '@loopstart/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let fleet: Planted;

beforeAll(async () => {
  api = await startApp();
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  fleet = await plant(api.database.ownerUrl, oak.operatorId, {
    customer: 'Harbour Ltd',
    site: 'Harbour',
    gateway: 'Reception',
    ports: [{ device: 'lift-phone' }, { device: 'phone' }],
  });
});
afterAll(() => api.close());
beforeEach(() => rowsOf(api.database.ownerUrl, 'delete from threshold_override'));

const body = (more: object) => ({
  kind: 'receiver-off-hook' as const,
  scope: 'operator' as const,
  reason: 'Ours',
  ...more,
});
const set = (more: object) => oak.technician(endpoints.setThreshold, { body: body(more) });
const effective = async (query: object, kind: string) =>
  (await oak.viewer(endpoints.getEffectiveThresholds, { query })).items.find((item) => item.kind === kind);
const line = (position: number) => ({ gatewayId: fleet.gatewayId, position });

test('the catalogue is listed with what was set', async () => {
  await set({ scope: 'site', scopeId: fleet.siteId, parameters: { raiseAfterS: 600 } });
  const { items } = await oak.viewer(endpoints.listConditions);
  expect(items.map(({ kind }) => kind)).toEqual([...CONDITION_KINDS]);
  const item = items.find(({ kind }) => kind === 'receiver-off-hook')!;
  expect(item.title).toBe(CONDITIONS['receiver-off-hook'].title);
  expect(item.parameters.find(({ name }) => name === 'raiseAfterS')).toMatchObject({ default: 1800, unit: 's' });
  expect(item.settings).toMatchObject([
    { scope: 'site', scopeName: 'Harbour', parameters: { raiseAfterS: 600 }, reason: 'Ours', setBy: 'Oak technician' },
  ]);
  expect(items.filter(({ settings }) => settings.length > 0)).toHaveLength(1);
});

describe('what is in force, and why', () => {
  const raise = async (position: number) =>
    (await effective(line(position), 'receiver-off-hook'))!.parameters['raiseAfterS'];

  test('the default, which depends on what is on the line', async () => {
    expect(await raise(2)).toEqual({
      value: 1800,
      unit: 's',
      label: 'Bad for so long before it is an alert',
      scope: 'default',
      scopeName: null,
      reason: null,
    });
    expect(await raise(1)).toMatchObject({ value: 300, scope: 'default', scopeName: 'lift-phone' });
  });

  test('the nearest scope wins, and taking it back gives way to the wider', async () => {
    const steps: [object, number, string, string][] = [
      [{ scope: 'operator' }, 901, 'operator', 'everywhere'],
      [{ scope: 'customer', scopeId: fleet.customerId }, 902, 'customer', 'Harbour Ltd'],
      [{ scope: 'site', scopeId: fleet.siteId }, 903, 'site', 'Harbour'],
      [{ scope: 'line-device-class', scopeId: 'phone' }, 904, 'line-device-class', 'phone'],
      [{ scope: 'port', scopeId: `${fleet.gatewayId}/2` }, 905, 'port', 'Reception, line 2'],
    ];
    for (const [scope, raiseAfterS, name, scopeName] of steps) {
      await set({ ...scope, parameters: { raiseAfterS }, reason: `Because ${raiseAfterS}` });
      expect(await raise(2)).toMatchObject({
        value: raiseAfterS,
        scope: name,
        scopeName,
        reason: `Because ${raiseAfterS}`,
      });
    }
    expect(await raise(1)).toMatchObject({ value: 903, scope: 'site' });
    const { settings } = (await oak.viewer(endpoints.listConditions)).items.find(
      ({ kind }) => kind === 'receiver-off-hook',
    )!;
    expect(settings.map(({ scope }) => scope)).toEqual(['operator', 'customer', 'site', 'line-device-class', 'port']);
    await oak.technician(endpoints.resetThreshold, { params: { settingId: settings.at(-1)!.id } });
    expect(await raise(2)).toMatchObject({ value: 904, scope: 'line-device-class' });
  });

  test('set again takes the place of the one before', async () => {
    await set({ parameters: { raiseAfterS: 600, clearAfterS: 5 } });
    const view = await set({ parameters: { raiseAfterS: 700 } });
    expect(view.settings).toMatchObject([{ parameters: { raiseAfterS: 700 } }]);
  });

  test('a kind that is switched off', async () => {
    await set({ scope: 'site', scopeId: fleet.siteId, off: true });
    expect(await effective(line(2), 'receiver-off-hook')).toMatchObject({ off: true });
  });

  test.for<[string, () => object, string[]]>([
    ['a line', () => line(1), ['port']],
    ['a gateway', () => ({ gatewayId: fleet.gatewayId }), ['gateway']],
    ['a site and its agent', () => ({ siteId: fleet.siteId }), ['agent', 'site']],
    ['the operator', () => ({}), ['operator', 'shared']],
  ])('of %s', async ([, query, subjects]) => {
    const { items } = await oak.viewer(endpoints.getEffectiveThresholds, { query: query() });
    expect([...new Set(items.map(({ kind }) => CONDITIONS[kind].subject))].toSorted()).toEqual(subjects);
  });

  test.for<[string, () => object, number]>([
    ['a line of no gateway', () => ({ position: 1 }), 400],
    ['a line that is none', () => line(99), 404],
    ['a gateway of another site', () => ({ siteId: crypto.randomUUID(), gatewayId: fleet.gatewayId }), 404],
  ])('%s is refused', async ([, query, status]) => {
    expect(await problemOf(oak.viewer(endpoints.getEffectiveThresholds, { query: query() }))).toMatchObject({ status });
  });
});

test('every change is audited', async () => {
  const { settings } = await set({ parameters: { raiseAfterS: 600 } });
  await oak.technician(endpoints.resetThreshold, { params: { settingId: settings[0]!.id } });
  const entries = await rowsOf(
    api.database.ownerUrl,
    'select verb, user_name, change from audit_entry where subject_id = $1 order by at',
    [settings[0]!.id],
  );
  expect(entries).toMatchObject([
    { verb: 'set', user_name: 'Oak technician', change: { parameters: { raiseAfterS: 600 }, reason: 'Ours' } },
    { verb: 'reset', change: { kind: 'receiver-off-hook', scope: 'operator' } },
  ]);
});

describe('what is refused', () => {
  const raiseAfterS = 60;
  test.for<[string, () => object, number, string | undefined]>([
    ['a kind that is none', () => ({ kind: 'nothing' }), 400, 'body.kind'],
    ['no reason', () => ({ reason: '', parameters: { raiseAfterS } }), 400, 'body.reason'],
    ['nothing', () => ({}), 400, 'body.parameters'],
    ['a value out of bounds', () => ({ parameters: { raiseAfterS: -1 } }), 400, 'body.parameters.raiseAfterS'],
    ['no number', () => ({ parameters: { raiseAfterS: '60' } }), 400, 'body.parameters.raiseAfterS'],
    ['a name the kind has not', () => ({ parameters: { temperatureC: 60 } }), 400, 'body.parameters.temperatureC'],
    ['an id for all', () => ({ scopeId: 'x', parameters: { raiseAfterS } }), 400, 'body.scopeId'],
    ['no id for a site', () => ({ scope: 'site', parameters: { raiseAfterS } }), 400, 'body.scopeId'],
    [
      'an id written otherwise',
      () => ({ scope: 'site', scopeId: fleet.siteId.toUpperCase(), parameters: { raiseAfterS } }),
      400,
      'body.scopeId',
    ],
    [
      'a device that is none',
      () => ({ scope: 'line-device-class', scopeId: 'toaster', parameters: { raiseAfterS } }),
      400,
      'body.scopeId',
    ],
    [
      'a line without its number',
      () => ({ scope: 'port', scopeId: fleet.gatewayId, parameters: { raiseAfterS } }),
      400,
      'body.scopeId',
    ],
    [
      'a line for a gateway',
      () => ({
        kind: 'over-temperature',
        scope: 'port',
        scopeId: `${fleet.gatewayId}/1`,
        parameters: { temperatureC: 70 },
      }),
      400,
      'body.scope',
    ],
    [
      'an end beyond the beginning',
      () => ({ kind: 'over-temperature', parameters: { temperatureC: 50 } }),
      400,
      'body.parameters.temperatureC',
    ],
    [
      'a site that is none',
      () => ({ scope: 'site', scopeId: crypto.randomUUID(), parameters: { raiseAfterS } }),
      404,
      undefined,
    ],
    [
      'a line that is none',
      () => ({ scope: 'port', scopeId: `${fleet.gatewayId}/99`, parameters: { raiseAfterS } }),
      404,
      undefined,
    ],
  ])('%s', async ([, more, status, path]) => {
    const problem = await problemOf(set(more()));
    expect(problem.status).toBe(status);
    expect(problem.fields?.[0]?.path).toBe(path);
    expect(await rowsOf(api.database.ownerUrl, 'select from threshold_override')).toEqual([]);
  });
});

describe('who may', () => {
  test('a viewer may look, not set', async () => {
    const { settings } = await set({ parameters: { raiseAfterS: 600 } });
    for (const problem of await Promise.all(
      [
        oak.viewer(endpoints.setThreshold, { body: body({ parameters: { raiseAfterS: 60 } }) }),
        oak.viewer(endpoints.resetThreshold, { params: { settingId: settings[0]!.id } }),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 403, code: 'not-allowed' });
  });
  test("another operator finds nothing, and cannot set for others' places", async () => {
    const { settings } = await set({ parameters: { raiseAfterS: 600 } });
    const parameters = { raiseAfterS: 60 };
    const theirs = (scope: string, scopeId: string) =>
      elm.admin(endpoints.setThreshold, { body: body({ scope, scopeId, parameters }) });
    for (const problem of await Promise.all(
      [
        elm.admin(endpoints.resetThreshold, { params: { settingId: settings[0]!.id } }),
        elm.admin(endpoints.getEffectiveThresholds, { query: { siteId: fleet.siteId } }),
        elm.admin(endpoints.getEffectiveThresholds, { query: line(1) }),
        theirs('customer', fleet.customerId),
        theirs('site', fleet.siteId),
        theirs('port', `${fleet.gatewayId}/1`),
      ].map(problemOf),
    ))
      expect(problem).toMatchObject({ status: 404, code: 'not-found' });
    const { items } = await elm.admin(endpoints.listConditions);
    expect(items.flatMap((item) => item.settings)).toEqual([]);
  });
});
