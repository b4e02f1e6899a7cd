import { expect, test } from 'vitest';
import { minutesWords } from './minutes.ts';

test.for([
  [1, '1 minute'],
  [90, '1 hour and 30 minutes'],
  [1440, '1 day'],
  [1561, '1 day, 2 hours and 1 minute'],
  [0, 'no time'],
] as const)('%i minutes are "%s"', ([minutes, words]) => {
  expect(minutesWords(minutes)).toBe(words);
});
