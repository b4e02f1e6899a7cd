/** The types of a cell in an export. */
export type CsvValue = string | number | boolean | Date | null | undefined;

/** A column of an export. */
export interface CsvColumn<T> {
  header: string;
  value: (row: T) => CsvValue;
}

/** The columns of a list's column in its export: one, or several. */
export type CsvColumns<Column extends string, T> = Readonly<Record<Column, readonly CsvColumn<T>[]>>;

const BEGINS_FORMULA = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^[+-]?\d[\d .()]*$/;

/**
 * One cell. A text that a spreadsheet would take for a formula gets an apostrophe before it: names come from devices and
 * customers. Numbers are left as they are, telephone numbers too.
 */
export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return String(value);
  const text = BEGINS_FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of RFC 4180. */
export const csvLine = (cells: readonly CsvValue[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * An export page by page, so that the length of a list does not matter for memory. The mark at its beginning declares
 * UTF-8.
 */
export async function* csvOf<T>(
  columns: readonly CsvColumn<T>[],
  pages: AsyncIterable<readonly T[]>,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(columns.map(({ header }) => header))}`;
  for await (const rows of pages) yield rows.map((row) => csvLine(columns.map(({ value }) => value(row)))).join('');
}

/** The pages of a list, one after the other. */
export async function* pagesOf<T>(
  page: (cursor: string | undefined) => Promise<{ items: readonly T[]; nextCursor: string | null }>,
): AsyncGenerator<readonly T[]> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    yield items;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}
