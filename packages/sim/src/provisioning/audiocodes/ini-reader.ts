import { ConfigRefused } from '../firmware.ts';

/** What an ini file says, before the unit knows the names. */
export interface IniFile {
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** By name in lower case; a table without rows is there, too. */
  readonly tables: ReadonlyMap<string, IniFileTable>;
}

export interface IniFileTable {
  readonly columns: readonly string[];
  readonly rows: ReadonlyMap<number, readonly string[]>;
}

interface OpenTable {
  readonly name: string;
  columns: string[] | null;
  readonly rows: Map<number, string[]>;
}

/**
 * Reads an ini file. A table is its title, FORMAT, rows and closing title. Throws ConfigRefused for a row before its
 * FORMAT, a row whose values do not match it in count, an index that comes twice, a line without its `;`, and a table
 * that is not closed. A last line without line end is lost. `isTable` tells a table's title from a section's.
 */
export function readIni(text: string, isTable: (name: string) => boolean): IniFile {
  const lines = text.split(/\r\n|\n|\r/);
  lines.pop();
  const parameters: [string, string][] = [];
  const tables = new Map<string, IniFileTable>();
  let open: OpenTable | null = null;
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const refuse = (why: string): never => {
      throw new ConfigRefused(`line ${index + 1}: ${why}`);
    };
    if (line === '' || line.startsWith(';')) continue;
    const title = /^\[\s*(\\?)\s*(.+?)\s*\]$/.exec(line);
    if (title !== null) {
      const [, closing, name = ''] = title;
      // The title of a table that the unit does not know, too, means nothing to it.
      if (closing === '\\' && open === null && !isTable(name)) continue;
      if (closing === '\\') {
        if (open === null || open.name !== name.toLowerCase()) return refuse(`[ \\${name} ] closes nothing`);
        tables.set(open.name, { columns: open.columns ?? [], rows: open.rows });
        open = null;
      } else if (open !== null) return refuse(`table ${open.name} is not closed`);
      else if (isTable(name)) open = { name: name.toLowerCase(), columns: null, rows: new Map() };
      continue;
    }
    if (open === null) {
      const [, name = '', value = ''] = /^([^=]+?)\s*=\s*(.*)$/.exec(line) ?? [];
      // The inside of a table whose title the unit does not know looks like parameters, and is passed over as such.
      if (name !== '') parameters.push([name, unquoted(value)]);
    } else readRow(open, line, refuse);
  }
  if (open !== null) throw new ConfigRefused(`table ${open.name} is not closed`);
  return { parameters, tables };
}

function readRow(table: OpenTable, line: string, refuse: (why: string) => never): void {
  if (!line.endsWith(';')) refuse('the line has no ; at its end');
  const [, left = '', right = ''] = /^([^=]+?)\s*=\s*(.*);$/.exec(line) ?? [];
  const values = splitRow(right);
  if (/^FORMAT\s/i.test(left)) {
    if (table.columns !== null) refuse('a second FORMAT');
    table.columns = values;
    return;
  }
  const [, name = '', index = ''] = /^(\S+)\s+(\d+)$/.exec(left) ?? [];
  if (name.toLowerCase() !== table.name) refuse(`${left} is no row of ${table.name}`);
  if (table.columns === null) refuse('a row before its FORMAT');
  if (values.length !== table.columns?.length) refuse('the values do not match FORMAT');
  if (table.rows.has(Number(index))) refuse(`row ${index} comes twice`);
  table.rows.set(Number(index), values);
}

/** Values between commas; strings may be in double quotes. */
function splitRow(text: string): string[] {
  return Array.from(text.matchAll(/\s*(?:"([^"]*)"|([^,]*?))\s*(?:,|$)/g), ([, quoted, bare]) => quoted ?? bare ?? '')
    .slice(0, -1)
    .concat(text.trim() === '' || text.trimEnd().endsWith(',') ? [''] : []);
}

const unquoted = (value: string) => /^'(.*)'$/.exec(value.trim())?.[1] ?? value.trim();
