import { expect, test } from 'vitest';
import { errorOf, onGateway } from '../../testing/dial-table.ts';
import type { EltexMap } from './map.ts';

const map = (dialPlan: string): EltexMap => ({ language: 'eltex', dialPlan });

test.each([
  ['L8 S4 (112|2xxx)', '112', ['112', 3, 0]],
  ['L8 S4 (112|x+)', '112', ['112', 3, 4000]],
  ['L8S4(112|2xxx)', '20', ['incomplete', 2, 8000]],
  // L2 of the rule does not shorten what another rule needs.
  ['L8 S4 (L2 112|2xxx)', '11', ['incomplete', 2, 8000]],
  ['L8 S4 (S1 112|x+)', '112', ['112', 3, 1000]],
  ['L8 S4 (<9:>0xx|1900x.!|1x.)', '9012', ['012', 4, 0]],
  ['L8 S4 (1900x.!|1x.)', '19001', ['barred', 5, 4000]],
  ['L8 S4 (x{2,3})', '12', ['12', 2, 4000]],
  ['L8 S4 (x{2,3})', '123', ['123', 3, 0]],
  ['L8 S4 (x{,3})', '1', ['1', 1, 4000]],
  ['L8 S4 (00x+T)', '0012', ['0012', 4, 8000]],
  ['L8 S4 (00x+S)', '0012', ['0012', 4, 4000]],
  ['L8 S4 ([1-39]X)', '91', ['91', 2, 0]],
  ['L8 S4 (x+)', '12#', ['12', 3, 0]],
  // Where the plan uses #, it ends dialling nowhere.
  ['L8 S4 (x+|*1#)', '12#', ['no-rule', 3, 0]],
  ['L8 S4 (9,0xx)', '9012', ['9012', 4, 0]],
])('%s: "%s"', (dialPlan, keys, expected) => {
  expect(onGateway(map(dialPlan), keys)).toEqual(expected);
});

test.each([
  ['(112)', 1, 'L and S with their seconds'],
  ['L8 (112)', 4, 'L and S with their seconds'],
  ['L8 S4 112', 7, '('],
  ['L8 S4 (112', 11, ')'],
  ['L8 S4 ()', 8, 'a digit, *, #, X, [ or <'],
  ['L8 S4 (x{2,})', 12, 'a largest count ({a,} is not verified)'],
  ['L8 S4 (x{3,2})', 12, 'a largest count of at most 32, not below the smallest'],
  ['L8 S4 (1@host)', 9, 'a rule without @ (destinations are not evaluated)'],
  ['L8 S4 (1!2)', 10, '| or ): ! is the last sign of a rule'],
  [`L8 S4 (${'1'.repeat(1000)})`, 1001, 'at most 1000 characters'],
])('"%s" is wrong', (dialPlan, position, expected) => {
  expect(errorOf(map(dialPlan))).toEqual([1, position, expected]);
});
