import { expect, test } from 'vitest';
import { lateByMs } from './event-severity.ts';

test.for([
  ['2026-11-23T12:00:00Z', '2026-11-23T12:00:01Z', null],
  ['2026-11-23T12:00:00Z', '2026-11-23T12:02:00Z', null],
  ['2026-11-23T12:00:00Z', '2026-11-23T13:00:00Z', 3_600_000],
  ['2026-11-23T12:00:00Z', '2026-11-23T11:00:00Z', null],
] as const)('happened %s, arrived %s: late by %j', ([at, receivedAt, late]) => {
  expect(lateByMs({ at, receivedAt })).toBe(late);
});
