import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { type CsvColumn, csvOf, pagesOf } from './csv.ts';

/** An export as an answer: a file that the browser saves. A client that goes away ends the reading. */
export function csvFile<T>(
  name: string,
  columns: readonly CsvColumn<T>[],
  page: (cursor: string | undefined) => Promise<{ items: readonly T[]; nextCursor: string | null }>,
): StreamableFile {
  return new StreamableFile(Readable.from(csvOf(columns, pagesOf(page)), { objectMode: false }), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}
