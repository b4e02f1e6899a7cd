import { defineFormat } from '../engine/define-format.ts';
import { NO_EVIDENCE, type Occurrence, type Scan } from '../engine/document.ts';
import { linesOf } from '../engine/lines.ts';
import { ChangeRefused, FileRefused } from '../engine/refusals.ts';
import type { SourceText } from '../engine/source-text.ts';
import { secretFormOf } from '../engine/values.ts';
import type { ConfigChange, ConfigEnding, ConfigFormat, ConfigKey, IncrementalContext } from '../format.ts';
import { FORMAT_NAMES } from '../signatures.ts';
import { rowCommands, rowOf, type ScriptCommand, serviceOf } from './rows.ts';
import { readStatement } from './statement.ts';
import {
  createInScript,
  insertionOf,
  removeFromScript,
  type ScriptDocument,
  type ScriptStructure,
  writeAssignment,
  writeValue,
} from './write-script.ts';

/** The last line of a script that a unit exported. */
const END_MARK = /^#+ END #+$/;

const RESTART = 'Scm.RestartRequiredServices';

/**
 * Scripts of Mediatrix DGW ("Configuration Scripts Import and Export"): lines that set scalars and columns of rows, and
 * commands, executed from the top. What a script leaves out stays unchanged; a table is emptied by a command first.
 */
export const mediatrixScript: ConfigFormat<ScriptDocument> = defineFormat<ScriptStructure>({
  id: 'mediatrix-script',
  name: FORMAT_NAMES['mediatrix-script'],
  absentMeans: 'unchanged',
  separators: ['.', '['],
  scan,
  write: (_document, { key }, value) => writeValue(key, value),
  create: createInScript,
  remove: removeFromScript,
  incremental,
});

function scan(source: SourceText): Scan<ScriptStructure> {
  const occurrences: Occurrence[] = [];
  const commands: (ScriptCommand | null)[] = [];
  const lines = linesOf(source.text);
  for (const line of lines) {
    const text = line.text.trim();
    if (text === '' || text.startsWith('#')) continue;
    const statement = readStatement(line.text);
    if (statement.kind === 'wrong') throw new FileRefused(line.number, statement.expected, statement.found);
    if (statement.kind === 'command') {
      commands.push({ line, name: statement.name, argument: statement.argument });
      continue;
    }
    commands.push(null);
    const { key, value } = statement;
    const [start, end] = [line.start + statement.start, line.start + statement.end];
    const secret = secretFormOf(key.slice(key.lastIndexOf('.')));
    occurrences.push({
      key,
      label: key,
      value,
      line: line.number,
      secret,
      start,
      end,
      from: line.start,
      to: line.next,
    });
  }
  const known = commands.filter((command) => command !== null);
  const last = lines.findLast(({ text }) => text.trim() !== '');
  const open = lines.at(-1)?.end === lines.at(-1)?.next;
  const ending: ConfigEnding = END_MARK.test(last?.text.trim() ?? '') ? 'marked' : open ? 'cut' : 'unmarked';
  const hostName = occurrences.findLast(({ key }) => key === 'Hoc.HostName')?.value ?? '';
  return {
    occurrences,
    notes: [],
    ending,
    evidence: { ...NO_EVIDENCE, hostName: hostName === '' ? null : hostName },
    structure: {
      tables: rowCommands(commands),
      applying: new Map(known.flatMap(({ name }) => (name.endsWith('.ApplyConfig') ? [[serviceOf(name), name]] : []))),
      end: known.find(({ name }) => name === RESTART)?.line.start ?? source.text.length,
    },
  };
}

/**
 * Lines that set what changes. A table of which rows go is emptied and made again, as in the export of the unit. At the
 * end, what was set is applied and the services that need it are restarted.
 */
function incremental(changes: readonly ConfigChange[], { document }: IncrementalContext<ScriptDocument>): string {
  const emptied = new Set(
    changes.flatMap((change) => (change.kind === 'remove' ? [tableToEmpty(change.key, document)] : [])),
  );
  const isEmptied = (key: ConfigKey) => emptied.has(rowOf(key)?.table ?? key);
  const made = new Set<ConfigKey>();
  const settings = changes.flatMap((change) => {
    if (change.kind === 'remove' || isEmptied(change.key)) return [];
    const row = rowOf(change.key);
    const isNew = row !== null && document !== null && !made.has(row.row) && !knows(document, row.row);
    if (row !== null) made.add(row.row);
    const insertion = isNew ? insertionOf(document, change.key, made) : null;
    return [...(insertion === null ? [] : [insertion.line]), writeAssignment(change)];
  });
  const tables =
    document === null
      ? []
      : tableLines(
          document,
          changes.filter(({ key }) => isEmptied(key)),
          emptied,
        );
  const services = new Set(changes.map(({ key }) => serviceOf(key)));
  const applying = [...services].flatMap((service) => document?.structure.applying.get(service) ?? []);
  return [...tables, ...settings, ...applying, RESTART, ''].join('\n');
}

function knows({ settings }: ScriptDocument, row: ConfigKey): boolean {
  return [...settings.keys()].some((key) => key.startsWith(`${row}.`));
}

function tableToEmpty(key: ConfigKey, document: ScriptDocument | null): ConfigKey {
  const table = key.endsWith(']') ? (rowOf(key)?.table ?? key) : key;
  if (document?.structure.tables.has(table) === true) return table;
  throw new ChangeRefused(key, `${key} cannot be removed: the script of the unit has no command that empties ${table}`);
}

function tableLines(
  document: ScriptDocument,
  changes: readonly ConfigChange[],
  emptied: ReadonlySet<ConfigKey>,
): string[] {
  const patched = mediatrixScript.patch(document, changes);
  if (!patched.ok) {
    const [error] = patched.errors;
    throw new ChangeRefused(error?.key ?? '', error?.reason ?? '', error?.character ?? null);
  }
  const { occurrences, structure, source } = patched.document;
  return [...emptied].flatMap((table) => {
    const commands = structure.tables.get(table);
    const made = commands === undefined ? [] : [commands.deletion, ...commands.insertions];
    return [
      ...made.map(({ line }) => line.text.trim()),
      ...occurrences
        .filter(({ key }) => rowOf(key)?.table === table)
        .map(({ from, to }) => source.text.slice(from, to).trim()),
    ];
  });
}
