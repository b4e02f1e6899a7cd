import { NO_EVIDENCE, type Occurrence, type Scan } from '../engine/document.ts';
import { type Line, linesOf } from '../engine/lines.ts';
import { FileRefused } from '../engine/refusals.ts';
import { quotedText, type SourceText } from '../engine/source-text.ts';
import { secretFormOf } from '../engine/values.ts';
import type { ConfigEnding, ConfigEvidence, ConfigNote, SecretForm } from '../format.ts';
import { readCells } from './ini-row.ts';
import type { IniStructure, IniTable } from './ini-structure.ts';

/** Times that the unit writes itself. */
const NOISE = new Set(['lastconfigchangetime', 'vpfilelastupdatetime']);

/** The end of what the command `cf get` of MP-11x prints. */
const END_MARK = /^;\s*End of INI file\.?$/i;

const HIDDEN_VALUE = /^;\s*(\w+) is hidden but has non-default value$/;
const TABLE_REMARK = /^;\s*\*\*\* TABLE (\w+) \*\*\*/;
const HEADER = /^;\s*(Board|Serial Number|Software Version|Mac Address):\s?(.*)$/i;

export function scanIni(source: SourceText): Scan<IniStructure> {
  return new IniScanner(linesOf(source.text)).scan();
}

class IniScanner {
  private readonly lines: readonly Line[];
  /** Names with a closing title: what they open is a table, other titles are decoration. */
  private readonly closed: ReadonlySet<string>;
  private readonly occurrences: Occurrence[] = [];
  private readonly notes: ConfigNote[] = [];
  private readonly tables = new Map<string, IniTable>();
  private open: IniTable | null = null;
  private section: Line | null = null;
  private remarkedTable: string | null = null;
  private parametersEnd: number | null = null;
  private quotesStrings = false;
  private evidence: ConfigEvidence = NO_EVIDENCE;

  constructor(lines: readonly Line[]) {
    this.lines = lines;
    this.closed = new Set(lines.map(({ text }) => titleOf(text)).flatMap((t) => (t?.closing ? [t.key] : [])));
  }

  scan(): Scan<IniStructure> {
    for (const line of this.lines) this.line(line);
    if (this.open !== null) throw new FileRefused(null, `[ \\${this.open.name} ]`, 'the end of the file');
    const { occurrences, notes, tables, parametersEnd, quotesStrings, evidence } = this;
    return { occurrences, notes, ending: this.ending(), evidence, structure: { tables, parametersEnd, quotesStrings } };
  }

  private line(line: Line): void {
    const text = line.text.trim();
    const title = titleOf(text);
    if (text === '') return;
    if (text.startsWith(';')) this.remark(line, text);
    else if (title !== null) this.title(line, title);
    else if (this.open !== null) this.inTable(line, text, this.open);
    else this.parameter(line);
  }

  private title(line: Line, title: { name: string; key: string; closing: boolean }): void {
    if (title.closing) {
      if (this.open?.key !== title.key) {
        throw new FileRefused(
          line.number,
          this.open === null ? 'no table to close' : `[ \\${this.open.name} ]`,
          line.text.trim(),
        );
      }
      this.open.close = line;
      this.open = null;
      return;
    }
    if (this.open !== null) throw new FileRefused(line.number, `[ \\${this.open.name} ]`, line.text.trim());
    this.section = line;
    if (!this.closed.has(title.key)) return;
    if (this.tables.has(title.key)) throw new FileRefused(line.number, 'each table once', `${title.name} again`);
    const { name, key } = title;
    this.open = { name, key, title: line, format: null, columns: [], rows: new Map(), close: null };
    this.tables.set(key, this.open);
  }

  private inTable(line: Line, text: string, table: IniTable): void {
    const equals = line.text.indexOf('=');
    const [word = '', index = ''] = splitOnce(line.text.slice(0, Math.max(equals, 0)).trim());
    if (equals === -1) throw new FileRefused(line.number, 'FORMAT, a row or the end of the table', quotedText(text));
    if (word === 'FORMAT') return this.format(line, equals, table);
    if (table.format === null)
      throw new FileRefused(line.number, `FORMAT of the table ${table.name}`, quotedText(text));
    if (word.toLowerCase() !== table.key || !/^\d[\d ,]{0,40}$/.test(index)) {
      throw new FileRefused(line.number, `a row of the table ${table.name}`, quotedText(text));
    }
    this.row(line, equals, index.replaceAll(' ', ''), table);
  }

  private format(line: Line, equals: number, table: IniTable): void {
    if (table.format !== null) throw new FileRefused(line.number, 'one FORMAT in a table', 'a second one');
    table.format = line;
    const prefix = `${table.key}_`;
    table.columns = readCells(line.text, equals + 1, line.number).map(({ value }) => {
      if (value === null) throw new FileRefused(line.number, 'the name of a column', 'none');
      const name = value.toLowerCase().startsWith(prefix) ? value.slice(prefix.length) : value;
      return { name, key: name.toLowerCase() };
    });
  }

  private row(line: Line, equals: number, index: string, table: IniTable): void {
    const cells = readCells(line.text, equals + 1, line.number);
    if (cells.length !== table.columns.length) {
      throw new FileRefused(line.number, `${table.columns.length} values, as FORMAT says`, `${cells.length}`);
    }
    if (table.rows.has(index)) throw new FileRefused(line.number, 'each index of a table once', `${index} again`);
    table.rows.set(index, { index, line, cells });
    for (const [at, cell] of cells.entries()) {
      this.quotesStrings ||= cell.quoted;
      const column = table.columns[at];
      if (column === undefined || cell.value === null) continue;
      const key = `${table.key}/${index}/${column.key}`;
      const [start, end] = [line.start + cell.start, line.start + cell.end];
      const label = `${table.name}/${index}/${column.name}`;
      const secret = secretOf(column.name, cell.value);
      this.occurrences.push({
        key,
        label,
        value: cell.value,
        line: line.number,
        secret,
        start,
        end,
        from: start,
        to: end,
      });
    }
  }

  private parameter(line: Line): void {
    const equals = line.text.indexOf('=');
    const name = line.text.slice(0, Math.max(equals, 0)).trim();
    if (name.startsWith('FORMAT ')) {
      throw new FileRefused(null, `the end of the table that begins on line ${this.section?.number ?? 1}`, 'none');
    }
    if (!/^\w[\w.]{0,200}$/.test(name)) {
      throw new FileRefused(line.number, 'a parameter, a title or a remark', quotedText(line.text.trim()));
    }
    this.parametersEnd = line.next;
    const key = name.toLowerCase();
    if (NOISE.has(key)) return;
    const raw = line.text.slice(equals + 1);
    const start = line.start + equals + 1 + (raw.length - raw.trimStart().length);
    const text = raw.trim();
    const value = text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
    const secret = secretOf(name, value);
    const [end, from, to] = [start + text.length, line.start, line.next];
    this.occurrences.push({ key, label: name, value, line: line.number, secret, start, end, from, to });
  }

  private remark(line: Line, text: string): void {
    const hidden = HIDDEN_VALUE.exec(text)?.[1];
    const header = HEADER.exec(text);
    this.remarkedTable = TABLE_REMARK.exec(text)?.[1] ?? this.remarkedTable;
    if (hidden !== undefined) this.hidden(line, hidden);
    if (header !== null) this.header(header[1] ?? '', (header[2] ?? '').trim());
    if (text.includes('This table contains hidden elements') && this.remarkedTable !== null) {
      const key = this.remarkedTable.toLowerCase();
      const said = `the table ${this.remarkedTable} is on the unit, and the file does not show it`;
      this.notes.push({ kind: 'hidden-table', line: line.number, key, text: said });
    }
  }

  private hidden(line: Line, name: string): void {
    const key = name.toLowerCase();
    if (NOISE.has(key)) return;
    const [start, end, from, to] = [line.start, line.end, line.start, line.next];
    const text = `${name} differs from its default, and the file does not show it`;
    this.notes.push({ kind: 'hidden-value', line: line.number, key, text });
    this.occurrences.push({ key, label: name, value: null, line: line.number, secret: 'masked', start, end, from, to });
  }

  private header(name: string, text: string): void {
    const value = text === '' ? null : text;
    const known = name.toLowerCase();
    if (known === 'board') this.evidence = { ...this.evidence, model: value };
    if (known === 'serial number') this.evidence = { ...this.evidence, serial: value };
    if (known === 'software version') this.evidence = { ...this.evidence, version: value };
    const mac = text.toLowerCase().replaceAll(/[:.-]/g, '');
    if (known === 'mac address' && /^[0-9a-f]{12}$/.test(mac)) this.evidence = { ...this.evidence, mac };
  }

  private ending(): ConfigEnding {
    const last = this.lines.findLast(({ text }) => text.trim() !== '');
    if (last === undefined || END_MARK.test(last.text.trim())) return 'marked';
    return this.lines.at(-1)?.end === this.lines.at(-1)?.next ? 'cut' : 'unmarked';
  }
}

function titleOf(line: string): { name: string; key: string; closing: boolean } | null {
  const text = line.trim();
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  const inner = text.slice(1, -1).trim();
  const closing = inner.startsWith('\\');
  const name = closing ? inner.slice(1).trim() : inner;
  return { name, key: name.toLowerCase(), closing };
}

function secretOf(name: string, value: string): SecretForm {
  return value.startsWith('$1$') || /nonce/i.test(name) ? 'opaque' : secretFormOf(name);
}

function splitOnce(text: string): [string, string] {
  const space = text.indexOf(' ');
  return space === -1 ? [text, ''] : [text.slice(0, space), text.slice(space + 1).trim()];
}
