import { type AlarmEvent, type AlarmMemory, hearAlarm } from '../alert/alarms.ts';
import { EVENT_ROLES } from '../alert/event-kinds.ts';

/** The alarms that a gateway lists as standing, read completely at `at` (ms, when the reading began). */
export interface AlarmList {
  at: number;
  /** Beginnings of the keys of alarms that are in the list while they stand; of others it says nothing. */
  covers: readonly string[];
  alarms: readonly Omit<AlarmEvent, 'at'>[];
}

const GONE = "cleared: it is not in the gateway's list of active alarms";

/**
 * What has to be heard for the standing alarms to be those of the list: a clear of each that the list would have and does
 * not, a raise of each that it has and nobody told of. One that was raised after the reading began is left alone. Pure.
 */
export function eventsOfList(memory: AlarmMemory, { at, covers, alarms }: AlarmList): AlarmEvent[] {
  const listed = new Set(alarms.map(({ alarmKey }) => alarmKey));
  const held = new Set(memory.standing.map(({ key }) => key));
  const gone = memory.standing.filter(
    ({ key, last }) => last < at && !listed.has(key) && covers.some((beginning) => key.startsWith(beginning)),
  );
  const found = alarms.filter(
    ({ kind, severity, alarmKey }) =>
      EVENT_ROLES[kind].does === 'raise' && severity !== 'cleared' && alarmKey !== null && !held.has(alarmKey),
  );
  const clears = gone.map(({ key, position, text }): AlarmEvent => {
    const what = text.replace(/\.$/, '').slice(0, 400);
    return { kind: 'alarm-cleared', severity: 'cleared', position, text: `${what} – ${GONE}.`, alarmKey: key, at };
  });
  const raises = found.map((alarm): AlarmEvent => ({ ...alarm, at }));
  // One that was cleared or began before something that is known better changes nothing, and is no news.
  return [...clears, ...raises].filter((event) => hearAlarm(memory, event) !== memory);
}
