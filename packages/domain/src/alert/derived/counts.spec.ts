import { expect, test } from 'vitest';
import { fleet } from '../testing/records.ts';
import { agentsAt, gatewaysAt, gatewaysOf, registeringWith, running, tally } from './counts.ts';

const topology = fleet(
  { north: 'acme', south: 'acme', west: 'zeta' },
  {
    g1: { site: 'north', registrar: 'sip.example' },
    g2: { site: 'north', agentId: 'a-2' },
    g3: { site: 'south', firmware: '2.0' },
    g4: { site: 'west', firmware: null },
    g5: { site: 'nowhere', registrar: 'sip.example', model: 'M2' },
  },
  [
    ['a-north', 'north'],
    ['a-2', 'north'],
    ['a-south', 'south'],
  ],
);

test.for([
  { name: 'agents of each site', counts: agentsAt, expected: { north: 2, south: 1 } },
  { name: 'gateways of each site', counts: gatewaysAt, expected: { north: 2, south: 1, west: 1, nowhere: 1 } },
  {
    name: 'gateways of each agent',
    counts: gatewaysOf,
    expected: { 'a-north': 1, 'a-2': 1, 'a-south': 1, 'a-west': 1, 'a-nowhere': 1 },
  },
  {
    name: 'gateways of each model and firmware, where it is known',
    counts: running,
    expected: { 'M1 1.0': 2, 'M1 2.0': 1, 'M2 1.0': 1 },
  },
  {
    name: 'gateways of each SIP server; where it is not known, of each customer and of all',
    counts: registeringWith,
    expected: {
      'registrar:sip.example': 2,
      'registrar:': 3,
      'registrar:customer/acme': 2,
      'registrar:customer/zeta': 1,
    },
  },
])('$name', ({ counts, expected }) => {
  expect(Object.fromEntries(counts(topology))).toEqual(expected);
  // Asked again, it is not counted again.
  expect(counts(topology)).toBe(counts(topology));
});

test('another fleet is counted afresh', () => {
  expect(agentsAt(topology).get('north')).toBe(2);
  expect(agentsAt(fleet({ north: 'acme' })).get('north')).toBe(1);
});

test('tally leaves out what has no name', () => {
  expect([...tally(['a', 'b', '', 'a'], (value) => (value === '' ? null : value))]).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});
