import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beyondQuota, fitsQuota, portsBeyond } from './quota.ts';

test.for([
  ['no quota', 1_000_000, 1, null, true],
  ['room for one more', 9, 1, 10, true],
  ['full', 10, 1, 10, false],
  ['over already', 12, 1, 10, false],
  ['no room at all', 0, 1, 0, false],
  ['nothing more is always right up to the quota', 10, 0, 10, true],
  ['what is not measured refuses nothing', null, 1, 10, true],
] as const)('%s', ([, used, more, quota, fits]) => expect(fitsQuota(used, more, quota)).toBe(fits));

test.for([
  ['no quota', 5, null, 0],
  ['within', 5, 10, 0],
  ['just full', 10, 10, 0],
  ['beyond', 13, 10, 3],
  ['not measured', null, 10, null],
  ['not measured, and no quota', null, null, 0],
] as const)('beyond: %s', ([, used, quota, beyond]) => expect(beyondQuota(used, quota)).toBe(beyond));

test('the ports that were registered last are beyond the quota', () => {
  const gateways = [
    { id: 'a', ports: 24 },
    { id: 'b', ports: 8 },
    { id: 'c', ports: 4 },
  ];
  expect(portsBeyond(gateways, 36)).toEqual([]);
  expect(portsBeyond(gateways, 30)).toEqual([
    { id: 'b', ports: 8, beyond: 2 },
    { id: 'c', ports: 4, beyond: 4 },
  ]);
  expect(portsBeyond(gateways, null)).toEqual([]);
});

const counts = fc.array(fc.nat(200), { maxLength: 40 });
const quotas = fc.option(fc.nat(2_000), { nil: null });

test('the gateways together are beyond by as much as the operator is', () => {
  fc.assert(
    fc.property(counts, quotas, (ports, quota) => {
      const used = ports.reduce((sum, one) => sum + one, 0);
      const beyond = portsBeyond(
        ports.map((one) => ({ ports: one })),
        quota,
      );
      expect(beyond.reduce((sum, one) => sum + one.beyond, 0)).toBe(beyondQuota(used, quota));
      expect(fitsQuota(used, 0, quota)).toBe(beyond.length === 0);
    }),
  );
});
