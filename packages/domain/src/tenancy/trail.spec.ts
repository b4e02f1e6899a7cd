import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contradictedBy, type TrailHead } from './trail.ts';

const hashOf = (seq: number) => `hash of ${seq}`;
const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ seq: index + 1, hash: hashOf(index + 1) }));
const head = (seq: number, more: Partial<TrailHead> = {}): TrailHead => ({
  seq,
  hash: hashOf(seq),
  signed: true,
  ...more,
});

test.for<[string, number, TrailHead[], number | null]>([
  ['no head', 3, [], null],
  ['heads that say what there is', 3, [head(1), head(3)], null],
  ['a later entry than the last head', 5, [head(3)], null],
  ['a trail that was written anew', 3, [head(2, { hash: 'another' })], 2],
  ['a trail that was cut', 3, [head(1), head(4)], 4],
  ['a head that nobody signed', 3, [head(2, { signed: false })], 2],
  ['the first of several', 3, [head(2, { hash: 'x' }), head(3, { hash: 'y' })], 2],
])('%s: %i entries', ([, count, heads, expected]) => expect(contradictedBy(entries(count), heads)).toBe(expected));

test('cut anywhere before its last head, a trail is contradicted', () => {
  const cuts = fc.integer({ min: 1, max: 50 }).chain((signed) => fc.tuple(fc.constant(signed), fc.nat(signed - 1)));
  fc.assert(fc.property(cuts, ([signed, left]) => contradictedBy(entries(left), [head(signed)]) === signed));
});
