import { lengthMax, SCALARS, TABLES } from './dgw-names.ts';

/** One line of a script. */
export type ScriptLine =
  | { readonly does: 'nothing' }
  | { readonly does: 'set'; readonly key: string; readonly value: string }
  | { readonly does: 'delete-rows'; readonly table: string }
  | { readonly does: 'command'; readonly command: string }
  /** A name without value: its value, or the values below it, are asked for. */
  | { readonly does: 'read'; readonly name: string }
  | { readonly does: 'refuse'; readonly why: string };

const COMMANDS: ReadonlySet<string> = new Set([
  'Scm.RestartRequiredServices',
  'Conf.RebootIfNeeded',
  'Conf.ExportScript',
  'EpAdm.UnitForceLock',
  'EpAdm.UnitLock',
  'EpAdm.UnitUnlock',
  'CRout.ApplyConfig',
  'Lfw.ApplyConfig',
  'Scm.Reboot',
]);

/** Reads a line as the command line does. Names that the unit does not have are refused. */
export function readLine(given: string, endpoints: readonly string[]): ScriptLine {
  const line = given.trim();
  if (line === '' || line.startsWith('#')) return { does: 'nothing' };
  if (COMMANDS.has(line)) return { does: 'command', command: line };
  const table = /^(\w+\.\w+)\.DeleteAllRows$/.exec(line)?.[1];
  if (table !== undefined && TABLES[table]?.perEndpoint === false) return { does: 'delete-rows', table };
  const assigned = /^([^=[\s]+(?:\[[^\]]*\])?[^=\s]*)\s*=\s*(?:"([^"]*)"|([^\s"]*))$/.exec(line);
  if (assigned === null) {
    return /^\w+(\.\w+)?(\[\w+=[^\]]*\])?(\.\w+)?$/.test(line)
      ? { does: 'read', name: line }
      : { does: 'refuse', why: `Error: Invalid command "${line}".` };
  }
  const [, name = '', quoted, bare] = assigned;
  const [key, value] = [name.replaceAll(/\s/g, ''), quoted ?? bare ?? ''];
  const why = nameProblem(key, endpoints);
  if (why !== null) return { does: 'refuse', why };
  if (value.length > lengthMax(key)) return { does: 'refuse', why: `Error: The value of "${key}" is too long.` };
  return { does: 'set', key, value };
}

function nameProblem(key: string, endpoints: readonly string[]): string | null {
  if (key in SCALARS) return null;
  const [, name = '', rowKey, row = '', column = ''] = /^(\w+\.\w+)\[(\w+)=([^\]]*)\]\.(\w+)$/.exec(key) ?? [];
  const table = TABLES[name];
  if (table === undefined || !(column in table.columns) || rowKey !== table.key) return `Error: Unknown name "${key}".`;
  const exists = table.perEndpoint ? endpoints.includes(row) : /^[1-9]\d{0,2}$/.test(row);
  return exists ? null : `Error: There is no row "${row}" in ${name}.`;
}
