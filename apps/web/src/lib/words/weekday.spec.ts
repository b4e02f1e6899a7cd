import { expect, test } from 'vitest';
import { listed, listedShort } from './list.ts';
import { weekdaysWords } from './weekday.ts';

test.for([
  [[1, 2, 3, 4, 5, 6, 7], 'every day'],
  [[5, 4, 3, 2, 1], 'Monday to Friday'],
  [[6, 7], 'Saturday and Sunday'],
  [[1, 4], 'Monday and Thursday'],
  [[1, 3, 5], 'Monday, Wednesday and Friday'],
  [[3], 'Wednesday'],
  [[3, 3], 'Wednesday'],
  [[], 'no day'],
] as const)('days %j are "%s"', ([days, words]) => {
  expect(weekdaysWords(days)).toBe(words);
});

test.for([
  [[], ''],
  [['A'], 'A'],
  [['A', 'B'], 'A or B'],
  [['A', 'B', 'C'], 'A, B or C'],
] as const)('%j are listed as "%s"', ([parts, words]) => {
  expect(listed(parts, 'or')).toBe(words);
});

test('a list too long says how many are left', () => {
  expect(listedShort(['A', 'B', 'C'], 'and')).toBe('A, B and C');
  expect(listedShort(['A', 'B', 'C', 'D', 'E'], 'and')).toBe('A, B and 3 others');
});
