import { expect, test } from 'vitest';
import { bytesOf } from '../testing/config-format-checks.ts';
import { CONFIG_FORMATS } from './formats.ts';
import type { ConfigFormatId } from './format.ts';

const BYTES = 1024 * 1024;
/** Lines of what is hostile by its lines; at most 50,000 are read. */
const LINES = 20_000;
const filled = (begin: string, unit: string, end = '') => {
  const most = unit.includes('\n') ? LINES / unit.split('\n').length : BYTES;
  return begin + unit.repeat(Math.min(BYTES / unit.length, most)) + end;
};

/** Lines that are indented further and further, then again. */
const stairs = (begin: string) => {
  const flight = Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a b`).join('\n');
  return begin + `${flight}\n`.repeat(BYTES / flight.length);
};

/**
 * Each has a megabyte, or as many lines as are read. A pass that is quadratic in characters takes 10^12 steps, and one
 * that tries again what failed never ends: both run into the time limit of the test. What is checked is that each is
 * accepted or refused as expected.
 */
test.for<[string, ConfigFormatId, string, boolean]>([
  ['elements in elements', 'grandstream-xml', filled('<gs_provision>', '<a>'), false],
  ['begins of comments', 'grandstream-xml', filled('<gs_provision>', '<!-- '), false],
  ['ampersands', 'grandstream-xml', filled('<gs_provision><config><P1>', '&'), false],
  ['entities', 'grandstream-xml', filled('<gs_provision><config><P1>', '&amp;', '</P1></config></gs_provision>'), true],
  ['attributes', 'grandstream-xml', filled('<gs_provision', ' a'), false],
  ['spaces in a tag', 'grandstream-xml', filled('<gs_provision', ' ', '/>'), false],
  [
    'values of one key',
    'grandstream-xml',
    filled('<gs_provision><config>', '<P1>0</P1>\n', '</config></gs_provision>'),
    true,
  ],
  ['nothing in a value', 'cisco-flat-profile', filled('<flat-profile><A>', ' \n', '</A></flat-profile>'), true],
  ['a comment', 'cisco-flat-profile', filled('<flat-profile><!--', ' <A', '--></flat-profile>'), true],
  ['comments', 'cisco-flat-profile', filled('<flat-profile>', '<!-- <A></B> -->\n', '</flat-profile>'), true],
  ['titles', 'audiocodes-ini', filled('[a]\n', '[ a ]\n'), true],
  ['ends of tables', 'audiocodes-ini', filled('[a]\n', '[ \\a ]\n'), false],
  ['commas', 'audiocodes-ini', filled('[a]\nFORMAT a_Index = ', 'b,', ';\n[ \\a ]\n'), false],
  ['spaces in a row', 'audiocodes-ini', filled('[a]\nFORMAT a_Index = b;\na 0 = ', ' ', ';\n[ \\a ]\n'), true],
  ['remarks', 'audiocodes-ini', filled('a = 1\n', ';  *** TABLE a *** \n'), true],
  ['equals signs', 'audiocodes-ini', filled('a = 1\nb', '='), true],
  ['brackets', 'mediatrix-script', filled('A.B = "1"\nA', '['), false],
  ['points', 'mediatrix-script', filled('A.B = "1"\nA', '.a'), true],
  ['backslashes', 'mediatrix-script', filled('A.B = "', '\\', '"'), true],
  ['commands', 'mediatrix-script', filled('A.B = "1"\n', 'A.InsertRow\n'), true],
  ['a path', 'sangoma-vega', filled('set .a', '.a'), false],
  ['lists', 'sangoma-vega', filled('set .a="1"\n', 'purge .a\ncp .a.1\n'), true],
  ['stairs', 'patton-trinity', stairs('cli version 4.00\n'), true],
  ['one command', 'patton-smartware', filled('cli version 3.20\n', 'a\n'), true],
  ['words', 'patton-smartware', filled('cli version 3.20\n', 'registrar '), true],
  ['banners', 'cisco-ios', filled('hostname a\n', 'banner motd ^C\n^C\n'), true],
  ['stairs', 'cisco-ios', stairs('hostname a\n'), true],
  ['remarks', 'cisco-ios', filled('hostname a\n', '!\n'), true],
])('%s without end are one pass of %s', ([, id, text, accepted]) => {
  const format = CONFIG_FORMATS.find((candidate) => candidate.id === id);
  expect(format?.parse(bytesOf(text)).ok).toBe(accepted);
});

test('refuses more lines than any gateway writes', () => {
  const [format] = CONFIG_FORMATS;
  expect(format?.parse(bytesOf('\r\n'.repeat(50_001)))).toEqual({
    ok: false,
    errors: [{ line: null, expected: 'at most 50000 lines', found: 'more' }],
  });
});

test('every format refuses what says nothing', () => {
  for (const format of CONFIG_FORMATS) {
    for (const text of ['', '\n\n', '; \n', '# \n', '!\n', ' ', '<', '<a/>', 'hello world', '\u{FEFF}']) {
      expect(format.parse(bytesOf(text)), `${format.id} ${JSON.stringify(text)}`).toMatchObject({ ok: false });
    }
  }
});
