import { expect, test } from 'vitest';
import { canaryState } from './canary-state.ts';

const NOW = 10_000_000;
test.for<[string, { exists: boolean; arrivedAt: number | null }, number, string]>([
  ['there is no operator to watch for', { exists: false, arrivedAt: null }, 0, 'idle'],
  ['it arrived a minute ago', { exists: true, arrivedAt: NOW - 60_000 }, 0, 'working'],
  ['it is missing for three minutes', { exists: true, arrivedAt: NOW - 180_001 }, 0, 'missing'],
  ['it never arrived', { exists: true, arrivedAt: null }, 0, 'missing'],
  ['we only began to look', { exists: true, arrivedAt: NOW - 900_000 }, NOW - 60_000, 'starting'],
])('%s', ([, seen, since, state]) => {
  expect(canaryState(seen, since, NOW)).toBe(state);
});
