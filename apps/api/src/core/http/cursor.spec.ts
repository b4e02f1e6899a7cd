import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor, likePattern, page } from './cursor.ts';
import { ProblemError } from './problem-error.ts';

const ID = '3f9c1c1e-6a3f-4d8e-9d0a-0f1e2d3c4b5a';

test('a cursor decodes to its values', () => {
  expect(decodeCursor(encodeCursor(['Zürich', ID, 7]), ['text', 'uuid', 'integer'])).toEqual(['Zürich', ID, 7]);
  expect(decodeCursor(undefined, ['text'])).toBeNull();
});

test.for([
  ['another number of values', encodeCursor(['a']), ['text', 'uuid']],
  ['an id that is none', encodeCursor(['a', 'b']), ['text', 'uuid']],
  ['a text that cannot be stored', encodeCursor(['a\0']), ['text']],
  ['a time that is none', encodeCursor(['2026-13-45T00:00:00Z']), ['instant']],
  ['a number that is no whole one', encodeCursor([1.5]), ['integer']],
  ['a number that no column holds', encodeCursor([2 ** 40]), ['integer']],
  ['not JSON', 'abc', ['text']],
  ['not base64', '%%%', ['text']],
] as const)('%s is refused by name', ([, cursor, kinds]) => {
  expect(() => decodeCursor(cursor, kinds)).toThrow(ProblemError);
});

test('an invalid cursor is refused or harmless, never an internal error', () => {
  fc.assert(
    fc.property(fc.string(), (noise) => {
      try {
        const values = decodeCursor(noise, ['uuid']);
        return values === null || values.length === 1;
      } catch (error) {
        return error instanceof ProblemError;
      }
    }),
  );
});

test('the row after the page makes the cursor and is not shown', () => {
  const cut = page([1, 2, 3], 2, (row) => [row]);
  expect(cut.items).toEqual([1, 2]);
  expect(decodeCursor(cut.nextCursor!, ['integer'])).toEqual([2]);
  expect(page([1, 2], 2, (row) => [row]).nextCursor).toBeNull();
});

test('wildcards in a search are literal', () => {
  expect(likePattern('50%_\\')).toBe('%50\\%\\_\\\\%');
  expect(likePattern('')).toBeNull();
});
