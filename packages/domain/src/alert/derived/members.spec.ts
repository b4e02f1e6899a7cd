import { describe, expect, test } from 'vitest';
import { at, NOW, openRecord } from '../testing/records.ts';
import type { AlertPlace, AlertRecord, Verdict } from '../types.ts';
import { beginnings, commonPlace, densest, distinctGateways, groupBy, verdictOf } from './members.ts';

const of = (gatewayId: string, where: Partial<AlertPlace> = {}, more: Partial<AlertRecord> = {}) =>
  openRecord('power-lost', gatewayId, { gatewayId, ...where }, more);

test('groupBy leaves out what has no name, and keeps the order of the first of each', () => {
  const [b1, none, a, b2] = [of('1', { siteId: 'b' }), of('2'), of('3', { siteId: 'a' }), of('4', { siteId: 'b' })];
  expect([...groupBy([b1, none, a, b2], ({ where }) => where.siteId)]).toEqual([
    ['b', [b1, b2]],
    ['a', [a]],
  ]);
});

test.for<[Verdict[], Verdict]>([
  [['bad', 'bad'], 'bad'],
  [['unknown', 'bad'], 'bad'],
  [['unknown', 'unknown'], 'unknown'],
])('of members that are %j the condition is %s', ([verdicts, expected]) => {
  expect(verdictOf(verdicts.map((verdict) => of('g', {}, { verdict })))).toBe(expected);
});

describe('distinctGateways: one member for each gateway', () => {
  const early = of('g', {}, { badSince: NOW - 2 });
  const late = openRecord('gateway-rebooted', 'g', { gatewayId: 'g' }, { badSince: NOW - 1 });
  const same = openRecord('gateway-rebooted', 'g', { gatewayId: 'g' }, { badSince: NOW - 2 });
  const other = of('h', {}, { badSince: NOW });
  test.for([
    { name: 'the earlier, which comes first', records: [early, late], members: [early] },
    { name: 'the earlier, which comes last', records: [late, early], members: [early] },
    { name: 'the first of two that began at once', records: [early, same], members: [early] },
    { name: 'those of other gateways too', records: [late, other, early], members: [early, other] },
  ])('$name', ({ records, members }) => expect(distinctGateways(records)).toEqual(members));

  test('what is of no gateway stands for itself', () => {
    const agents = ['a', 'b'].map((id) => openRecord('agent-silent', id, { agentId: id }));
    expect(distinctGateways(agents)).toEqual(agents);
  });
});

describe('commonPlace: what all have in common', () => {
  const everywhere = { agentId: 'a', gatewayId: 'g', position: 1 };
  test.for<{ name: string; places: Partial<AlertPlace>[]; common: Partial<AlertPlace> }>([
    {
      name: 'customer and site, and nothing below it',
      places: [
        { customerId: 'c', siteId: 's', ...everywhere },
        { customerId: 'c', siteId: 's', ...everywhere },
      ],
      common: { customerId: 'c', siteId: 's' },
    },
    {
      name: 'the customer alone',
      places: [
        { customerId: 'c', siteId: 's' },
        { customerId: 'c', siteId: 't' },
        { customerId: 'c', siteId: 's' },
      ],
      common: { customerId: 'c' },
    },
    {
      name: 'nothing',
      places: [
        { customerId: 'c', siteId: 's' },
        { customerId: 'd', siteId: 't' },
      ],
      common: {},
    },
    { name: 'nothing, where there is none', places: [], common: {} },
  ])('$name', ({ places, common }) => {
    expect(commonPlace(places.map((where, index) => of(`g${index}`, where)))).toEqual(at(common));
  });
});

test('beginnings ascend, and what has none begins now', () => {
  const records = [9, 100, 20].map((ago) => of('g', {}, { badSince: NOW - ago }));
  expect(beginnings([of('g', {}, { badSince: null }), ...records], NOW)).toEqual([NOW - 100, NOW - 20, NOW - 9, NOW]);
});

describe('densest: the most that began within one window', () => {
  test.for<{ name: string; times: number[]; count: number; from: number | null }>([
    { name: 'none', times: [], count: 0, from: null },
    { name: 'one', times: [7], count: 1, from: 7 },
    { name: 'just within the window', times: [0, 10], count: 2, from: 0 },
    { name: 'just beyond it', times: [0, 11], count: 1, from: 0 },
    { name: 'the later crowd', times: [0, 100, 105, 110], count: 3, from: 100 },
    { name: 'the earlier crowd', times: [0, 5, 10, 100], count: 3, from: 0 },
    { name: 'the first of two crowds', times: [0, 1, 100, 101], count: 2, from: 0 },
    { name: 'a window that slides over several', times: [0, 6, 12, 16, 22], count: 3, from: 6 },
    { name: 'all at once', times: [5, 5, 5], count: 3, from: 5 },
  ])('$name', ({ times, count, from }) => expect(densest(times, 10)).toEqual({ count, from }));
});
