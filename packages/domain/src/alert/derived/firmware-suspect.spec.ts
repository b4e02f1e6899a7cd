import { describe, expect, test } from 'vitest';
import { at, fleet, gatewayRecord, NOW, openRecord } from '../testing/records.ts';
import { viewOf } from '../testing/view.ts';
import type { AlertRecord } from '../types.ts';
import { firmwaresSuspect } from './firmware-suspect.ts';

/** Five gateways at two sites of `acme` run M1 1.0; others run something else, or do not say what. */
const topology = fleet(
  { north: 'acme', south: 'acme', west: 'zeta' },
  {
    n1: { site: 'north' },
    n2: { site: 'north' },
    n3: { site: 'north' },
    s1: { site: 'south' },
    s2: { site: 'south' },
    w1: { site: 'west', firmware: '2.0' },
    w2: { site: 'west', model: 'M2' },
    w3: { site: 'west', firmware: null },
    n4: { site: 'north', firmware: null },
    s3: { site: 'south', firmware: null },
  },
);
const failed = (id: string, secondsAgo = 9, kind: 'gateway-unreachable' | 'gateway-rebooted' = 'gateway-unreachable') =>
  gatewayRecord(topology, kind, id, { badSince: NOW - secondsAgo * 1000 });
const find = (records: readonly AlertRecord[], parameters = {}, others: AlertRecord[] = []) =>
  firmwaresSuspect(viewOf(topology, [...records, ...others], [{ kind: 'firmware-suspect', parameters }]), records);
const THREE = [failed('n1'), failed('n2'), failed('s1')];

test.for<{ name: string; of: AlertRecord[]; parameters?: Record<string, number>; isBad: boolean }>([
  { name: 'three at two sites', of: THREE, isBad: true },
  { name: 'three at one site', of: [failed('n1'), failed('n2'), failed('n3')], isBad: false },
  { name: 'two at two sites', of: [failed('n1'), failed('s1')], isBad: false },
  {
    name: 'two, where two are set to be enough',
    of: [failed('n1'), failed('s1')],
    parameters: { gatewaysMin: 2 },
    isBad: true,
  },
  {
    name: 'two gateways of which one also restarted',
    of: [failed('n1'), failed('n1', 9, 'gateway-rebooted'), failed('s1')],
    isBad: false,
  },
  { name: 'two of the firmware and one of another', of: [failed('n1'), failed('s1'), failed('w1')], isBad: false },
  { name: 'two of the model and one of another', of: [failed('n1'), failed('s1'), failed('w2')], isBad: false },
  { name: 'three of which the firmware is not known', of: [failed('w3'), failed('n4'), failed('s3')], isBad: false },
  { name: 'within 300 s', of: [failed('n1', 310), failed('n2', 100), failed('s1', 10)], isBad: true },
  { name: 'further apart', of: [failed('n1', 311), failed('n2', 100), failed('s1', 10)], isBad: false },
  // 61 % of five gateways are 3.05.
  { name: 'fewer than the share of the firmware', of: THREE, parameters: { sharePercent: 61 }, isBad: false },
  { name: 'the share of the firmware', of: THREE, parameters: { sharePercent: 60 }, isBad: true },
])('$name: $isBad', ({ of, parameters, isBad }) => {
  expect(find(of, parameters).map(({ key }) => key)).toEqual(isBad ? ['firmware-suspect@shared:firmware:M1 1.0'] : []);
});

describe('what has another reason is not counted', () => {
  test.for<{ name: string; reason: AlertRecord; isBad: boolean }>([
    { name: 'the network of a site', reason: openRecord('lan-segment-down', 'a-south'), isBad: false },
    { name: 'the power of a site', reason: openRecord('site-power-lost', 'south'), isBad: false },
    {
      name: 'while that is only suspected',
      reason: openRecord('lan-segment-down', 'a-south', {}, { phase: 'pending' }),
      isBad: false,
    },
    {
      name: 'while that recovers',
      reason: openRecord('site-power-lost', 'south', {}, { phase: 'recovering' }),
      isBad: false,
    },
    { name: 'not what is over', reason: openRecord('site-power-lost', 'south', {}, { phase: null }), isBad: true },
    { name: 'not the network of another site', reason: openRecord('lan-segment-down', 'a-west'), isBad: true },
  ])('$name', ({ reason, isBad }) => expect(find(THREE, {}, [reason])).toHaveLength(isBad ? 1 : 0));
});

test('it says what failed, where all are, and how many of how many that run it', () => {
  expect(find([...THREE, failed('n1', 5, 'gateway-rebooted')])).toMatchObject([
    {
      key: 'firmware-suspect@shared:firmware:M1 1.0',
      kind: 'firmware-suspect',
      subject: { type: 'shared', id: 'firmware:M1 1.0' },
      where: at({ customerId: 'acme' }),
      evidence: {
        text: '3 gateways with M1 1.0 at different sites failed together.',
        seen: { members: 3, of: 5 },
      },
    },
  ]);
});

test('a gateway that is not known any more runs nothing', () => {
  const gone = THREE.map((record) => ({ ...record, where: { ...record.where, gatewayId: 'old' } }));
  expect(find(gone)).toEqual([]);
});
