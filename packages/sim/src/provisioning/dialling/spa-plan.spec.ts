import { expect, test } from 'vitest';
import { dialSpa } from './spa-plan.ts';

test.for<[plan: string, dialled: string, result: string]>([
  ['(112S0|xxxx|x.)', '112', '112 at-once'],
  ['(112|xxxx|x.)', '112', '112 after-silence'],
  ['(112S0|xxxx)', '2001', '2001 at-once'],
  ['(112S0|2xxx)', '3', 'rejects'],
  ['(112S0|2xxx)', '200', 'rejects'],
  ['(*xx|x.)', '*72', '*72 at-once'],
  ['(01.)', '0', '0 after-silence'],
  ['(01.)', '0111', '0111 after-silence'],
  ['(<9:>xxxx)', '92001', '2001 at-once'],
  ['(<9:00>x.)', '9123', '00123 after-silence'],
  ['(<:1408>xxxxxxx)', '5551234', '14085551234 at-once'],
  ['(1900x.!|x.)', '19005', 'barred'],
  ['(S0<:2001>)', '', '2001 at-once'],
  ['(P5<:1000>|xxxx)', '', '1000 after-silence'],
  ['(P5<:1000>|xxxx)', '2345', '2345 at-once'],
  ['(9,xxx)', '9123', '9123 at-once'],
  ['L:8,S:4,([2-4]x|5x)', '31', '31 at-once'],
  ['([2-9]xx.)', '23', '23 after-silence'],
  ['(xxxx', '2001', 'rejects'],
])('%s with "%s": %s', ([plan, dialled, expected]) => {
  const result = dialSpa(plan, dialled);
  expect(result.outcome === 'sends' ? `${result.number} ${result.when}` : result.outcome).toBe(expected);
});
