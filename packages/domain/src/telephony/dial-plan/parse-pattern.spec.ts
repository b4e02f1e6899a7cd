import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePattern } from './parse-pattern.ts';
import { maxKeys, minKeys, PATTERN_KEYS_MAX, type PatternElement, patternText } from './pattern.ts';

test.each([
  ['9|0[2-7]xxxxxxxx', 1, '9|0[2-7]xxxxxxxx'],
  ['112', 0, '112'],
  ['*6x', 0, '*6x'],
  ['x x x', 0, 'xxx'],
  ['x{4}', 0, 'xxxx'],
  ['90x{2,5}', 0, '90x{2,5}'],
  ['900|x+', 3, '900|x+'],
  ['[3215]', 0, '[1-35]'],
  ['[*0-9#]', 0, '[0-9*#]'],
  ['99|9x', 2, '99|9x'],
  ['0{0,1}1', 0, '0{0,1}1'],
  ['xx|x', 2, 'xx|x'],
])('"%s" strips %i keys and is written "%s"', (text, strip, written) => {
  const parsed = parsePattern(text);
  expect(parsed).toMatchObject({ ok: true, strip });
  if (!parsed.ok) return;
  expect(patternText(parsed.pattern, parsed.strip)).toBe(written);
  expect(parsePattern(written)).toEqual(parsed);
});

test.each([
  ['', 1, 'a pattern of at least one key', null],
  ['11a', 3, 'a key (0 to 9, * or #), x, [ or |', 'a'],
  ['1[2-', 5, 'a digit from 2 to 9', null],
  ['1[', 3, ']', null],
  ['1[2', 4, ']', null],
  ['1[]', 3, 'at least one key', ']'],
  ['1[7-2]', 5, 'a digit from 7 to 9', '2'],
  ['1[*-5]', 5, 'a digit from * to 9', '5'],
  ['1[a]', 3, 'a key (0 to 9, * or #) or ]', 'a'],
  ['x{', 3, 'a count such as {3}, {2,5} or {2,}', null],
  ['x{5,2}', 3, 'a count of at least 1, the smaller one first', '5'],
  ['x{0}', 3, 'a count of at least 1, the smaller one first', '0'],
  ['x{33}', 3, 'a count of at most 32', '3'],
  ['x{0,}', 6, 'a pattern of at least one key', null],
  ['9|1|2', 4, 'only one strip mark |', '|'],
  ['|9', 1, 'a fixed number of keys before |', '|'],
  ['9+|1', 3, 'a fixed number of keys before |', '|'],
  ['x{20}y', 6, 'a key (0 to 9, * or #), x, [ or |', 'y'],
  ['x{20}1{20}', 11, 'a pattern of at most 32 keys', null],
  ['1'.repeat(300), 201, 'at most 200 characters', '1'],
])('"%s" fails at %i: expected %s', (text, position, expected, found) => {
  expect(parsePattern(text)).toEqual({ ok: false, error: { position, expected, found } });
});

const element: fc.Arbitrary<PatternElement> = fc
  .record({ keys: fc.integer({ min: 1, max: 0xfff }), min: fc.integer({ min: 0, max: 4 }), more: fc.option(fc.nat(3)) })
  .map(({ keys, min, more }) => ({ keys, min, max: more === null ? null : Math.max(1, min + more) }));

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.array(element, { minLength: 1, maxLength: 6 }), (elements) => {
      fc.pre(minKeys(elements) > 0 && (maxKeys(elements) ?? 0) <= PATTERN_KEYS_MAX);
      fc.pre(elements.every(({ keys }, index) => keys !== elements[index + 1]?.keys));
      expect(parsePattern(patternText(elements))).toEqual({ ok: true, pattern: elements, strip: 0 });
    }),
    { numRuns: 500 },
  );
});

test('any text gives a pattern or a place inside it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0129*#x[]{},-+| a'), maxLength: 40 }), (text) => {
      const parsed = parsePattern(text);
      if (parsed.ok) expect(minKeys(parsed.pattern)).toBeGreaterThan(0);
      else expect(parsed.error.position).toBeLessThanOrEqual(text.length + 1);
    }),
    { numRuns: 2000 },
  );
});
