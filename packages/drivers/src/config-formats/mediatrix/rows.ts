import type { Line } from '../engine/lines.ts';
import type { ConfigKey } from '../format.ts';

/** A command of a script with its line. */
export interface ScriptCommand {
  readonly line: Line;
  readonly name: string;
  readonly argument: string;
}

/** The commands with which a script empties a table and makes its rows again. */
export interface RowCommands {
  readonly deletion: ScriptCommand;
  /** `Service.InsertX Key=K` names its row; without argument, the unit numbers the rows. */
  readonly insertions: readonly ScriptCommand[];
}

export const DELETE_ROWS = '.DeleteAllRows';

/** By table: each deletion of rows with the commands of its service that follow it at once. */
export function rowCommands(commands: readonly (ScriptCommand | null)[]): Map<ConfigKey, RowCommands> {
  const tables = new Map<ConfigKey, RowCommands>();
  let insertions: ScriptCommand[] | null = null;
  let service = '';
  for (const command of commands) {
    if (command === null) insertions = null;
    else if (command.name.endsWith(DELETE_ROWS)) {
      const table = command.name.slice(0, -DELETE_ROWS.length);
      insertions = [];
      service = `${serviceOf(table)}.`;
      tables.set(table, { deletion: command, insertions });
    } else if (isInsertion(command.name) && command.name.startsWith(service)) insertions?.push(command);
    else insertions = null;
  }
  return tables;
}

/** `Bni.AddNetwork`, `Aaa.InsertUser`, `SipEp.ErrorMappingInsertCauseToSip` */
function isInsertion(name: string): boolean {
  const action = name.slice(name.indexOf('.') + 1);
  return action.startsWith('Add') || action.includes('Insert');
}

export function serviceOf(key: ConfigKey): string {
  return key.slice(0, key.indexOf('.'));
}

/** `Aaa.Users` and `UserName=admin` of `Aaa.Users[UserName=admin].Password`; null: a scalar. */
export function rowOf(key: ConfigKey): { table: ConfigKey; row: ConfigKey; index: string } | null {
  const [open, close] = [key.indexOf('['), key.indexOf(']')];
  if (open === -1 || close < open) return null;
  return { table: key.slice(0, open), row: key.slice(0, close + 1), index: key.slice(open + 1, close) };
}

/** The number of a row that the unit counts; null: it has another key. */
export function numberOf(index: string): number | null {
  const digits = index.startsWith('Index=') ? index.slice('Index='.length) : '';
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null;
}
