import { expect, test } from 'vitest';
import { moved } from './moved.ts';

test.for([
  [0, 1, ['b', 'a', 'c']],
  [2, 0, ['c', 'a', 'b']],
  [0, -1, ['a', 'b', 'c']],
  [2, 3, ['a', 'b', 'c']],
  [7, 0, ['a', 'b', 'c']],
] as const)('moved from %i to %i', ([from, to, expected]) => {
  expect(moved(['a', 'b', 'c'], from, to)).toEqual(expected);
});
