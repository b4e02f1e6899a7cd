import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');

test.for<[string | string[] | undefined, number | null]>([
  [undefined, null],
  ['', null],
  ['120', 120_000],
  [' 5 ', 5_000],
  ['0', 0],
  [['7', '8'], 7_000],
  ['-3', null],
  ['1.5', null],
  ['2026', 2_026_000],
  ['Mon, 23 Nov 2026 12:01:00 GMT', 60_000],
  ['Monday, 23-Nov-26 12:01:00 GMT', 60_000],
  ['Mon, 23 Nov 2026 11:00:00 GMT', null],
  ['soon', null],
  ['Whenever, it suits you', null],
])('%j asks for %j ms', ([header, expected]) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});
