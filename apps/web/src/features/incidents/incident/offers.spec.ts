import { expect, test } from 'vitest';
import { actionsShown, refusalOf } from './offers.ts';

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

test.for([
  ['open', ['acknowledge', 'assign', 'snooze']],
  ['acknowledged', ['withdraw', 'assign', 'snooze']],
  ['snoozed', ['acknowledge', 'assign', 'unsnooze']],
  ['resolved', []],
] as const)('%s: the buttons are %j, and each of them can do something', ([attention, shown]) => {
  expect(actionsShown(attention)).toEqual(shown);
  for (const action of shown) expect(refusalOf(action, { attention }, null)).toBeNull();
});
