import { ACTIVE_ALARMS_MAX, type ActiveAlarms, type PortInfo } from '@loopstart/contracts';
import type { Oid, SnmpValue, VarBind } from '@loopstart/snmp';
import type { SimState } from '../sim-state.ts';
import type { Answers, Source } from '../source.ts';
import { isAnswer } from '../values.ts';
import {
  encodeNotification,
  interpretNotification,
  type NotificationInput,
  type NotificationsSlice,
  type NotificationWish,
} from './notifications.ts';

/**
 * The slice of a driver whose gateways list the alarms that stand. A row is read as the notification that raised it, so
 * that an alarm has the same key whether it was told or listed.
 */
export interface ActiveAlarmsSlice {
  /** Column: the notification that raised the alarm. */
  readonly trapOid: Source<string>;
  /** Columns with what the notification carried, and the object that it carried it as. Each row has all of them. */
  readonly carried: readonly { readonly column: Source<unknown>; readonly as: Oid }[];
  /** Scalar: the gravest alarm that stands. `none` tells a list that is empty from one that is not there. */
  readonly gravest: { readonly source: Source<string>; readonly none: string; readonly usual: string };
  /** Notifications whose alarms are listed while they stand, and how the keys of those begin. */
  readonly lists: readonly { readonly trapOid: Oid; readonly keys: string }[];
  /** The notification that is listed while the list is too short for all alarms. */
  readonly overflow: Oid | null;
}

export interface ListSlices {
  readonly notifications: NotificationsSlice;
  readonly activeAlarms?: ActiveAlarmsSlice;
}

/** Everything that is read of the list. */
export function activeAlarmSources({ activeAlarms }: Pick<ListSlices, 'activeAlarms'>): Source<unknown>[] {
  if (activeAlarms === undefined) return [];
  const { trapOid, carried, gravest } = activeAlarms;
  return [gravest.source, trapOid, ...carried.map(({ column }) => column)];
}

/**
 * The alarms that a gateway lists; null where the list cannot be believed to be complete: a row lacks a cell, or nothing
 * tells that an empty list is one. That each column was read to its end, the caller knows.
 */
export function readActiveAlarms(
  { notifications, activeAlarms }: ListSlices,
  answers: Answers,
  ports: readonly PortInfo[],
): Pick<ActiveAlarms, 'covers' | 'alarms'> | null {
  if (activeAlarms === undefined) return null;
  const { gravest, lists, overflow } = activeAlarms;
  const rows = rowsOf(activeAlarms, answers);
  if (rows === null) return null;
  const level = answers.scalars.get(gravest.source.oid);
  if (rows.length === 0 && !(isAnswer(level) && gravest.source.codec.decode(level) === gravest.none)) return null;
  const alarms = rows.flatMap((row) =>
    interpretNotification(notifications, row, ports).events.flatMap(({ detail: _, alarmKey, ...event }) =>
      alarmKey === null ? [] : [{ ...event, alarmKey }],
    ),
  );
  const isWhole =
    alarms.length <= ACTIVE_ALARMS_MAX &&
    !alarms.some(({ alarmKey }) => overflow !== null && alarmKey.startsWith(keysOf(lists, overflow)));
  return { covers: isWhole ? lists.map(({ keys }) => keys) : [], alarms: alarms.slice(0, ACTIVE_ALARMS_MAX) };
}

/** The rows as the notifications that raised them; null where a cell is missing or not understood. */
function rowsOf({ trapOid, carried }: ActiveAlarmsSlice, answers: Answers): NotificationInput[] | null {
  const sources = [trapOid, ...carried.map(({ column }) => column)];
  const keys = new Set(sources.flatMap(({ oid }) => [...(answers.columns.get(oid)?.keys() ?? [])]));
  const rows: NotificationInput[] = [];
  for (const key of keys) {
    const cells = sources.map(({ oid }) => answers.columns.get(oid)?.get(key));
    const understood = cells.filter(
      (cell, at): cell is SnmpValue => isAnswer(cell) && sources[at]!.codec.decode(cell) !== undefined,
    );
    const name = understood[0] === undefined ? null : trapOid.codec.decode(understood[0]);
    if (understood.length < sources.length || name == null) return null;
    const varbinds = carried.map(({ as }, at): VarBind => ({ oid: `${as}.0`, value: understood[at + 1]! }));
    rows.push({ trapOid: name, varbinds, uptimeTicks: null });
  }
  return rows;
}

function keysOf(lists: ActiveAlarmsSlice['lists'], trapOid: Oid): string {
  return lists.find((one) => one.trapOid === trapOid)?.keys ?? trapOid;
}

/** Rows have a number of their own for as long as the alarm stands. */
const ROWS_A_PORT = 1_000;

/** The list of a gateway in this state: what of it was told by a notification that is listed. */
export function encodeActiveAlarms({ notifications, activeAlarms }: ListSlices, state: SimState): VarBind[] {
  const standing = activeAlarms === undefined ? [] : standingIn(state);
  if (activeAlarms === undefined || standing === null) return [];
  const { trapOid, carried, gravest, lists } = activeAlarms;
  const rows = standing.flatMap((wish): VarBind[] => {
    const said = encodeNotification(notifications, wish, state.ports);
    const at = lists.findIndex((one) => one.trapOid === said?.trapOid);
    if (said === null || at < 0) return [];
    const row = (wish.position ?? 0) * ROWS_A_PORT + at + 1;
    const cells: [Source<unknown>, SnmpValue | undefined][] = [
      [trapOid, trapOid.codec.encode(said.trapOid)],
      ...carried.map(({ column, as }): [Source<unknown>, SnmpValue | undefined] => [
        column,
        said.varbinds.find(({ oid }) => oid === `${as}.0`)?.value,
      ]),
    ];
    return cells.flatMap(([{ oid }, value]) => (value === undefined ? [] : [{ oid: `${oid}.${row}`, value }]));
  });
  const level = gravest.source.codec.encode(rows.length > 0 ? gravest.usual : gravest.none);
  return [...(level === undefined ? [] : [{ oid: gravest.source.oid, value: level }]), ...rows];
}

/** What a gateway in this state would have told of and not cleared; null: nothing is known of its faults. */
function standingIn({ ports, states, alarms }: SimState): NotificationWish[] | null {
  const ofPorts = ports.flatMap(({ position }, at): NotificationWish[] => {
    const { fault = null, call = null } = states[at] ?? {};
    return [
      ...(fault === null || fault === 'none' ? [] : [{ kind: 'port-fault', position, fault } as const]),
      ...(call === 'receiver-off-hook' ? [{ kind: 'receiver-off-hook', position } as const] : []),
    ];
  });
  const all = [...ofPorts, ...(alarms ?? [])];
  return all.length === 0 && alarms === undefined && !states.some((words) => words.fault !== null) ? null : all;
}
