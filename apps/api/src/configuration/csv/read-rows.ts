import { CONFIG_CSV_COLUMNS, CONFIG_CSV_ROWS_MAX, type ConfigCsvColumn } from '@loopstart/contracts';
import { CsvError, parse } from 'csv-parse/sync';

/** One row, its cells by column. Empty cells are left out. */
export interface CsvRow {
  /** As a spreadsheet counts. */
  row: number;
  cells: ReadonlyMap<ConfigCsvColumn, string>;
  /** Why the row as a whole is wrong; null: it is not. */
  problem: string | null;
}

const SEPARATORS = [',', ';', '\t'] as const;
/** The apostrophe that spreadsheets and our own exports put before what looks like a formula. */
const GUARDED = /^'(?=[=+\-@\t\r])/;
const KNOWN = Object.keys(CONFIG_CSV_COLUMNS) as ConfigCsvColumn[];

/** Reads the text of a CSV file (RFC 4180). Of a file that is none, what was expected. */
export function readRows(text: string): { rows: CsvRow[] } | { expected: string } {
  const firstLine = text.slice(0, Math.max(0, text.search(/[\r\n]/)) || text.length);
  const [separator] = SEPARATORS.toSorted((a, b) => firstLine.split(b).length - firstLine.split(a).length);
  let records: string[][];
  try {
    records = parse(text, {
      bom: true,
      delimiter: separator!,
      relax_column_count: true,
      skip_records_with_error: false,
    });
  } catch (error) {
    if (error instanceof CsvError) return { expected: `a CSV file; line ${String(error['lines'])}: ${error.code}` };
    throw error;
  }
  const [header = [], ...body] = records;
  const columns = header.map((name) => name.trim().toLowerCase());
  const unknown = columns.filter((name) => !KNOWN.includes(name as ConfigCsvColumn));
  if (unknown.length > 0) return { expected: `columns named ${KNOWN.join(', ')}, not ${unknown[0]!.slice(0, 40)}` };
  const double = columns.find((name, at) => columns.indexOf(name) !== at);
  if (double !== undefined) return { expected: `each column once, and ${double} is there twice` };
  if (!columns.includes('port')) return { expected: 'a column port' };
  if (body.length > CONFIG_CSV_ROWS_MAX) return { expected: `at most ${CONFIG_CSV_ROWS_MAX} rows` };
  const rows = body.flatMap((record, at): CsvRow[] => {
    const cells = new Map<ConfigCsvColumn, string>();
    for (const [index, column] of columns.entries()) {
      const value = (record[index] ?? '').trim().replace(GUARDED, '');
      if (value !== '') cells.set(column as ConfigCsvColumn, value);
    }
    if (record.every((cell) => cell.trim() === '')) return [];
    const problem = record.length === columns.length ? null : `${columns.length} cells, not ${record.length}`;
    return [{ row: at + 2, cells, problem }];
  });
  return { rows };
}
