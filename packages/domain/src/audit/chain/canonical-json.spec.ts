import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test('the example of RFC 8785, section 3.2.2 and 3.2.3', () => {
  const given = JSON.parse(
    '{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001], "string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}',
  );
  expect(canonicalJson(given)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('keys are in the order of their UTF-16 code units (RFC 8785, section 3.2.3)', () => {
  const given = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
  expect(Object.values(JSON.parse(canonicalJson(given)))).toHaveLength(7);
  expect([...canonicalJson(given).matchAll(/:(\d)/g)].map(([, value]) => value).join('')).toBe('2467153');
});

test.for([
  ['a number that is none', Number.NaN],
  ['infinity', Infinity],
  ['undefined', { a: undefined }],
  ['a function', () => 1],
  ['half of a surrogate pair', '\ud800'],
  ['half of a surrogate pair in a key', { '\udc00': 1 }],
  ['a bigint', 1n],
] as const)('%s is refused', ([, value]) => expect(() => canonicalJson(value)).toThrow(RangeError));

test('the order of keys makes no difference, and the value stays', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(reversed(value))).toBe(text);
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
