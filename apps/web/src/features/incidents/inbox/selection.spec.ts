import { expect, test } from 'vitest';
import { isSelected, NOTHING, selectedCount, type Selection, shownState, toggle, toggleShown } from './selection.ts';

const shown = ['a', 'b', 'c'];
const all: Selection = { kind: 'all' };

test('a row is ticked and unticked', () => {
  const one = toggle(NOTHING, 'b', shown);
  expect([isSelected(one, 'b'), shownState(one, shown), selectedCount(one, shown, 57)]).toEqual([true, 'some', 1]);
  expect(toggle(one, 'b', shown)).toEqual(NOTHING);
});

test('the box on top ticks all rows in sight, then none', () => {
  const every = toggleShown(toggle(NOTHING, 'a', shown), shown);
  expect([shownState(every, shown), selectedCount(every, shown, 57)]).toEqual(['all', 3]);
  expect(toggleShown(every, shown)).toEqual(NOTHING);
});

test('all that match counts those not loaded, and unticking one leaves those in sight', () => {
  expect([shownState(all, shown), selectedCount(all, shown, 57)]).toEqual(['all', 57]);
  expect(selectedCount(toggle(all, 'b', shown), shown, 57)).toBe(2);
});

test('rows that left the list are not counted, though they come back ticked', () => {
  const two = toggle(toggle(NOTHING, 'a', shown), 'b', shown);
  expect(selectedCount(two, ['b', 'c'], 2)).toBe(1);
  expect(selectedCount(two, shown, 3)).toBe(2);
});

test('nothing in sight is nothing ticked', () => {
  expect([shownState(all, []), selectedCount(all, [], 0)]).toEqual(['none', 0]);
});
