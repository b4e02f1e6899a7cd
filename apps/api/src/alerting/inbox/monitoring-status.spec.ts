import { expect, test } from 'vitest';
import type { CanaryState } from '../watchdog/canary-state.ts';
import { monitoringState } from './monitoring-status.ts';

const NOW = 10_000_000;
test.for<[string, number | null, CanaryState, string]>([
  ['judged lately', NOW - 15_000, 'working', 'working'],
  ['not judged yet', null, 'starting', 'late'],
  ['judged a while ago', NOW - 61_000, 'working', 'late'],
  ['not judged for minutes', NOW - 181_000, 'working', 'interrupted'],
  ['judged, but nothing gets out', NOW - 1_000, 'missing', 'interrupted'],
])('%s', ([, judgedAt, canary, expected]) => {
  expect(monitoringState(judgedAt === null ? null : new Date(judgedAt), canary, NOW)).toBe(expected);
});
