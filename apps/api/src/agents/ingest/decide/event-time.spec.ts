import { expect, test } from 'vitest';
import { CLOCK_AHEAD_MAX_MS, clockAhead, clockCorrection } from './event-time.ts';

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

test.for([
  ['that reports it itself, ahead', { at: NOW, clockAheadMs: 90_000 }, 90_000],
  [
    'that reports it itself, behind, in a message that waited an hour',
    { at: NOW - 3_600_000, clockAheadMs: -7_200_000 },
    -7_200_000,
  ],
  ['that does not know yet, ahead', { at: NOW + 90_000, clockAheadMs: null }, 90_000],
  ['of before, ahead', { at: NOW + 90_000 }, 90_000],
  ['of before, right again', { at: NOW - 200 }, -200],
  ['of before, behind or late', { at: NOW - 7_200_000 }, null],
] as const)('the clock of an agent %s', ([, health, expected]) => {
  expect(clockAhead(health, NOW)).toBe(expected);
});
