import type { Line } from '../engine/lines.ts';
import type { ConfigKey } from '../format.ts';
import type { IniCell } from './ini-row.ts';

export interface IniColumn {
  /** As written, without the name of the table before it. */
  readonly name: string;
  /** In lower case, as in keys. */
  readonly key: string;
}

export interface IniRow {
  readonly index: string;
  readonly line: Line;
  readonly cells: readonly IniCell[];
}

/** A table: title, FORMAT line, rows, closing title. */
export interface IniTable {
  readonly name: string;
  readonly key: ConfigKey;
  readonly title: Line;
  format: Line | null;
  columns: IniColumn[];
  readonly rows: Map<string, IniRow>;
  close: Line | null;
}

export interface IniStructure {
  /** By key, in the order of the file: a table that is referred to stands before the one that refers to it. */
  readonly tables: ReadonlyMap<ConfigKey, IniTable>;
  /** Behind the last single parameter, where another one can stand; null: there is none. */
  readonly parametersEnd: number | null;
  /** Firmware 7.0 and later write strings of rows in double quotes. */
  readonly quotesStrings: boolean;
}
