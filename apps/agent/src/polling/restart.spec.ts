import { expect, test } from 'vitest';
import { hasRestarted, isAhead } from './restart.ts';

const WRAP_S = 42_949_672.96;

test.for([
  ['the first reading', null, 100, 30, false],
  ['no up time this time', 100, null, 30, false],
  ['time went on', 100, 130, 30, false],
  ['time stood still, as some gateways count in minutes', 120, 120, 30, false],
  ['a little back, by rounding', 100, 98, 1, false],
  ['began anew', 100_000, 12, 30, true],
  ['began again between two polls', 100_000, 50_000, 100_000, true],
  ['ran over after 497 days', WRAP_S - 10, 20, 30, false],
  ['began again shortly before it would have wrapped', WRAP_S - 3_600, 20, 30, true],
  ['began again shortly after it should have wrapped', WRAP_S - 10, 3, 300, true],
] as const)('%s', ([, before, now, elapsed, expected]) => {
  expect(hasRestarted(before, now, elapsed)).toBe(expected);
});

test.for([
  ['goes on as time does', 100, 130, 30, false],
  ['goes on in steps of a minute', 120, 180, 3, false],
  ['goes on by a clock that is 1 % fast', 100, 100 + 3_630, 3_600, false],
  ['begins anew', 100, 5, 30, false],
  ['is hours ahead: another unit', 100, 7_300, 30, true],
  ['was not known', null, 7_300, 30, false],
  ['is not known', 100, null, 30, false],
] as const)('an up time that %s', ([, before, now, elapsedS, ahead]) => {
  expect(isAhead(before, now, elapsedS)).toBe(ahead);
});
