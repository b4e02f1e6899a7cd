import { expect, test } from 'vitest';
import { errorOf, onGateway } from '../../testing/dial-table.ts';
import type { PattonMap, PattonRoute } from './map.ts';

const map = (...routes: (string | [string, PattonRoute['mapping']])[]): PattonMap => ({
  language: 'patton',
  digitCollectionTimeoutS: 5,
  addressCompletionTimeoutS: 12,
  routes: routes.map((route) =>
    typeof route === 'string' ? { key: route, mapping: null } : { key: route[0], mapping: route[1] },
  ),
});

test.each([
  [['112$', '.T'], '112', ['112', 3, 0]],
  [['112$', '.T'], '2001', ['2001', 4, 5000]],
  [['112$', '.T'], '2001#', ['2001', 5, 0]],
  [['.T3'], '2001', ['2001', 4, 3000]],
  [['.T3,*'], '2001*', ['2001', 5, 0]],
  // A key without $ matches what begins with it: 112 takes 1125.
  [['112', '1125$'], '1125', ['112', 3, 0]],
  [['112$'], '11', ['incomplete', 2, 12_000]],
  [['[58]..$'], '512', ['512', 3, 0]],
  [['[^01]..$'], '012', ['no-rule', 1, 0]],
  [['0(12)?3$'], '0123', ['0123', 4, 0]],
  [['1#2$'], '1#2', ['1#2', 3, 0]],
  [['default'], '2001', ['2001', 4, 5000]],
  [['2...$', 'default'], '2001', ['2001', 4, 0]],
  [['.%T'], '2001', ['2001', 4, 5000]],
])('%s: "%s"', (routes, keys, expected) => {
  expect(onGateway(map(...routes), keys)).toEqual(expected);
});

test('a mapping drops keys and puts others in front; the most explicit route counts', () => {
  const routes: [string, PattonRoute['mapping']][] = [
    ['.T', null],
    ['9T', { from: '9(.%)', to: '\\1' }],
    ['900T', { from: '900(.%)', to: '+\\1' }],
  ];
  expect(onGateway(map(...routes), '91234')[0]).toBe('1234');
  expect(onGateway(map(...routes), '900491')[0]).toBe('+491');
  expect(onGateway(map(...routes), '81234')[0]).toBe('81234');
});

test('a route that could match more may hold a shorter one back: nobody has verified it', () => {
  expect(onGateway(map('112$', '.T'), '112', 0, 1)).toEqual(['112', 3, 5000]);
  expect(onGateway(map('112', '1125$'), '1125', 0, 1)).toEqual(['1125', 4, 5000]);
});

test.each([
  [['1', '9q'], 2, 2, 'a digit, *, #, ., [, (, ?, %, +, T or $'],
  [['.T3,'], 1, 5, 'the key that ends dialling'],
  [['.T3x'], 1, 4, 'the end'],
  [['1$2'], 1, 3, 'the end'],
])('%s is wrong', (routes, ...error) => {
  expect(errorOf(map(...routes))).toEqual(error);
});

test('a mapping that is not evaluated is an error, not a guess', () => {
  expect(errorOf(map(['9T', { from: '9(.+)', to: '\\1' }]))?.[1]).toBe(4);
  expect(errorOf(map(['9T', { from: '9(.%)', to: '\\2' }]))?.[1]).toBe(2);
});
