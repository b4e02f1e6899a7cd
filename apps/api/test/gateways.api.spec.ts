import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPages, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, plantAnother, type Planted, type PlantOptions } from './fleet.ts';
import { asOwner } from './postgres.ts';

/** The tests' now; the API is given it as its clock. */
const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

let api: TestApp;
let oak: TestOperator;
let home: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  oak = await api.operator('Oak');
  home = await plant(api.database.ownerUrl, oak.operatorId, {
    customer: 'Harbour Care',
    site: 'North House',
    gateway: 'Alpha',
    at: ago(10),
    ports: [
      {},
      { device: 'lift-phone', state: { oper: 'out-of-service' } },
      { state: { registration: 'registering' } },
    ],
  });
});
afterAll(() => api.close());

const planted = (options: PlantOptions) => plant(api.database.ownerUrl, oak.operatorId, options);
const get = async (ids: Planted) => oak.viewer(endpoints.getGateway, { params: { gatewayId: ids.gatewayId } });

describe('one gateway', () => {
  test('shows what was read, its ports judged by their line device', async () => {
    const gateway = await get(home);
    expect(gateway).toMatchObject({
      name: 'Alpha',
      customer: { name: 'Harbour Care' },
      site: { name: 'North House', timeZone: 'Europe/London' },
      reachability: 'reachable',
      freshness: 'live',
      temperatureC: 41.5,
      worst: 'critical',
      ports: { total: 3, ok: 1, minor: 1, critical: 1 },
      nulls: { uptimeS: 'not-answered', memoryPercent: 'not-answered' },
    });
    expect(gateway.portList.map((port) => [port.position, port.severity, port.healthReason])).toEqual([
      [1, 'ok', 'working'],
      [2, 'critical', 'out-of-service'],
      [3, 'minor', 'registering'],
    ]);
  });

  test.for<[string, PlantOptions, object]>([
    [
      'whose agent is silent is unknown, not down',
      { at: ago(120), agentSeenAt: ago(91) },
      { reachability: 'unknown', worst: 'unknown', temperatureC: null, nulls: { temperatureC: 'agent-silent' } },
    ],
    [
      'whose agent said it goes is unknown',
      { at: ago(5), online: false },
      { reachability: 'unknown', worst: 'unknown', ports: { total: 2, ok: 0, unknown: 2 } },
    ],
    [
      'that does not answer its agent is unreachable, its ports unknown',
      { at: ago(5), reachability: 'unreachable' },
      { reachability: 'unreachable', worst: 'unknown', nulls: { temperatureC: 'gateway-unreachable' } },
    ],
    [
      'that was read three polls ago is stale',
      { at: ago(91), agentSeenAt: ago(1) },
      { reachability: 'reachable', freshness: 'stale', worst: 'unknown', observedAt: ago(91).toISOString() },
    ],
    ['that was read just now', { at: ago(89), agentSeenAt: ago(5) }, { freshness: 'live', worst: 'ok' }],
  ])('%s', async ([, options, expected]) => {
    expect(await get(await planted(options))).toMatchObject(expected);
  });

  test('is named by a person, which is audited', async () => {
    const ids = await planted({ at: ago(5) });
    expect((await get(ids)).name).toBe('AudioCodes MP-124');
    await oak.technician(endpoints.updateGateway, {
      params: { gatewayId: ids.gatewayId },
      body: { name: 'Plant room' },
    });
    expect((await get(ids)).name).toBe('Plant room');
    const { rows } = await asOwner(api.database.ownerUrl, (sql) =>
      sql.query('select user_name, verb, change from audit_entry where subject_id = $1', [ids.gatewayId]),
    );
    expect(rows).toEqual([{ user_name: 'Oak technician', verb: 'update', change: { name: 'Plant room' } }]);
  });
});

describe('a gateway whose model is not known', () => {
  let fir: TestOperator;
  beforeAll(async () => {
    fir = await api.operator('Fir');
    const owner = api.database.ownerUrl;
    const first = await plant(owner, fir.operatorId, { customer: 'Acme', site: 'Works', gateway: 'a', at: ago(5) });
    const unknown = await plantAnother(owner, first, { at: ago(5), ports: [{}] });
    await asOwner(owner, (sql) =>
      sql.query(
        `update gateway set vendor = 'Grandstream', model = null, model_reason = 'not-reported' where id = $1`,
        [unknown.gatewayId],
      ),
    );
  });
  const listed = async (query: object) => (await fir.viewer(endpoints.listGateways, { query })).items;

  test('has the reason, and is called by its vendor wherever it is named', async () => {
    const [gateway] = await listed({ model: [''] });
    const unknown = { name: 'Grandstream gateway', vendor: 'Grandstream', model: null, modelReason: 'not-reported' };
    expect(gateway).toMatchObject(unknown);
    const params = { gatewayId: gateway!.id };
    expect(await fir.viewer(endpoints.getGateway, { params })).toMatchObject(unknown);
    const [line] = (await fir.viewer(endpoints.listPorts, { query: { model: [''] } })).items;
    const { name: gatewayName, ...rest } = unknown;
    expect(line).toMatchObject({ gatewayName, ...rest });
    expect((await listed({ model: 'MP-124' })).map(({ name, modelReason }) => [name, modelReason])).toEqual([
      ['a', null],
    ]);
  });

  test.for(['model', '-model'] as const)('comes last in the order of %s', async (sort) => {
    expect((await listed({ sort })).map(({ model }) => model)).toEqual(['MP-124', null]);
  });

  test('is counted as the empty text, found by its name, and exported with the reason', async () => {
    const { values } = await fir.viewer(endpoints.getGatewayFacet, { query: { facet: 'model' } });
    expect(values.map(({ value, count }) => [value, count])).toEqual([
      ['', 1],
      ['MP-124', 1],
    ]);
    expect((await listed({ q: 'grandstream gate' })).map(({ model }) => model)).toEqual([null]);
    const csv = await fir.viewer(endpoints.exportGateways, { query: { columns: ['name', 'model'] } });
    expect(csv.replace('\uFEFF', '').trim().split('\r\n')).toEqual([
      'Gateway,Model,Model not known because',
      'a,MP-124,',
      'Grandstream gateway,,not-reported',
    ]);
  });
});

describe('the list of gateways', () => {
  let elm: TestOperator;
  beforeAll(async () => {
    elm = await api.operator('Elm');
    const owner = api.database.ownerUrl;
    const first = await plant(owner, elm.operatorId, { customer: 'Acme', site: 'Works', gateway: 'b', at: ago(5) });
    for (const gateway of ['A', 'c', 'É', 'b']) await plantAnother(owner, first, { gateway, at: ago(5) });
    await plant(owner, elm.operatorId, { customer: 'Zed', gateway: 'down', at: ago(5), reachability: 'unreachable' });
    await plant(owner, elm.operatorId, { customer: 'Mute', gateway: 'mute', at: ago(500), agentSeenAt: ago(500) });
    await plantAnother(owner, first, { gateway: 'ill', at: ago(5), ports: [{ state: { fault: 'short-circuit' } }] });
  });

  const names = async (query: object) =>
    (await elm.viewer(endpoints.listGateways, { query })).items.map((item) => item.name);

  test('is in order of name, page by page, without gap or repetition', async () => {
    const pages = await allPages((cursor) => elm.viewer(endpoints.listGateways, { query: { limit: 2, ...cursor } }));
    const seen = pages.map((item) => item.name);
    expect([...seen].sort()).toEqual(['A', 'b', 'b', 'c', 'down', 'ill', 'mute', 'É'].sort());
    expect(seen.slice(0, 4)).toEqual(['A', 'b', 'b', 'c']);
  });

  test.for([
    ['what does not answer', { reachability: 'unreachable' }, ['down']],
    ['what is behind a silent agent', { reachability: 'unknown' }, ['mute']],
    ['what has a fault', { worst: 'major' }, ['ill']],
    ['what is stale', { freshness: 'stale' }, ['mute']],
    ['a customer by name', { q: 'zed' }, ['down']],
    ['a part of an address, its dots taken literally', { q: '192.0.2.1', limit: 1 }, ['A']],
    ['a wildcard is no wildcard', { q: '%' }, []],
    ['another maker', { vendor: 'Patton' }, []],
  ] as const)('finds %s', async ([, query, expected]) => {
    expect(await names(query)).toEqual(expected);
  });
});
