import { expect, test } from 'vitest';
import { refusalOf } from './offers.ts';

test.for([
  ['acknowledge', 'open', true],
  ['acknowledge', 'acknowledged', false],
  ['acknowledge', 'snoozed', true],
  ['withdraw', 'acknowledged', true],
  ['withdraw', 'open', false],
  ['snooze', 'open', true],
  ['snooze', 'snoozed', true],
  ['unsnooze', 'snoozed', true],
  ['unsnooze', 'acknowledged', false],
  ['assign', 'acknowledged', true],
  ['assign', 'resolved', false],
  ['acknowledge', 'resolved', false],
  ['comment', 'resolved', true],
] as const)('%s while %s: %s', ([action, attention, may]) => {
  expect(refusalOf(action, { attention }, null) === null).toBe(may);
});

test('a role that may nothing is told so, whatever the state', () => {
  expect(refusalOf('acknowledge', { attention: 'open' }, 'Your role')).toBe('Your role');
  expect(refusalOf('acknowledge', { attention: 'resolved' }, 'Your role')).toBe('Your role');
});
