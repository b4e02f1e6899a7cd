import { expect, test } from 'vitest';
import { spanStart } from './queries.ts';

const now = Date.parse('2026-11-23T12:00:42.500Z');

test.for([
  [undefined, undefined],
  ['1h', '2026-11-23T11:00:00.000Z'],
  ['24h', '2026-11-22T12:00:00.000Z'],
  ['7d', '2026-11-16T12:00:00.000Z'],
] as const)('events within %s begin at %s', ([span, from]) => {
  expect(spanStart(span, now)).toBe(from);
});
