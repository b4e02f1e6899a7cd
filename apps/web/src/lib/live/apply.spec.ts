import type { LiveEvent } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { applyLive } from './apply.ts';

const at = (seconds: number) => new Date(Date.parse('2026-11-23T12:00:00.000Z') + seconds * 1000).toISOString();
const pages = (...items: object[]) => ({
  pages: [{ items, total: items.length, nextCursor: null }],
  pageParams: [undefined],
});
const itemsOf = (outcome: unknown) => (outcome as { data: ReturnType<typeof pages> }).data.pages[0]!.items;

const silent = { type: 'agent', agentId: 'a', siteId: 's' } as LiveEvent;
const ring = {
  type: 'gateway',
  gatewayId: 'g',
  siteId: 's',
  observedAt: at(10),
  ports: [{ position: 2, call: 'ringing' }],
} as LiveEvent;
const fault = { ...ring, ports: [{ position: 2, severity: 'major' }] } as LiveEvent;
const detail = { id: 'g', agentId: 'a', observedAt: at(0), portList: [{ position: 2, severity: 'ok', call: 'idle' }] };

describe('what a live event means for what is shown', () => {
  test.for([
    ['a ringing phone moves no count', 'getOverview', {}, ring, 'keep'],
    ['a fault moves the overview', 'getOverview', {}, fault, 'refetch'],
    ['a fault moves its site', 'getSite', { params: { siteId: 's' } }, fault, 'refetch'],
    ['a fault leaves other sites', 'getSite', { params: { siteId: 'x' } }, fault, 'keep'],
    ['another gateway stays', 'getGateway', { params: { gatewayId: 'x' } }, ring, 'keep'],
    ['the history of the port grew', 'getPortHistory', { params: { gatewayId: 'g', position: 2 } }, ring, 'refetch'],
    ['that of its neighbour did not', 'getPortHistory', { params: { gatewayId: 'g', position: 3 } }, ring, 'keep'],
    [
      'what may be done may have changed',
      'getPortActions',
      { params: { gatewayId: 'g', position: 2 } },
      ring,
      'refetch',
    ],
    ['also to the whole gateway', 'getGatewayActions', { params: { gatewayId: 'g' } }, ring, 'refetch'],
    ['measurements have their own pace', 'getPortSeries', { params: { gatewayId: 'g', position: 2 } }, ring, 'keep'],
    ['a silent agent makes its gateways unknown', 'getGateway', { params: { gatewayId: 'g' } }, silent, 'refetch'],
    ['and moves the list of agents', 'listAgents', {}, silent, 'refetch'],
    ['and the counts of its customer', 'getCustomer', { params: { customerId: 'c' } }, silent, 'refetch'],
    ['and the list of customers', 'listCustomers', {}, silent, 'refetch'],
    ['and the lines', 'listPorts', {}, silent, 'refetch'],
    ['but not the drivers', 'listDrivers', {}, silent, 'keep'],
    [
      'new inventory',
      'getGateway',
      { params: { gatewayId: 'g' } },
      { ...silent, type: 'inventory', gatewayId: 'g' },
      'refetch',
    ],
    ['missed events: everything again', 'listDrivers', {}, { type: 'resync' }, 'refetch'],
  ] as const)('%s', ([, endpoint, input, event, outcome]) => {
    expect(applyLive(endpoint, input, detail, event as LiveEvent)).toBe(outcome);
  });

  test('the gateway on the page is changed in place', () => {
    const outcome = applyLive('getGateway', { params: { gatewayId: 'g' } }, detail, ring);
    expect(outcome).toMatchObject({ data: { portList: [{ position: 2, call: 'ringing' }] } });
  });

  // Choices and searches ask for one page, lists page by page; news reaches both.
  test.for([
    ['listGateways', { id: 'g', observedAt: at(0), ports: {} }, ring],
    ['listPorts', { gatewayId: 'g', position: 2, call: 'idle' }, ring],
    ['listIncidents', { id: 'i' }, { type: 'incident', incident: { id: 'i', place: {} } }],
    ['listActions', { id: 'x', updatedAt: at(0) }, { type: 'action', action: { id: 'x', updatedAt: at(1) } }],
    ['listEvents', { id: 'e' }, { type: 'event', event: { id: 'f' } }],
    ['listAgents', { id: 'a' }, silent],
  ] as const)('%s in either shape takes news without failing', ([endpoint, row, event]) => {
    const page = { items: [row], total: 1, nextCursor: null };
    const whole = applyLive(endpoint, {}, page, event as never);
    const paged = applyLive(endpoint, {}, pages(row), event as never);
    if (typeof whole === 'object' && typeof paged === 'object')
      expect((whole.data as typeof page).items).toEqual(itemsOf(paged));
    else expect(whole).toBe(typeof paged === 'object' ? 'refetch' : paged);
  });

  test('a row of the port list is changed in place, others are untouched', () => {
    const other = { gatewayId: 'x', position: 2, call: 'idle' };
    const list = pages({ gatewayId: 'g', position: 2, call: 'idle' }, other);
    const items = itemsOf(applyLive('listPorts', {}, list, ring));
    expect(items[0]).toMatchObject({ call: 'ringing' });
    expect(items[1]).toBe(other);
  });

  test('a list without the gateway is left alone', () => {
    expect(applyLive('listPorts', {}, pages({ gatewayId: 'x', position: 2 }), ring)).toBe('keep');
    expect(applyLive('listGateways', {}, pages({ id: 'x', observedAt: at(0) }), ring)).toBe('keep');
  });
});

describe('events', () => {
  const event = {
    type: 'event',
    event: { id: 'e2', gatewayId: 'g', siteId: 's', position: 2, kind: 'port-fault' },
  } as LiveEvent;

  test.for([
    [{}, true],
    [{ gatewayId: 'g' }, true],
    [{ gatewayId: 'g', position: 2, limit: 10 }, true],
    [{ gatewayId: 'x' }, false],
    [{ gatewayId: 'g', position: 3 }, false],
    [{ kind: 'link-down' }, false],
    [{ kind: ['link-down', 'port-fault'], siteId: ['x', 's'] }, true],
    [{ siteId: ['x', 'y'], q: 'lift' }, false],
  ] as const)('a list narrowed by %j takes it: %s', ([query, taken]) => {
    const outcome = applyLive('listEvents', { query }, pages({ id: 'e1' }), event);
    if (taken) expect(itemsOf(outcome)).toMatchObject([{ id: 'e2' }, { id: 'e1' }]);
    else expect(outcome).toBe('keep');
  });

  test('the same event twice is shown once', () => {
    expect(applyLive('listEvents', {}, pages({ id: 'e2' }), event)).toBe('keep');
  });

  test('whether a search finds it is for the API to say', () => {
    expect(applyLive('listEvents', { query: { q: 'lift' } }, pages(), event)).toBe('refetch');
    expect(applyLive('listEvents', { query: { sort: 'text' } }, pages(), event)).toBe('refetch');
  });
});

describe('a line test', () => {
  const tested = (lineTest: object | null) =>
    ({ type: 'action', action: { id: 'x', gatewayId: 'g', position: 2, state: 'succeeded', lineTest } }) as LiveEvent;
  const on = (endpoint: string, params: object, lineTest: object | null) =>
    applyLive(endpoint, { params: params as Record<string, unknown> }, {}, tested(lineTest));

  test('makes the port and its chart show what was measured, without a reload', () => {
    expect(on('getGateway', { gatewayId: 'g' }, {})).toBe('refetch');
    expect(on('getPortSeries', { gatewayId: 'g', position: 2 }, {})).toBe('refetch');
    expect(on('getPortSeries', { gatewayId: 'g', position: 3 }, {})).toBe('keep');
    expect(on('getGateway', { gatewayId: 'other' }, {})).toBe('keep');
    expect(on('getGateway', { gatewayId: 'g' }, null)).toBe('keep');
  });

  test('is charted when its measurement arrives by itself', () => {
    const event = (port: object) =>
      ({ type: 'gateway', gatewayId: 'g', siteId: 's', ports: [{ position: 2, ...port }] }) as unknown as LiveEvent;
    const input = { params: { gatewayId: 'g', position: 2 } };
    expect(applyLive('getPortSeries', input, {}, event({ lineVoltageV: 48 }))).toBe('refetch');
    expect(applyLive('getPortSeries', input, {}, event({ hook: 'on-hook' }))).toBe('keep');
  });
});

describe('actions', () => {
  const action = (state: string, seconds: number) =>
    ({ type: 'action', action: { id: 'x', gatewayId: 'g', position: 2, state, updatedAt: at(seconds) } }) as LiveEvent;
  const shown = { id: 'x', gatewayId: 'g', position: 2, state: 'running', updatedAt: at(5) };

  test('progress moves in place', () => {
    expect(
      itemsOf(applyLive('listActions', { query: { gatewayId: 'g' } }, pages(shown), action('succeeded', 9))),
    ).toMatchObject([{ state: 'succeeded' }]);
  });

  test('it never moves back, though its news come late', () => {
    expect(
      applyLive('listActions', {}, pages({ ...shown, state: 'succeeded', updatedAt: at(9) }), action('sent', 2)),
    ).toBe('keep');
  });

  test('a new one comes on top; one of another port does not', () => {
    const first = { ...shown, id: 'w' };
    expect(itemsOf(applyLive('listActions', {}, pages(first), action('queued', 9)))).toHaveLength(2);
    expect(applyLive('listActions', { query: { position: 3 } }, pages(first), action('queued', 9))).toBe('keep');
  });
});

describe('incidents', () => {
  const place = { customer: { id: 'c' }, site: { id: 's' }, agent: null, gateway: { id: 'g' }, port: null };
  const row = { id: 'i', attention: 'open', severity: 'major', why: 'before', place };
  const news = (change: object) => ({ type: 'incident', incident: { ...row, ...change } }) as LiveEvent;

  test('what a row says is changed in place', () => {
    expect(itemsOf(applyLive('listIncidents', {}, pages(row), news({ why: 'after' })))).toMatchObject([
      { why: 'after' },
    ]);
  });

  test.for([
    ['acknowledged, so it moves', 'listIncidents', {}, { attention: 'acknowledged' }, 'refetch'],
    ['worse, so it moves up', 'listIncidents', {}, { severity: 'critical' }, 'refetch'],
    ['a new one', 'listIncidents', {}, { id: 'j' }, 'refetch'],
    ['a new one elsewhere', 'listIncidents', { query: { siteId: 'x' } }, { id: 'j' }, 'keep'],
    ['of another gateway', 'listIncidents', { query: { gatewayId: 'x' } }, { id: 'j' }, 'keep'],
    ['of none of several sites', 'listIncidents', { query: { siteId: ['x', 'y'] } }, { id: 'j' }, 'keep'],
    ['given to somebody', 'listIncidents', {}, { assignedTo: { id: 'u' } }, 'refetch'],
    ['in an order of its own', 'listIncidents', { query: { sort: 'why' } }, { why: 'after' }, 'refetch'],
    ['the one on the page', 'getIncident', { params: { incidentId: 'i' } }, {}, 'refetch'],
    ['another than that on the page', 'getIncident', { params: { incidentId: 'x' } }, {}, 'keep'],
    ['the count in the navigation', 'getIncidentCounts', {}, {}, 'refetch'],
    ['what has nothing to do with it', 'listDrivers', {}, {}, 'keep'],
  ] as const)('%s', ([, endpoint, input, change, outcome]) => {
    expect(applyLive(endpoint, input, pages(row), news(change))).toBe(outcome);
  });
});
