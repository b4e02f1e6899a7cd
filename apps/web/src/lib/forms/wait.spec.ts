import { expect, test } from 'vitest';
import { minutesOf, numberOf, waitOf } from './wait.ts';

test.for([
  [0, '0', 'minutes'],
  [45, '45', 'minutes'],
  [90, '90', 'minutes'],
  [120, '2', 'hours'],
  [2880, '2', 'days'],
] as const)('%i minutes are written %s %s, and read back the same', ([minutes, wait, unit]) => {
  expect(waitOf(minutes)).toEqual({ wait, unit });
  expect(minutesOf(wait, unit)).toBe(minutes);
});

test('a decimal comma is understood, and what is no number is NaN', () => {
  expect(minutesOf('1,5', 'hours')).toBe(90);
  expect(numberOf(' ')).toBeNaN();
  expect(numberOf('soon')).toBeNaN();
});
