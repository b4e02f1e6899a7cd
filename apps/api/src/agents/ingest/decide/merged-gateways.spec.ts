import type { GatewayEvent, Report, UpMessage } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { inventoryOf, reportOf } from '../../../../test/agent-messages.ts';
import { gatewaysOf, type MergedGateway, underPresentIds } from './merged-gateways.ts';

const FORMER = 'aaaaaaaa-0000-4000-8000-000000000001';
const LEFT = 'bbbbbbbb-0000-4000-8000-000000000002';
const OTHER = 'cccccccc-0000-4000-8000-000000000003';

/** Ports 1, 2 and 3 of the former record are 3, 1 and none of the remaining one, which also has a port 2. */
const MERGED: MergedGateway = {
  into: LEFT,
  positions: new Map([
    [1, 3],
    [2, 1],
  ]),
  wire: { from: null, into: null },
  layouts: new Map([
    [5, [1, 2, 3]],
    [6, [3, 2, 1]],
  ]),
  present: { revision: 9, positions: [1, 2, 3] },
};
const message = <K extends UpMessage['kind']>(kind: K, body: object) =>
  ({ v: 1, epoch: 1, seq: 1, after: [0, 0], kind, body }) as unknown as Extract<UpMessage, { kind: K }>;
const taken = (one: UpMessage, merged: Partial<MergedGateway> = {}) =>
  underPresentIds(one, new Map([[FORMER, { ...MERGED, ...merged }]]))?.body;

describe('a report of a gateway that was merged', () => {
  const read = (report: Partial<Report>, gatewayId = FORMER) =>
    taken(message('reports', { reports: [reportOf(gatewayId, 1_000, report)] })) as { reports: Report[] };

  test.for<[string, Partial<Report>, Partial<Report>]>([
    ['its columns in the order of what is left', { state: { hook: [1, 0, 1] } }, { state: { hook: [0, null, 1] } }],
    [
      'its columns in an order that it had later',
      { revision: 6, measures: { lineVoltageV: [47, 48, 49] } },
      { measures: { lineVoltageV: [48, null, 49] } },
    ],
    ['its counters', { counters: { callsIn: [10, 20, 30] } }, { counters: { callsIn: [20, null, 10] } }],
    [
      'reasons with the ports that they concern',
      { nulls: [{ field: 'hook', reason: 'not-answered', ports: [0, 2] }] },
      { nulls: [{ field: 'hook', reason: 'not-answered', ports: [2] }] },
    ],
    [
      'reasons that concern all ports',
      { nulls: [{ field: 'hook', reason: 'not-supported', ports: '*' }] },
      { nulls: [{ field: 'hook', reason: 'not-supported', ports: '*' }] },
    ],
    ['what is of the gateway itself', { gateway: { temperatureC: 41 } }, { gateway: { temperatureC: 41 } }],
    ['nothing but its time', {}, {}],
  ])('counts for what is left: %s', ([, report, expected]) => {
    const base = { revision: 5, ...report };
    expect(read(base)).toEqual({ reports: [{ ...reportOf(LEFT, 1_000, { ...expected, revision: 9 }) }] });
  });

  test('in upper case is of the same gateway', () => {
    expect(read({ revision: 5 }, FORMER.toUpperCase()).reports[0]?.gatewayId).toBe(LEFT);
  });

  test('of an unknown revision stays with the former record, and its inventory is requested', () => {
    const report = reportOf(FORMER, 1_000, { revision: 8, state: { hook: [1, 0, 1] } });
    expect(taken(message('reports', { reports: [report] }))).toEqual({ reports: [report] });
  });

  test('with a column of another length keeps it, and is refused', () => {
    expect(read({ revision: 5, state: { hook: [1, 0] } }).reports[0]?.state).toEqual({ hook: [1, 0] });
  });

  test('among others leaves those unchanged', () => {
    const other = reportOf(OTHER, 1_000, { state: { hook: [1] } });
    const both = taken(message('reports', { reports: [other, reportOf(FORMER, 1_000, { revision: 5 })] }));
    expect((both as { reports: Report[] }).reports).toEqual([other, reportOf(LEFT, 1_000, { revision: 9 })]);
  });
});

describe('an event of a gateway that was merged', () => {
  const event = (gatewayId: string, position: number | null): GatewayEvent => ({
    id: OTHER,
    gatewayId,
    at: 1_000,
    kind: 'port-fault',
    severity: 'major',
    position,
    text: 'Fault.',
    alarmKey: 'key',
    source: 'trap',
    detail: {},
  });
  test.for<[string, number | null, Partial<MergedGateway>, GatewayEvent]>([
    ['of no port', null, {}, event(LEFT, null)],
    ['of a port, by its number on what is left', 1, {}, event(LEFT, 3)],
    ['of a port that the remaining record lacks: kept with the former', 3, {}, event(FORMER, 3)],
    ['of a port that the agent numbers otherwise', 7, { wire: { from: { 7: 2, 2: 7 }, into: null } }, event(LEFT, 1)],
    [
      'of a port that the agent numbers otherwise on what is left',
      1,
      { wire: { from: null, into: { 8: 3, 3: 8 } } },
      event(LEFT, 8),
    ],
  ])('%s', ([, position, merged, expected]) => {
    expect(taken(message('events', { events: [event(FORMER, position)] }), merged)).toEqual({ events: [expected] });
  });
});

describe('other messages', () => {
  test.for<[string, UpMessage, unknown]>([
    [
      'that nothing changed: once of what is left',
      message('unchanged', { at: 5, gatewayIds: [OTHER, FORMER, LEFT] }),
      { at: 5, gatewayIds: [OTHER, LEFT] },
    ],
    [
      'that it answers',
      message('reachability', { gatewayId: FORMER, at: 5, reachable: true, reason: null }),
      { gatewayId: LEFT, at: 5, reachable: true, reason: null },
    ],
    [
      'that it does not answer, which does not affect the remaining record',
      message('reachability', { gatewayId: FORMER, at: 5, reachable: false, reason: 'Gone.' }),
      undefined,
    ],
    [
      'that another does not answer',
      message('reachability', { gatewayId: OTHER, at: 5, reachable: false, reason: 'Gone.' }),
      { gatewayId: OTHER, at: 5, reachable: false, reason: 'Gone.' },
    ],
    [
      'its list of alarms, but for ports that what is left does not have',
      message('alarms', {
        gatewayId: FORMER,
        at: 5,
        covers: ['76/'],
        alarms: [1, 3, null].map((position) => ({ alarmKey: `76/${position}`, position })),
      }),
      {
        gatewayId: LEFT,
        at: 5,
        covers: ['76/'],
        alarms: [
          { alarmKey: '76/1', position: 3 },
          { alarmKey: '76/null', position: null },
        ],
      },
    ],
    [
      'its inventory, by which its reports are read',
      message('inventory', inventoryOf(FORMER, [1])),
      inventoryOf(FORMER, [1]),
    ],
  ])('%s', ([, one, expected]) => {
    expect(taken(one)).toEqual(expected);
  });

  test.for<[UpMessage, string[]]>([
    [message('reports', { reports: [reportOf(FORMER.toUpperCase(), 1), reportOf(OTHER, 1)] }), [FORMER, OTHER]],
    [message('unchanged', { at: 5, gatewayIds: [OTHER] }), [OTHER]],
    [message('inventory', inventoryOf(FORMER, [1])), [FORMER]],
    [message('reachability', { gatewayId: FORMER }), [FORMER]],
    [message('alarms', { gatewayId: FORMER }), [FORMER]],
    [message('events', { events: [{ gatewayId: FORMER }] }), [FORMER]],
    [message('merged', { merges: [{ gatewayId: FORMER, intoGatewayId: LEFT }] }), []],
  ])('are about these gateways: $0.kind', ([one, ids]) => {
    expect(gatewaysOf(one)).toEqual(ids);
  });
});
