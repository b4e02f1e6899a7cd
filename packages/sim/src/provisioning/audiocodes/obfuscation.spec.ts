import fc from 'fast-check';
import { expect, test } from 'vitest';
import { obfuscated, revealed } from './obfuscation.ts';

test('an obfuscated secret comes back, and the empty one looks as on a unit', () => {
  expect(obfuscated('')).toBe('$1$gQ==');
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(revealed(obfuscated(text))).toBe(text);
    }),
  );
});
