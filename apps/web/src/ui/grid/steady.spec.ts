import { expect, test } from 'vitest';
import { steady } from './steady.ts';

const rows = (text: string) => text.split(' ').filter((one) => one !== '');
/** A row is a key and its contents. */
const keyOf = (row: string) => row[0]!;

test.for([
  ['nothing changed', 'a b c', 'a b c', 'a b c', 0],
  ['new contents stand at once', 'a1 b1', 'a1 b2', 'a1 b2', 0],
  ['rows that change places keep theirs', 'a1 b1 c1', 'c2 a1 b1', 'a1 b1 c2', 0],
  ['a new one above waits', 'a b', 'n a b', 'a b', 1],
  ['new ones between wait', 'a b', 'a n m b', 'a b', 2],
  ['what left stays', 'a b c', 'a c', 'a b c', 0],
  ['the next page follows', 'a b', 'a b c d', 'a b c d', 0],
  ['a new one above waits, and the next page follows', 'a b', 'n a b c', 'a b c', 1],
  ['all left: what is there follows', 'a', 'b', 'a b', 0],
  ['nothing was shown', '', 'a b', 'a b', 0],
] as const)('%s', ([, shown, now, expected, waiting]) => {
  expect(steady(rows(shown), rows(now), keyOf)).toEqual({ rows: rows(expected), waiting });
});
