import { describe, expect, test } from 'vitest';
import type { ConditionKind } from '../kinds.ts';
import { at, fleet, gatewayRecord, NOW, openRecord } from '../testing/records.ts';
import { viewOf } from '../testing/view.ts';
import type { AlertPlace, AlertRecord } from '../types.ts';
import { derive, DERIVED } from './derive.ts';

/** Five sites of an agent and two gateways each, of two firmwares. */
const SITES = ['s1', 's2', 's3', 's4', 's5'];
const topology = fleet(
  Object.fromEntries(SITES.map((id) => [id, 'acme'])),
  Object.fromEntries(
    SITES.flatMap((site, index) =>
      ['x', 'y'].map((which) => [`${site}-${which}`, { site, registrar: 'sip', firmware: `${index % 2}` }] as const),
    ),
  ),
);
const of = (kind: ConditionKind, ...ids: string[]) => ids.map((id) => gatewayRecord(topology, kind, id));
const silent = SITES.map((siteId) =>
  openRecord(
    'agent-silent',
    `a-${siteId}`,
    { siteId, agentId: `a-${siteId}` },
    {
      evidence: { text: '', seen: { siteAnswers: siteId === 's1' ? false : null }, thresholds: {} },
    },
  ),
);
const keysOf = (records: AlertRecord[], inMaintenance?: (place: AlertPlace) => boolean) =>
  derive(viewOf(topology, records, [], inMaintenance)).map(({ key, verdict }) => `${key} ${verdict}`);

const ROWS: { name: string; records: AlertRecord[]; found: string[] }[] = [
  { name: 'nothing is wrong', records: [], found: [] },
  {
    name: 'all agents are silent',
    records: silent,
    found: ['agents-lost-together@operator bad', 'site-wan-down@site:s1 bad'],
  },
  {
    name: 'gateways on battery, and one that restarted',
    records: [...of('power-lost', 's1-x'), ...of('gateway-rebooted', 's1-y')],
    found: ['site-power-lost@site:s1 bad'],
  },
  {
    name: 'gateways of an agent are away',
    records: of('gateway-unreachable', 's1-x', 's1-y'),
    found: ['lan-segment-down@agent:a-s1 bad'],
  },
  {
    name: 'gateways without their SIP server',
    records: of('registrar-lost', 's1-x', 's2-x', 's3-x'),
    found: ['registrar-lost-together@shared:registrar:sip bad'],
  },
  {
    name: 'gateways of a firmware that are away or restarted',
    records: [...of('gateway-unreachable', 's1-x', 's3-x'), ...of('gateway-rebooted', 's5-x')],
    found: ['firmware-suspect@shared:firmware:M1 0 bad'],
  },
  {
    name: 'other conditions of as many gateways',
    records: of('over-temperature', 's1-x', 's1-y', 's3-x', 's5-x'),
    found: [],
  },
];

test.for(ROWS)('$name', ({ records, found }) => expect(keysOf(records)).toEqual(found));

test('each derived kind is derived in a row here', () => {
  const kinds = new Set(ROWS.flatMap(({ found }) => found.map((one) => one.split('@')[0])));
  expect([...kinds].toSorted()).toEqual([...DERIVED].toSorted());
});

describe('members that do not count', () => {
  const pair = of('gateway-unreachable', 's1-x', 's1-y');
  test.for<{ phase: AlertRecord['phase']; counts: boolean }>([
    { phase: 'open', counts: true },
    { phase: 'pending', counts: true },
    { phase: 'recovering', counts: false },
    { phase: null, counts: false },
  ])('phase $phase counts: $counts', ({ phase, counts }) => {
    const found = keysOf([pair[0]!, { ...pair[1]!, phase }]);
    expect(found).toEqual(counts ? ['lan-segment-down@agent:a-s1 bad'] : []);
  });

  test('those in maintenance', () => {
    const three = of('registrar-lost', 's1-x', 's2-x', 's3-x');
    expect(keysOf(three, ({ siteId }) => siteId === 's4')).toHaveLength(1);
    expect(keysOf(three, ({ siteId }) => siteId === 's3')).toEqual([]);
  });

  test.for<{ of: 'site-power-lost' | 'firmware-suspect'; ids: string[] }>([
    { of: 'site-power-lost', ids: ['s1-x', 's1-y'] },
    { of: 'firmware-suspect', ids: ['s1-x', 's3-x', 's5-x'] },
  ])('$of: restarts at the end of an outage that was announced', ({ of: kind, ids }) => {
    const restarts = of('gateway-rebooted', ...ids);
    const told = { from: NOW - 300_000, to: NOW - 60_000 };
    const outages = ids.map((id) => gatewayRecord(topology, 'gateway-unreachable', id, { phase: null, told }));
    expect(keysOf(restarts).map((one) => one.split('@')[0])).toContain(kind);
    expect(keysOf([...restarts, ...outages])).toEqual([]);
  });
});

describe('what was derived before', () => {
  const segment = openRecord('lan-segment-down', 'a-s1', { siteId: 's1', agentId: 'a-s1' });
  test('is good where it is not derived any more', () => {
    expect(derive(viewOf(topology, [segment]))).toMatchObject([
      {
        key: segment.key,
        verdict: 'good',
        at: NOW,
        since: NOW,
        where: at({ siteId: 's1', agentId: 'a-s1' }),
        evidence: { text: '', seen: {} },
      },
    ]);
  });
  test('is good while it recovers', () => {
    expect(keysOf([{ ...segment, phase: 'recovering' }])).toEqual([`${segment.key} good`]);
  });
  test('is said once where it still is', () => {
    const records = [...of('gateway-unreachable', 's1-x', 's1-y'), segment];
    expect(keysOf(records)).toEqual([`${segment.key} bad`]);
  });
  test('is unknown while nothing is known of its members', () => {
    const records = of('gateway-unreachable', 's1-x', 's1-y').map((one) => ({ ...one, verdict: 'unknown' as const }));
    expect(keysOf([...records, segment])).toEqual([`${segment.key} unknown`]);
  });
  test('is not spoken of when it is over', () => {
    const other = of('over-temperature', 's1-x');
    expect(keysOf([...other, { ...segment, phase: null }])).toEqual([]);
  });
  test('what was not derived is left alone', () => expect(keysOf(of('power-lost', 's1-x'))).toEqual([]));
});
