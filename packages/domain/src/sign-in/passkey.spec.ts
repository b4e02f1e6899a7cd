import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCounterBehind } from './passkey.ts';

test.for([
  ['a device that does not count', 0, 0, false],
  ['the first count', 0, 1, false],
  ['one more', 7, 8, false],
  ['many more', 7, 2 ** 32 - 1, false],
  ['the same again', 7, 7, true],
  ['one less', 7, 6, true],
  ['one that counted, and does no more', 7, 0, true],
] as const)('%s: kept %i, shown %i', ([, kept, shown, expected]) =>
  expect(isCounterBehind(kept, shown)).toBe(expected),
);

test('of two signatures in the wrong order the second is behind', () => {
  const count = fc.integer({ min: 1, max: 2 ** 32 - 1 });
  fc.assert(fc.property(count, count, (one, other) => isCounterBehind(one, other) || isCounterBehind(other, one)));
});
