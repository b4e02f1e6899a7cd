import { expect, test } from 'vitest';
import { dialAudioCodes } from './audiocodes-map.ts';

test.for<[map: string, dialled: string, result: string]>([
  ['99|998', '998', '99 at-once'],
  ['99s|998', '998', '998 at-once'],
  ['99s|998', '99', '99 after-silence'],
  ['112|xxxx|x.T', '112', '112 at-once'],
  ['xxxx|x.T', '112', '112 after-silence'],
  ['112|2xxx', '200', 'rejects'],
  ['112|2xxx', '3', 'rejects'],
  ['[2-4]xx|x.T', '299', '299 at-once'],
  ['x.T', '12345#', '12345 at-once'],
  ['*x.s|x.T', '*72', '*72 after-silence'],
  ['x.T', '*72', 'rejects'],
  ['x.T', '123456789012', '1234567890 at-once'],
  ['', '2001', '2001 after-silence'],
  ['(112)', '112', 'rejects'],
  [Array.from({ length: 53 }, (_, n) => 100 + n).join('|'), '112', 'rejects'],
])('%s with %s: %s', ([map, dialled, expected]) => {
  const result = dialAudioCodes(map, dialled, 10);
  expect(result.outcome === 'sends' ? `${result.number} ${result.when}` : result.outcome).toBe(expected);
});
