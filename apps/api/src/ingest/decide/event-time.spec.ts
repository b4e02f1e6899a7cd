import { expect, test } from 'vitest';
import { CLOCK_AHEAD_MAX_MS, clockCorrection } from './event-time.ts';

const NOW = 1_795_000_000_000;

test.for([
  ['the present', NOW, 0],
  ['the past, however long', NOW - 90 * 86_400_000, 0],
  ['a little ahead', NOW + CLOCK_AHEAD_MAX_MS, 0],
  ['too far ahead', NOW + CLOCK_AHEAD_MAX_MS + 1, CLOCK_AHEAD_MAX_MS + 1],
  ['a day ahead', NOW + 86_400_000, 86_400_000],
] as const)('%s', ([, at, expected]) => {
  expect(clockCorrection(at, NOW)).toBe(expected);
});
