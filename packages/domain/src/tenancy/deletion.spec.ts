import { expect, test } from 'vitest';
import { canWithdraw, DELETION_WAIT_DAYS, deletionDue, deletionState } from './deletion.ts';

const at = Date.UTC(2026, 11, 2);
const waiting = { requestedAt: at, dueAt: deletionDue(at), beganAt: null };

test('nothing is due for two weeks', () => {
  expect(DELETION_WAIT_DAYS).toBe(14);
  expect(new Date(waiting.dueAt).toISOString()).toBe('2026-12-16T00:00:00.000Z');
});

test.for([
  ['nobody requested it', null, at, 'none', false],
  ['just requested', waiting, at, 'waiting', true],
  ['a moment before', waiting, waiting.dueAt - 1, 'waiting', true],
  ['due', waiting, waiting.dueAt, 'due', true],
  ['long due, and nothing is gone', waiting, waiting.dueAt + 1e9, 'due', true],
  ['rows are going', { ...waiting, beganAt: waiting.dueAt }, waiting.dueAt, 'removing', false],
] as const)('%s', ([, deletion, now, state, withdrawable]) => {
  expect(deletionState(deletion, now)).toBe(state);
  expect(canWithdraw(state)).toBe(withdrawable);
});
