import { defineFormat } from '../engine/define-format.ts';
import { ChangeRefused } from '../engine/refusals.ts';
import type { ConfigChange, ConfigFormat, IncrementalContext } from '../format.ts';
import { FORMAT_NAMES } from '../signatures.ts';
import type { IniStructure } from './ini-structure.ts';
import { scanIni } from './scan-ini.ts';
import { createIni, type IniDocument, parameterLine, removeIni, writeIniValue } from './write-ini.ts';

/**
 * AudioCodes ini (MP-11x 6.6 to Mediant 7.4): single parameters, and tables whose FORMAT line names the columns. Rows
 * are read by column name without the name of the table before it, as the generations write it with and without.
 * Names are not case-sensitive, so keys are lower case. A value that is absent or empty is the default of the firmware.
 */
export const audiocodesIni: ConfigFormat<IniDocument> = defineFormat<IniStructure>({
  id: 'audiocodes-ini',
  name: FORMAT_NAMES['audiocodes-ini'],
  absentMeans: 'default',
  separators: ['/'],
  canonicalKey: (key) => key.toLowerCase(),
  scan: scanIni,
  write: writeIniValue,
  create: createIni,
  remove: removeIni,
  incremental,
});

/**
 * Single parameters that change, and each changed table as a whole with the FORMAT line of the unit: a table in an ini
 * file replaces the one on the unit. CR LF, as the units ask for.
 */
function incremental(changes: readonly ConfigChange[], { document }: IncrementalContext<IniDocument>): string {
  const parameters = changes.filter(({ key }) => !key.includes('/') && !document?.structure.tables.has(key));
  const lines = parameters.map((change) => {
    if (change.kind === 'set') return parameterLine(change);
    throw new ChangeRefused(
      change.key,
      `${change.key} cannot be removed: the unit keeps a parameter that a file leaves out`,
    );
  });
  const rows = changes.filter((change) => !parameters.includes(change));
  return ['; changed settings alone', ...lines, ...tableLines(rows, document), ''].join('\r\n');
}

function tableLines(changes: readonly ConfigChange[], document: IniDocument | null): string[] {
  const [first] = changes;
  if (first === undefined) return [];
  if (document === null) {
    throw new ChangeRefused(
      first.key,
      `${first.key} is in a table, whose FORMAT line has to be read from the unit first`,
    );
  }
  const patched = audiocodesIni.patch(document, changes);
  if (!patched.ok) {
    const [error] = patched.errors;
    throw new ChangeRefused(error?.key ?? first.key, error?.reason ?? '', error?.character ?? null);
  }
  const touched = new Set(changes.map(({ key }) => key.split('/')[0]));
  return [...patched.document.structure.tables.values()]
    .filter((table) => touched.has(table.key) && table.format !== null)
    .flatMap(({ name, format, rows }) => [
      '',
      `[ ${name} ]`,
      format?.text.trim() ?? '',
      ...[...rows.values()].map((row) => row.line.text.trim()),
      `[ \\${name} ]`,
    ]);
}
