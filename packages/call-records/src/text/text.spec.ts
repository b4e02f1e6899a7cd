import { CALL_TEXT_MAX } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { csvRow } from './csv-row.ts';
import { inert } from './inert.ts';
import { clockFirst, localMs } from './instant.ts';

describe('a text of a device is inert', () => {
  test.for([
    ['a terminal escape', '\u001B[2J\u001B]0;x\u0007', '\uFFFD[2J\uFFFD]0;x\uFFFD'],
    ['a C1 control', 'a\u009B31mb', 'a\uFFFD31mb'],
    ['a null', 'a\0b', 'a\uFFFDb'],
    ['a new line in a log', '202\r\nlevel=error', '202\uFFFD\uFFFDlevel=error'],
    ['a turned text', '\u202E321\u2066', '\uFFFD321\uFFFD'],
    ['invisible letters', '2\u200B0\u00AD2', '2\uFFFD0\uFFFD2'],
    ['half a letter', '\uD83D202', '\uFFFD202'],
    ['a whole letter of two halves', '📞 202', '📞 202'],
    ['a separator of lines', 'a\u2028b', 'a\uFFFDb'],
    ['only spaces', '   ', null],
    ['nothing', undefined, null],
    // Harmless as text; pages and files escape them where they are shown.
    ['a tag', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['a formula', '=cmd|calc', '=cmd|calc'],
  ] as const)('%s', ([, text, expected]) => {
    expect(inert(text)).toBe(expected);
  });

  test('and of bounded length', () => {
    expect(inert('x'.repeat(10_000))).toHaveLength(CALL_TEXT_MAX);
    expect(inert('📞'.repeat(10_000))?.isWellFormed()).toBe(true);
  });
});

describe('a time', () => {
  test.for([
    ['18:57:52.320  UTC Mon Dec 05 2022', Date.UTC(2022, 11, 5, 18, 57, 52, 320), null],
    ['*10:14:59.2 GMT Thu Feb 29 2024', Date.UTC(2024, 1, 29, 10, 14, 59, 200), null],
    ['10:14:59 +05:30 Thu Jan 1 2026', Date.UTC(2026, 0, 1, 4, 44, 59), null],
    ['10:14:59 UTC-3 Thu Jan 1 2026', Date.UTC(2026, 0, 1, 13, 14, 59), null],
    ['10:14:59.214 CET Thu Dec 16 2010', null, 'zone-not-known'],
    ['10:14:59.214 UTC Thu Feb 29 2026', null, 'invalid-value'],
    ['10:14:59.214 UTC Thu Jan 01 1970', null, 'invalid-value'],
    ['25:14:59.214 UTC Thu Dec 16 2010', null, 'invalid-value'],
    ['yesterday', null, 'invalid-value'],
    ['', null, 'not-sent'],
  ] as const)('%s', ([text, ms, reason]) => {
    expect(clockFirst(text)).toEqual({ ms, reason });
  });

  test.for([
    ['2023-07-26 01:51:32', Date.UTC(2023, 6, 26, 1, 51, 32)],
    ['2020/2/10 22:41', Date.UTC(2020, 1, 10, 22, 41)],
    ['2023-13-26 01:51:32', null],
    ['', null],
  ] as const)('without a zone: %s', ([text, ms]) => {
    expect(localMs(text)).toBe(ms);
  });
});

test.for([
  ['a,b,', ['a', 'b', '']],
  ['"a ""b"", c",d', ['a "b", c', 'd']],
  ['""""" <x>",b', ['"" <x>', 'b']],
  ['"open', null],
  ['a"b,c', ['a"b', 'c']],
] as const)('the cells of %s', ([line, cells]) => {
  expect(csvRow(line)).toEqual(cells);
});
