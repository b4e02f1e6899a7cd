import { expect, test } from 'vitest';
import { errorOf, onGateway } from '../../testing/dial-table.ts';
import type { MediatrixAllowedRow, MediatrixMap } from './map.ts';

const map = (allowed: (string | MediatrixAllowedRow)[], refused: string[] = []): MediatrixMap => ({
  language: 'mediatrix',
  allowed: allowed.map((row) => (typeof row === 'string' ? { dtmfMap: row, transformation: 'x' } : row)),
  refused: refused.map((dtmfMap) => ({ dtmfMap })),
  interDtmfTimeoutMs: 4000,
});

test.each([
  [['112', 'x.T'], [], '112', ['112', 3, 0]],
  [['112', 'x.T'], [], '2001', ['2001', 4, 4000]],
  [['(112|911)', '2xxx'], [], '911', ['911', 3, 0]],
  [['2xxx'], [], '3', ['no-rule', 1, 0]],
  [['2xxx'], [], '20', ['incomplete', 2, 4000]],
  // Refused rows count before allowed ones.
  [['x.T'], ['1900x.T'], '19001', ['barred', 5, 4000]],
  [['1900'], ['1900'], '1900', ['barred', 4, 0]],
  [['0T', '00T'], [], '0', ['0', 1, 4000]],
  [['0T', '00T'], [], '00', ['00', 2, 4000]],
  [['0', '00'], [], '00', ['0', 1, 0]],
  [['[1-3]xA'], [], '12A', ['12A', 3, 0]],
])('%s refused %s: "%s"', (allowed, refused, keys, expected) => {
  expect(onGateway(map(allowed, refused), keys)).toEqual(expected);
});

test('x{#} is what was dialled without the end sign', () => {
  const rows: MediatrixAllowedRow[] = [
    { dtmfMap: 'x.T', transformation: 'x' },
    { dtmfMap: 'x.#', transformation: 'x{#}' },
  ];
  expect(onGateway(map(rows), '2001#')).toEqual(['2001', 5, 0]);
  expect(onGateway(map([{ dtmfMap: 'x.#', transformation: 'x' }]), '2001#')).toEqual(['2001#', 5, 0]);
});

test('an earlier row with T may hold a later one back: nobody has verified it', () => {
  expect(onGateway(map(['x.T', '112']), '112')).toEqual(['112', 3, 0]);
  expect(onGateway(map(['x.T', '112']), '112', 0, 1)).toEqual(['112', 3, 4000]);
});

test.each([
  [['1', '(2'], [], 2, 3, ')'],
  [['1'], ['y'], 1, 1, 'a digit, *, #, A to D, x, [, . or T'],
  [[''], [], 1, 1, 'a digit, *, #, x or ['],
  [['1T2'], [], 1, 3, '|, ) or the end: T is the last sign'],
  [['9Sx'], [], 1, 2, 'a map without the dial tone S (not verified)'],
  [['1'.repeat(128)], [], 1, 128, 'at most 127 characters'],
])('%s refused %s is wrong', (allowed, refused, ...error) => {
  expect(errorOf(map(allowed, refused))).toEqual(error);
});
