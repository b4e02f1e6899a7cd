import { conditionOfEvent, EVENT_ROLES, type EventKind, type EventSeverity } from './event-kinds.ts';
import type { ConditionKind } from './kinds.ts';

/** As much of an event of a gateway as matters here. `at` in ms, by the (corrected) clock of the event. */
export interface AlarmEvent {
  kind: EventKind;
  severity: EventSeverity;
  position: number | null;
  text: string;
  alarmKey: string | null;
  at: number;
}

/** An alarm that a gateway raised and has not cleared. Times in ms. */
export interface StandingAlarm {
  key: string;
  condition: ConditionKind;
  position: number | null;
  severity: EventSeverity;
  text: string;
  /** When it was raised first, and last. */
  since: number;
  last: number;
}

/** Something that happened and has no end of its own. */
export interface Happening {
  condition: ConditionKind;
  position: number | null;
  severity: EventSeverity;
  text: string;
  at: number;
}

/**
 * The standing alarms of a gateway. Plain JSON, so that it can be stored with what else is known
 * of the gateway; bounded whatever a gateway sends.
 */
export interface AlarmMemory {
  /** When the gateway last started, as far as it reported. */
  startedAt: number | null;
  standing: readonly StandingAlarm[];
  happened: readonly Happening[];
  /** When each key was cleared last: a raise that comes later than its clear raises nothing. */
  cleared: readonly { key: string; at: number }[];
}

export const NO_ALARMS: AlarmMemory = { startedAt: null, standing: [], happened: [], cleared: [] };

const STANDING_MAX = 64;
const HAPPENED_MAX = 32;
const CLEARED_MAX = 64;

/** Applies events of a gateway. They may come in any order and more than once: the newest of each key counts. */
export function hearAlarm(memory: AlarmMemory, event: AlarmEvent): AlarmMemory {
  const role = EVENT_ROLES[event.kind];
  if (role.does === 'start') return started(memory, event.at);
  if (role.does === 'clear' || (role.does === 'raise' && event.severity === 'cleared')) return clearedBy(memory, event);
  return role.does === 'raise' ? raisedBy(memory, event) : memory;
}

/** A gateway that starts raises again what still holds. */
function started(memory: AlarmMemory, at: number): AlarmMemory {
  if (memory.startedAt !== null && at <= memory.startedAt) return memory;
  return { ...memory, startedAt: at, standing: memory.standing.flatMap((alarm) => endedAt(alarm, at)) };
}

function clearedBy(memory: AlarmMemory, { alarmKey: key, at }: AlarmEvent): AlarmMemory {
  if (key === null) return memory;
  const before = memory.cleared.find((one) => one.key === key);
  if (before !== undefined && before.at >= at) return memory;
  return {
    ...memory,
    standing: memory.standing.flatMap((alarm) => (alarm.key === key ? endedAt(alarm, at) : [alarm])),
    cleared: [...memory.cleared.filter((one) => one !== before), { key, at }].slice(-CLEARED_MAX),
  };
}

function raisedBy(memory: AlarmMemory, event: AlarmEvent): AlarmMemory {
  const { alarmKey: key, at, position, severity, text } = event;
  const condition = conditionOfEvent(event.kind, { keyed: key !== null, position });
  if (condition === null) return memory;
  if (key === null) {
    const one: Happening = { condition, position, severity, text, at };
    if (memory.happened.some((other) => sameHappening(other, one))) return memory;
    return { ...memory, happened: [...memory.happened, one].toSorted((a, b) => a.at - b.at).slice(-HAPPENED_MAX) };
  }
  const overAt = Math.max(
    memory.startedAt ?? -Infinity,
    memory.cleared.find((one) => one.key === key)?.at ?? -Infinity,
  );
  if (at <= overAt) return memory;
  const before = memory.standing.find((alarm) => alarm.key === key);
  const newest = before === undefined || at >= before.last ? { condition, position, severity, text } : before;
  const alarm: StandingAlarm = {
    ...newest,
    key,
    since: Math.min(at, before?.since ?? at),
    last: Math.max(at, before?.last ?? at),
  };
  const standing = memory.standing.filter((one) => one !== before);
  // A gateway that raises without end has more wrong than can be listed: what was first is kept.
  if (before === undefined && standing.length >= STANDING_MAX) return memory;
  return { ...memory, standing: [...standing, alarm] };
}

/** The rest of an alarm after a clear: it may have been raised again since. */
function endedAt(alarm: StandingAlarm, at: number): StandingAlarm[] {
  if (alarm.last <= at) return [];
  return [alarm.since > at ? alarm : { ...alarm, since: alarm.last }];
}

function sameHappening(a: Happening, b: Happening): boolean {
  return a.at === b.at && a.condition === b.condition && a.position === b.position && a.text === b.text;
}
