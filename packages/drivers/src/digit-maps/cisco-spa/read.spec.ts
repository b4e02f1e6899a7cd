import { expect, test } from 'vitest';
import { errorOf, onGateway } from '../../testing/dial-table.ts';
import type { CiscoSpaMap } from './map.ts';

const map = (dialPlan: string): CiscoSpaMap => ({ language: 'cisco-spa', dialPlan });

test.each([
  ['(112S0|xxxx|x.)', '112', ['112', 3, 0]],
  ['(112|xxxx|x.)', '112', ['112', 3, 3000]],
  ['(112|xxxx)', '112', ['112', 3, 3000]],
  ['(112|2xxx)', '112', ['112', 3, 0]],
  ['(112|2xxx)', '11', ['incomplete', 2, 10_000]],
  ['L:8,S:4,(112|x.)', '112', ['112', 3, 4000]],
  ['L:8,S:4,(112|2xx)', '20', ['incomplete', 2, 8000]],
  ['(112|2xxx)', '13', ['no-rule', 2, 0]],
  // . is the element before it, zero or more times.
  ['(01.)', '0', ['0', 1, 3000]],
  ['(01.)', '0111', ['0111', 4, 3000]],
  ['(<9:>0xxx|<:44>7xx)', '9012', ['incomplete', 4, 10_000]],
  ['(<9:>0xxx|<:44>7xx)', '90123', ['0123', 5, 0]],
  ['(<9:>0xxx|<:44>7xx)', '712', ['44712', 3, 0]],
  ['(9,0xx|*xx)', '9012', ['9012', 4, 0]],
  ['(1900x.!|1xxx.)', '19001', ['barred', 5, 3000]],
  ['(1900!|2xxx)', '1900', ['barred', 4, 0]],
  ['(1xS7|1xx)', '12', ['12', 2, 7000]],
  ['(S0<:12125551234>)', '9', ['12125551234', 0, 0]],
  ['(P5<:1000>|xxxx)', '2001', ['2001', 4, 0]],
  ['(P5<:1000>|xxxx)', '', ['1000', 0, 5000]],
  ['(xx#)', '12#', ['12#', 3, 0]],
  ['(xx.)', '12#', ['no-rule', 3, 0]],
])('%s: "%s"', (dialPlan, keys, expected) => {
  expect(onGateway(map(dialPlan), keys)).toEqual(expected);
});

test('a sequence that bars may count before an earlier one: nobody has verified it', () => {
  expect(onGateway(map('(1xxxx|1900x!)'), '19001')[0]).toBe('19001');
  expect(onGateway(map('(1xxxx|1900x!)'), '19001', 0, 1)[0]).toBe('barred');
});

test.each([
  ['', 1, '('],
  ['(', 2, 'a digit, *, #, x, [, < or a timer'],
  ['(1|)', 4, 'a digit, *, #, x, [, < or a timer'],
  ['(1', 3, ')'],
  ['(1)2', 4, 'the end'],
  ['(1!2)', 4, '| or ): ! is the last sign of a sequence'],
  ['(Sx)', 3, 'seconds'],
  ['(<9>)', 4, 'a digit, *, # or :'],
  ['(x.<9:>1)', 4, 'a substitution before any repetition'],
  ['L8,(1)', 2, ':'],
  [`(${'1'.repeat(2050)})`, 2048, 'at most 2047 characters'],
])('"%s" is wrong', (dialPlan, position, expected) => {
  expect(errorOf(map(dialPlan))).toEqual([1, position, expected]);
});
