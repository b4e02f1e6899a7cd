import { expect, test } from 'vitest';
import { at, fleet, gatewayRecord, NOW } from '../testing/records.ts';
import { viewOf } from '../testing/view.ts';
import type { AlertRecord } from '../types.ts';
import { sitesWithoutPower } from './site-power-lost.ts';

const topology = fleet(
  { north: 'acme', south: 'zeta' },
  { n1: { site: 'north' }, n2: { site: 'north' }, n3: { site: 'north' }, s1: { site: 'south' }, s2: { site: 'south' } },
);
const onBattery = (id: string, secondsAgo = 9) =>
  gatewayRecord(topology, 'power-lost', id, { badSince: NOW - secondsAgo * 1000 });
const restarted = (id: string, secondsAgo = 9) =>
  gatewayRecord(topology, 'gateway-rebooted', id, { badSince: NOW - secondsAgo * 1000 });

test.for<{ name: string; records: AlertRecord[]; sites: string[] }>([
  { name: 'two gateways of a site', records: [onBattery('n1'), onBattery('n2')], sites: ['north'] },
  { name: 'one on battery, another restarted', records: [onBattery('n1'), restarted('n2')], sites: ['north'] },
  { name: 'one gateway', records: [onBattery('n1')], sites: [] },
  { name: 'one gateway on battery that restarted', records: [onBattery('n1'), restarted('n1')], sites: [] },
  { name: 'two gateways of two sites', records: [onBattery('n1'), onBattery('s1')], sites: [] },
  {
    name: 'two at each of two sites',
    records: ['s1', 'n1', 'n2', 's2'].map((id) => onBattery(id)),
    sites: ['south', 'north'],
  },
  { name: 'within 60 s', records: [onBattery('n1', 70), onBattery('n2', 10)], sites: ['north'] },
  { name: 'further apart than 60 s', records: [onBattery('n1', 71), onBattery('n2', 10)], sites: [] },
  {
    name: 'by when each gateway began',
    records: [restarted('n1', 9), onBattery('n1', 90), onBattery('n2', 9)],
    sites: [],
  },
])('$name: $sites', ({ records, sites }) => {
  expect(sitesWithoutPower(viewOf(topology, records), records).map(({ subject }) => subject.id)).toEqual(sites);
});

test('it says where, and how many gateways of how many', () => {
  const records = [onBattery('n1'), restarted('n3')];
  expect(sitesWithoutPower(viewOf(topology, records), records)).toMatchObject([
    {
      key: 'site-power-lost@site:north',
      kind: 'site-power-lost',
      subject: { type: 'site', id: 'north' },
      where: at({ customerId: 'acme', siteId: 'north' }),
      evidence: {
        text: '2 of 3 gateways of the site lost power or restarted together.',
        seen: { members: 2, of: 3 },
      },
    },
  ]);
});
