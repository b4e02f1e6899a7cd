import { expect, test } from 'vitest';
import { errorOf, onGateway } from '../../testing/dial-table.ts';
import type { VegaMap } from './map.ts';

const map = (plans: [string, string][], dialDigit: '#' | null = '#'): VegaMap => ({
  language: 'vega',
  plans: plans.map(([telephone, destination]) => ({ telephone, destination })),
  dialTimeoutS: 5,
  dialDigit,
});

test.each([
  [[['<.*>', '<1>']], '2001', ['2001', 4, 5000]],
  [[['<.*>', '<1>']], '2001#', ['2001', 5, 0]],
  [[['9<.*>', '<1>']], '92001', ['2001', 5, 5000]],
  [[['9<.*>', '0<1>']], '92001', ['02001', 5, 5000]],
  [
    [
      ['<112>', '<1>'],
      ['<.*>', '0<1>'],
    ],
    '112',
    ['112', 3, 5000],
  ],
  [[['<[2-4]...>', '<1>']], '2001', ['2001', 4, 5000]],
  [[['<[2-4]...>', '<1>']], '1', ['no-rule', 1, 0]],
  [[['(2001)', '5550001']], '2001', ['5550001', 4, 5000]],
  [[['20<(.*)>', '<1>']], '201', ['1', 3, 5000]],
  [[['2001', '5550001']], '2001', ['5550001', 4, 5000]],
] as [[string, string][], string, unknown][])('%s: "%s"', (plans, keys, expected) => {
  expect(onGateway(map(plans), keys)).toEqual(expected);
});

test('order of plans and the end of dialling are not verified: every combination is a reading', () => {
  const overlapping: [string, string][] = [
    ['<...>', '0<1>'],
    ['<112>', '<1>'],
  ];
  expect([0, 1, 2, 3].map((reading) => onGateway(map(overlapping), '112', 0, reading))).toEqual([
    ['0112', 3, 5000],
    ['0112', 3, 0],
    ['112', 3, 5000],
    ['112', 3, 0],
  ]);
});

test.each([
  [[['1<', '<1>']], 1, 3, '>'],
  [[['(1', '1']], 1, 3, ')'],
  [[['1)', '1']], 1, 2, 'a digit, *, #, ., [, < or >'],
  [[['<1>2', '<1>']], 1, 4, 'the end after >'],
  [[['1', '<1>']], 1, 1, '< > around what the destination repeats'],
  [[['<1>', '<2>']], 1, 2, '1'],
  [[['.*<1>', '<1>']], 1, 3, '< before any repetition'],
  [
    [
      ['1', '2'],
      ['', '1'],
    ],
    2,
    1,
    'a digit, *, #, ., [ or <',
  ],
] as [[string, string][], number, number, string][])('%s is wrong', (plans, ...error) => {
  expect(errorOf(map(plans))).toEqual(error);
});
