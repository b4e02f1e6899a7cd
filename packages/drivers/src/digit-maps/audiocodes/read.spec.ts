import { expect, test } from 'vitest';
import { errorOf, onGateway } from '../../testing/dial-table.ts';
import type { AudioCodesMap } from './map.ts';

const map = (digitMapping: string, part: Partial<AudioCodesMap> = {}): AudioCodesMap => ({
  language: 'audiocodes',
  digitMapping,
  maxDigits: 32,
  timeBetweenDigitsS: 4,
  numberMapTel2Ip: [],
  ...part,
});

test.each([
  // Without a timer the shorter alternative ends dialling, and the longer one is out of reach.
  ['99|998', '99', ['99', 2, 0]],
  ['99|998', '998', ['99', 2, 0]],
  ['99s|998', '998', ['998', 3, 0]],
  ['99s|998', '99', ['99', 2, 2000]],
  ['99S|998', '997', ['no-rule', 3, 0]],
  ['112|xx.T', '112', ['112', 3, 0]],
  ['112|xx.T', '2001', ['2001', 4, 4000]],
  ['112|xx.T', '2001#', ['2001', 5, 0]],
  ['xxxx', '20', ['incomplete', 2, 4000]],
  ['xxxx', '20#', ['incomplete', 3, 0]],
  // x is no star: "**" needs *x.s or a literal.
  ['xx', '**', ['no-rule', 1, 0]],
  ['*x.s', '*21', ['*21', 3, 2000]],
  ['[2-7]xx', '8', ['no-rule', 1, 0]],
  ['[2-7]xx', '712', ['712', 3, 0]],
  ['*21*x.#', '*21*123#', ['*21*123#', 8, 0]],
  ['9x.T', '9', ['9', 1, 4000]],
])('%s: "%s"', (digitMapping, keys, expected) => {
  expect(onGateway(map(digitMapping), keys)).toEqual(expected);
});

test('. at least once is the other reading', () => {
  expect(onGateway(map('9x.T'), '9', 0, 1)).toEqual(['incomplete', 1, 4000]);
  expect(onGateway(map('9x.T'), '91', 0, 1)).toEqual(['91', 2, 4000]);
});

test('MaxDigits ends dialling', () => {
  expect(onGateway(map('x.T', { maxDigits: 5 }), '1234567')).toEqual(['12345', 5, 0]);
});

test('the first row of the number map that fits changes the number', () => {
  const numberMapTel2Ip = [
    { destinationPrefix: '9112', removeFromLeft: 1, prefixToAdd: '' },
    { destinationPrefix: '9[1-2]', removeFromLeft: 2, prefixToAdd: '0' },
    { destinationPrefix: '9x', removeFromLeft: 1, prefixToAdd: '44' },
  ];
  const mapped = map('xx.T', { numberMapTel2Ip });
  expect(onGateway(mapped, '9112')[0]).toBe('112');
  expect(onGateway(mapped, '9234')[0]).toBe('034');
  expect(onGateway(mapped, '9512')[0]).toBe('44512');
  expect(onGateway(mapped, '2001')[0]).toBe('2001');
});

test.each([
  ['', 1, 1, 'a digit, *, #, x or ['],
  ['11|', 1, 4, 'a digit, *, #, x or ['],
  ['xTx', 1, 3, '| or the end: a timer is the last sign of an alternative'],
  ['1y', 1, 2, 'a digit, *, #, x, [, ., T, S or |'],
  ['[2-', 1, 4, 'the end of a range of digits'],
  ['[7-2]', 1, 4, 'the end of a range of digits'],
  ['[]', 1, 2, 'at least one key'],
  ['.x', 1, 1, 'a digit, *, #, x, [, ., T, S or |'],
  ['x'.repeat(153), 1, 153, 'at most 152 characters'],
  [Array.from({ length: 53 }, () => '1').join('|'), 1, 105, 'at most 52 alternatives'],
])('"%s" is wrong', (digitMapping, ...error) => {
  expect(errorOf(map(digitMapping))).toEqual(error);
});

test('a wrong row of the number map is named by its line', () => {
  const rows = [{ destinationPrefix: '9q', removeFromLeft: 1, prefixToAdd: '' }];
  expect(errorOf(map('x.T', { numberMapTel2Ip: rows }))?.slice(0, 2)).toEqual([2, 2]);
});
