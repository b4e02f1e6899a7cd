import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { type CsvColumns, csvOf, pagesOf } from './csv.ts';

type Page<T> = { items: readonly T[]; nextCursor: string | null };

/** Number of rows read at once. */
const ROWS = 2000;

/**
 * The export of a list: a file that the browser saves, with the requested columns, else with all. A client that
 * disconnects ends the reading.
 */
export function csvList<Column extends string, T>(
  name: string,
  columns: CsvColumns<Column, T>,
  asked: readonly Column[] | undefined,
  read: (page: { cursor: string | undefined; limit: number }) => Promise<Page<T>>,
): StreamableFile {
  const shown = (asked ?? (Object.keys(columns) as Column[])).flatMap((column) => columns[column]);
  const pages = pagesOf((cursor) => read({ cursor, limit: ROWS }));
  return new StreamableFile(Readable.from(csvOf(shown, pages), { objectMode: false }), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}
