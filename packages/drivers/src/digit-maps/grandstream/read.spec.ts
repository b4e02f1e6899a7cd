import { expect, test } from 'vitest';
import { errorOf, onGateway } from '../../testing/dial-table.ts';
import type { GrandstreamMap } from './map.ts';

const map = (dialPlan: string, hashSends = true): GrandstreamMap => ({
  language: 'grandstream',
  dialPlan,
  noKeyEntryTimeoutS: 4,
  hashSends,
});

test.each([
  ['{ x+ | *x+ }', '2001', ['2001', 4, 4000]],
  ['{ x+ | *x+ }', '2001#', ['2001', 5, 0]],
  ['{ x+ | *x+ }', '*21', ['*21', 3, 4000]],
  ['{ x+ }', '*21', ['no-rule', 1, 0]],
  ['{112|xxxx}', '112', ['112', 3, 4000]],
  ['{112|[2-4]xxx}', '112', ['112', 3, 0]],
  ['{ xx+ }', '1', ['incomplete', 1, 4000]],
  // Excluded numbers are a veto, wherever the rule stands.
  ['{ x+ | ^1900x+ }', '19001', ['barred', 5, 4000]],
  ['{ ^1900x+ | x+ }', '19001', ['barred', 5, 4000]],
  ['{ ^1900x+ | x+ }', '1900', ['1900', 4, 4000]],
  ['{ <9=>112 | <9=>0xxx }', '9112', ['112', 4, 0]],
  ['{ <2=011>xx }', '234', ['01134', 3, 0]],
  ['{ <=1>xxx }', '234', ['1234', 3, 0]],
  ['{ <1=>xxx }', '1234', ['234', 4, 0]],
  ['{ [147]x | [x*]1 }', '41', ['41', 2, 0]],
  ['{ [x*]1 }', '*1', ['*1', 2, 0]],
  ['{ \\+x+ | xx }', '12', ['12', 2, 0]],
  ['{ a1 }', 'A1', ['A1', 2, 0]],
])('%s: "%s"', (dialPlan, keys, expected) => {
  expect(onGateway(map(dialPlan), keys)).toEqual(expected);
});

test('# is a key where it does not send', () => {
  expect(onGateway(map('{ x+# | x+ }', false), '12#')).toEqual(['12#', 3, 0]);
  expect(onGateway(map('{ x+# | x+ }'), '12#')).toEqual(['12', 3, 0]);
});

test('every number may wait for P85, and the last rule may rewrite: nobody has verified it', () => {
  expect(onGateway(map('{112}'), '112', 0, 1)).toEqual(['112', 3, 4000]);
  expect(onGateway(map('{ <=1>xxx | <=2>xxx }'), '234')).toEqual(['1234', 3, 0]);
  expect(onGateway(map('{ <=1>xxx | <=2>xxx }'), '234', 0, 2)).toEqual(['2234', 3, 0]);
});

test.each([
  ['x+', 1, '{'],
  ['{x+', 4, '}'],
  ['{}', 2, 'a digit, *, #, x, [, < or ^'],
  ['{x+|}', 5, 'a digit, *, #, x, [, < or ^'],
  ['{xx.}', 4, 'x+ (the meaning of . differs by product and is not verified)'],
  ['{xT}', 3, 'a rule without the timer T (not verified for HT8xx and GXW42xx)'],
  ['{9,x}', 3, 'a rule without the second dial tone (not verified for HT8xx and GXW42xx)'],
  ['{\\1}', 3, '+'],
  ['{<9:>x}', 4, 'a digit, *, # or ='],
  ['{<9=x}', 5, 'a digit, *, # or >'],
  ['{x} x', 5, 'the end'],
  ['{[2-x]}', 5, 'the end of a range of digits'],
])('"%s" is wrong', (dialPlan, position, expected) => {
  expect(errorOf(map(dialPlan))).toEqual([1, position, expected]);
});
