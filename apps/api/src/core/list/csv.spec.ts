import { describe, expect, test } from 'vitest';
import { csvCell, csvLine, csvOf, pagesOf } from './csv.ts';

describe('a cell', () => {
  test.for([
    [null, ''],
    [undefined, ''],
    [0, '0'],
    [-3.5, '-3.5'],
    [true, 'true'],
    [new Date('2026-11-23T10:00:00Z'), '2026-11-23T10:00:00.000Z'],
    ['Reception', 'Reception'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3+cmd|x', "'-2+3+cmd|x"],
    ['\t=1', "'\t=1"],
    ['+44 20 7946 0000', '+44 20 7946 0000'],
    ['-5', '-5'],
    ['+1-555-0100', "'+1-555-0100"],
  ] as const)('%j is written as %j', ([value, cell]) => expect(csvCell(value)).toBe(cell));
});

test('a list is exported page by page, under its headers', async () => {
  const pages: Record<string, { items: number[]; nextCursor: string | null }> = {
    first: { items: [1, 2], nextCursor: 'second' },
    second: { items: [3], nextCursor: null },
  };
  const parts: string[] = [];
  const list = pagesOf(async (cursor) => pages[cursor ?? 'first']!);
  for await (const part of csvOf([{ header: 'n', value: (n: number) => n }], list)) parts.push(part);
  expect(parts).toEqual([`\uFEFF${csvLine(['n'])}`, '1\r\n2\r\n', '3\r\n']);
});
