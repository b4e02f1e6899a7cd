import { describe, expect, test } from 'vitest';
import { at, fleet, gatewayRecord, NOW, openRecord } from '../testing/records.ts';
import { viewOf } from '../testing/view.ts';
import type { AlertPlace, AlertRecord, ThresholdOverride } from '../types.ts';
import { segmentsDown } from './lan-segment-down.ts';

/** Six gateways at `north`, two at `south`, one at `west`. */
const topology = fleet(
  { north: 'acme', south: 'acme', west: 'zeta' },
  {
    ...Object.fromEntries(['n1', 'n2', 'n3', 'n4', 'n5', 'n6'].map((id) => [id, { site: 'north' }])),
    s1: { site: 'south' },
    s2: { site: 'south' },
    w1: { site: 'west' },
  },
);
const away = (id: string, secondsAgo = 9, more: Partial<AlertRecord> = {}) =>
  gatewayRecord(topology, 'gateway-unreachable', id, { badSince: NOW - secondsAgo * 1000, ...more });
const known = (more: Partial<AlertRecord> = {}) =>
  openRecord('lan-segment-down', 'a-north', { agentId: 'a-north' }, { badSince: NOW - 500_000, ...more });
const NONE = (of: number) => `The agent answers, but none of its ${of} gateways does.`;
const SOME = (n: number) => `The agent answers, but ${n} of its 6 gateways do not; they left together.`;

interface Case {
  name: string;
  records: AlertRecord[];
  known?: AlertRecord;
  parameters?: Record<string, number>;
  off?: boolean;
  resting?: string[];
  text: string | null;
  sinceS?: number;
}
const find = ({ records, known: before, parameters = {}, off = false, resting = [] }: Case) => {
  const settings: (Pick<ThresholdOverride, 'kind'> & Partial<ThresholdOverride>)[] = [
    { kind: 'lan-segment-down', scope: 'site', scopeId: 'north', parameters, off },
  ];
  const inMaintenance = ({ customerId, siteId, gatewayId }: AlertPlace) =>
    [`${customerId}`, `${siteId}`, `${gatewayId}`].some((name) => resting.includes(name));
  const view = viewOf(topology, before === undefined ? records : [...records, before], settings, inMaintenance);
  return segmentsDown(view, records);
};

describe('all gateways of an agent', () => {
  test.for<Case>([
    { name: 'both of two', records: [away('s1'), away('s2')], text: NONE(2), sinceS: 9 },
    // The first may have been off for years: the network is suspected since none answers.
    {
      name: 'both, of which one left long ago',
      records: [away('s1', 90_000), away('s2', 7)],
      text: NONE(2),
      sinceS: 7,
    },
    { name: 'one of two', records: [away('s1')], text: null },
    { name: 'the only one', records: [away('w1')], text: null },
    {
      name: 'all but one in maintenance',
      records: ['n1', 'n2'].map((id) => away(id, 100)).concat(away('n3', 200)),
      resting: ['n4', 'n5', 'n6'],
      text: NONE(6),
      sinceS: 100,
    },
    {
      name: 'all but two, of which one is in maintenance',
      records: [away('n1', 100), away('n2', 200)],
      resting: ['n6'],
      text: null,
    },
    {
      name: 'two, while those of another agent are in maintenance',
      records: [away('n1', 100), away('n2', 200)],
      resting: ['south', 'zeta'],
      text: null,
    },
  ])('$name', (one) => {
    const found = find(one);
    expect(found.map(({ evidence }) => evidence.text)).toEqual(one.text === null ? [] : [one.text]);
    if (one.sinceS !== undefined) expect(found[0]?.since).toBe(NOW - one.sinceS * 1000);
  });
});

describe('several that left together', () => {
  const three = [away('n1', 40), away('n2', 20), away('n3', 10)];
  test.for<Case>([
    { name: 'three within 30 s', records: three, text: SOME(3), sinceS: 40 },
    { name: 'three within a little more', records: [away('n1', 41), ...three.slice(1)], text: null },
    { name: 'two within 30 s', records: three.slice(0, 2), text: null },
    { name: 'three, and one that left long before', records: [away('n4', 9000), ...three], text: SOME(4), sinceS: 40 },
    {
      name: 'two, where two are set to be enough',
      records: three.slice(0, 2),
      parameters: { togetherMin: 2 },
      text: SOME(2),
      sinceS: 40,
    },
    { name: 'three, where at least four are set', records: three, parameters: { gatewaysMin: 4 }, text: null },
    { name: 'three within a shorter window that is set', records: three, parameters: { withinS: 29 }, text: null },
    { name: 'where it is not watched', records: three, off: true, text: null },
    {
      name: 'it is bad until fewer than two are left',
      records: [away('n1', 900), away('n2', 20)],
      known: known(),
      text: SOME(2),
      sinceS: 500,
    },
    { name: 'one is left', records: [away('n1', 900)], known: known(), text: null },
    {
      name: 'while it recovers, two are not enough',
      records: [away('n1', 900), away('n2', 20)],
      known: known({ phase: 'recovering' }),
      text: null,
    },
  ])('$name', (one) => {
    const found = find(one);
    expect(found.map(({ evidence }) => evidence.text)).toEqual(one.text === null ? [] : [one.text]);
    if (one.sinceS !== undefined) expect(found[0]?.since).toBe(NOW - one.sinceS * 1000);
  });
});

test('it says of which agent, and how many gateways of how many', () => {
  const records = [away('n1'), away('n2', 9, { severity: 'critical' }), away('n3', 9, { verdict: 'unknown' })];
  expect(find({ name: '', records, text: null })).toMatchObject([
    {
      key: 'lan-segment-down@agent:a-north',
      kind: 'lan-segment-down',
      subject: { type: 'agent', id: 'a-north' },
      where: at({ customerId: 'acme', siteId: 'north', agentId: 'a-north' }),
      verdict: 'bad',
      severity: 'critical',
      evidence: { seen: { unreachable: 3, of: 6 } },
    },
  ]);
});

test('agents are judged one by one, and what is not known of any gateway is not known of them', () => {
  const unknown = { verdict: 'unknown' } as const;
  const records = [away('s1', 9, unknown), away('n1'), away('s2', 9, unknown), away('n2'), away('n3'), away('w1')];
  expect(find({ name: '', records, text: null }).map(({ subject, verdict }) => [subject.id, verdict])).toEqual([
    ['a-south', 'unknown'],
    ['a-north', 'bad'],
  ]);
});
