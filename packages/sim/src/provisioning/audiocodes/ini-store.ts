import { ConfigRefused } from '../firmware.ts';
import { iniParameters, type IniParameter } from './ini-model.ts';
import { readIni, type IniFile } from './ini-reader.ts';
import { iniTables, type IniTable } from './ini-tables.ts';
import { obfuscated, revealed } from './obfuscation.ts';

type Row = ReadonlyMap<string, string>;
type Rows = ReadonlyMap<number, Row>;

/** One configuration: values of parameters by name in lower case, and rows of tables. */
export interface IniState {
  readonly parameters: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, Rows>;
}

/** How a release writes tables: 6.x bare values, 7.0 strings in quotes, 7.4 and later without prefixes. */
export type IniDialect = '6' | '7.0' | '7.4';

/** Reads, applies and writes ini files of one release. */
export class IniCodec {
  readonly parameters: ReadonlyMap<string, IniParameter>;
  readonly tables: ReadonlyMap<string, IniTable>;
  readonly #dialect: IniDialect;

  constructor(dialect: IniDialect) {
    this.#dialect = dialect;
    this.parameters = iniParameters(dialect !== '6');
    this.tables = iniTables(dialect !== '6');
  }

  /** The configuration of the factory. */
  factory(): IniState {
    return {
      parameters: new Map(Array.from(this.parameters, ([key, { value }]) => [key, value])),
      tables: new Map(Array.from(this.tables.keys(), (key) => [key, new Map()])),
    };
  }

  /** Throws ConfigRefused for a file that the unit does not load. */
  read(text: string): IniFile {
    const file = readIni(text, (name) => this.tables.has(name.toLowerCase()));
    for (const [key, { columns }] of file.tables) {
      const table = this.tables.get(key);
      if (table === undefined) continue;
      for (const column of columns) {
        if (this.#columnOf(table, column) === null) throw new ConfigRefused(`FORMAT of ${table.name}: no ${column}`);
      }
    }
    return file;
  }

  /**
   * The configuration after this file: what it names over `current`, or over the factory's with `full`, where a secret
   * table that it does not have stays. A table that it has replaces all rows. Unknown names are passed over.
   */
  apply(current: IniState, file: IniFile, full: boolean): IniState {
    const base = full ? this.factory() : current;
    const parameters = new Map(base.parameters);
    for (const [name, value] of file.parameters) {
      const known = this.parameters.get(name.toLowerCase());
      const taken = known === undefined ? null : takenOf(known, value);
      if (taken !== null) parameters.set(name.toLowerCase(), taken);
    }
    const tables = new Map(base.tables);
    for (const [key, table] of this.tables) {
      const given = file.tables.get(key);
      if (given === undefined) {
        if (full && table.secret.size > 0) tables.set(key, current.tables.get(key) ?? new Map());
        continue;
      }
      const columns = given.columns.map((column) => this.#columnOf(table, column) ?? '');
      const rows = Array.from(given.rows, ([index, values]): [number, Row] => {
        const row = new Map(table.columns);
        for (const [at, column] of columns.entries()) {
          const value = values[at] ?? '';
          row.set(column, table.secret.has(column) ? revealed(value) : value);
        }
        return [index, row];
      });
      tables.set(key, new Map(rows.sort(([a], [b]) => a - b)));
    }
    return { parameters, tables };
  }

  /** The values that are not the factory's, secrets obfuscated, after `header`. */
  write({ parameters, tables }: IniState, header: readonly string[]): string {
    const lines = [
      '',
      ';**************',
      ';** Ini File **',
      ';**************',
      '',
      ...header.map((one) => `;${one}`),
      '',
    ];
    lines.push('[SIP Params]', '');
    for (const [key, { name, value: standard, kind }] of this.parameters) {
      const value = parameters.get(key) ?? standard;
      if (value === standard) continue;
      lines.push(`${name} = ${kind === 'number' ? value : kind === 'secret' ? obfuscated(value) : `'${value}'`}`);
    }
    for (const name of ['DspTemplates', 'CoderName']) {
      lines.push('', `;  *** TABLE ${name} *** `, '; This table contains hidden elements and will not be exposed.');
    }
    for (const [key, table] of this.tables) {
      const rows = tables.get(key);
      if (rows === undefined || rows.size === 0) continue;
      const { name, columns } = table;
      const [prefix, index] = this.#dialect === '7.4' ? ['', 'Index'] : [`${name}_`, `${name}_Index`];
      lines.push('', `[ ${name} ]`);
      lines.push(`FORMAT ${index} = ${[...columns.keys()].map((column) => prefix + column).join(', ')};`);
      for (const [at, row] of rows) {
        const values = Array.from(columns.keys(), (column) => this.#written(table, column, row.get(column) ?? ''));
        lines.push(`${name} ${at} = ${values.join(', ')};`);
      }
      lines.push('', `[ \\${name} ]`);
    }
    return `${lines.join('\n')}\n\n; End of INI file.\n`;
  }

  #written(table: IniTable, column: string, value: string): string {
    const text = table.secret.has(column) ? obfuscated(value) : value;
    const isText = !/^-?\d+$/.test(table.columns.get(column) ?? '');
    return this.#dialect !== '6' && isText ? `"${text}"` : text;
  }

  #columnOf({ name, columns }: IniTable, given: string): string | null {
    const prefix = this.#dialect === '7.4' ? '' : `${name}_`;
    if (!given.toLowerCase().startsWith(prefix.toLowerCase())) return null;
    const wanted = given.slice(prefix.length).toLowerCase();
    return [...columns.keys()].find((column) => column.toLowerCase() === wanted) ?? null;
  }
}

/** What the unit makes of a value: of a text that is no number it takes the digits at its start, or 0. */
function takenOf({ kind, most }: IniParameter, value: string): string | null {
  if (kind === 'number') return /^-?\d+/.exec(value)?.[0] ?? '0';
  const text = kind === 'secret' ? revealed(value) : value;
  return text.length > most ? null : text;
}

/** The configuration under the unit's own names: `IsProxyUsed`, `TrunkGroup[0].FirstPhoneNumber`. */
export function flattened(codec: IniCodec, { parameters, tables }: IniState): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, { name }] of codec.parameters) all.set(name, parameters.get(key) ?? '');
  for (const [key, { name }] of codec.tables) {
    for (const [index, row] of tables.get(key) ?? []) {
      for (const [column, value] of row) all.set(`${name}[${index}].${column}`, value);
    }
  }
  return all;
}
