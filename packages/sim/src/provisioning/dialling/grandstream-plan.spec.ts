import { expect, test } from 'vitest';
import { dialGrandstream } from './grandstream-plan.ts';

test.for<[plan: string, dialled: string, result: string]>([
  ['{ 112 | xxxx | x+ }', '112', '112 after-silence'],
  ['{ 112 | xxxx }', '112', '112 after-silence'],
  ['{ 112 | 2xxx }', '112', '112 at-once'],
  ['{ 112 | 2xxx }', '2001', '2001 at-once'],
  ['{ 112 | 2xxx }', '20015', '2001 at-once'],
  ['{ 112 | 2xxx }', '3', 'rejects'],
  ['{ 112 | 2xxx }', '200', 'rejects'],
  ['{ x+ | *x+ }', '*98', '*98 after-silence'],
  ['{ x+ }', '*98', 'rejects'],
  ['{ x+ }', '112#', '112 at-once'],
  ['{ <9=>x+ }', '95551', '5551 after-silence'],
  ['{ <=1>xxx }', '555', '1555 at-once'],
  ['{ <2=011>xx }', '233', '01133 at-once'],
  ['{ ^1900x+ | x+ }', '19005', 'barred'],
  ['{ ^1900x+ | x+ }', '1901', '1901 after-silence'],
  ['{ [3-5]xx | [147]x }', '312', '312 at-once'],
  ['{ xx+ }', '1', 'rejects'],
  // A plan that it does not understand is the default one.
  ['{ x+', '*98', '*98 after-silence'],
  ['{ 1(2) }', '555', '555 after-silence'],
])('%s with %s: %s', ([plan, dialled, expected]) => {
  const result = dialGrandstream(plan, dialled, { hashSends: true });
  expect(result.outcome === 'sends' ? `${result.number} ${result.when}` : result.outcome).toBe(expected);
});
