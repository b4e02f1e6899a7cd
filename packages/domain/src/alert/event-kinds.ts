import type { ConditionKind } from './kinds.ts';

/** Kinds of events that a gateway notifies, mapped from traps, informs and syslog by its driver. */
export const EVENT_KINDS = [
  'cold-start',
  'warm-start',
  'link-down',
  'link-up',
  'authentication-failure',
  'alarm-raised',
  'alarm-cleared',
  'port-fault',
  'port-fault-cleared',
  'hook-change',
  'registration-lost',
  'registration-restored',
  'temperature-high',
  'temperature-normal',
  'power-lost',
  'power-restored',
  'fan-failed',
  'fan-restored',
  'receiver-off-hook',
  'config-changed',
  'firmware-changed',
  'quality-poor',
  'keep-alive',
  'emergency-call',
  'gateway-unreachable',
  'gateway-reachable',
  'wrong-answer',
  'other',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const EVENT_SEVERITIES = ['info', 'warning', 'minor', 'major', 'critical', 'cleared'] as const;
export type EventSeverity = (typeof EVENT_SEVERITIES)[number];

/** The conditions that an event of a kind is about: of the gateway, or of the port that it names. */
export interface EventConditions {
  gateway: ConditionKind | null;
  port: ConditionKind | null;
}

/**
 * What an event does. A raise with an alarm key stands until a clear with the same key, or until the gateway starts; one
 * without a key has no end of its own and is news for as long as its condition remembers it.
 */
export type EventRole =
  | { does: 'raise'; keyed: EventConditions; unkeyed: EventConditions | null }
  | { does: 'clear' }
  | { does: 'start' }
  /** It is shown, and raises nothing: why. */
  | { does: 'inform'; because: string };

const raise = (gateway: ConditionKind, port: ConditionKind, unkeyed: EventConditions | null): EventRole => ({
  does: 'raise',
  keyed: { gateway, port },
  unkeyed,
});
const clear: EventRole = { does: 'clear' };
const start: EventRole = { does: 'start' };
const inform = (because: string): EventRole => ({ does: 'inform', because });
const ALARM: EventConditions = { gateway: 'gateway-alarm', port: 'line-alarm' };

/** Every kind of event and its effect, so that no notification is dropped unnoticed. */
export const EVENT_ROLES: Readonly<Record<EventKind, EventRole>> = {
  'cold-start': start,
  'warm-start': start,
  'link-down': raise('network-link-down', 'port-out-of-service', null),
  'link-up': clear,
  'authentication-failure': {
    does: 'raise',
    keyed: { gateway: 'access-refused', port: null },
    unkeyed: { gateway: 'access-refused', port: null },
  },
  'alarm-raised': raise('gateway-alarm', 'line-alarm', ALARM),
  'alarm-cleared': clear,
  'port-fault': raise('gateway-alarm', 'port-out-of-service', ALARM),
  'port-fault-cleared': clear,
  'hook-change': inform('The state of the line shows it.'),
  // Without a key it concerns a line that it does not name: the poll that follows shows which.
  'registration-lost': raise('registrar-lost', 'port-unregistered', null),
  'registration-restored': clear,
  'temperature-high': raise('over-temperature', 'line-alarm', { gateway: 'over-temperature', port: 'line-alarm' }),
  'temperature-normal': clear,
  'power-lost': raise('power-lost', 'line-alarm', { gateway: 'power-lost', port: 'line-alarm' }),
  'power-restored': clear,
  'fan-failed': raise('fan-failed', 'line-alarm', { gateway: 'fan-failed', port: 'line-alarm' }),
  'fan-restored': clear,
  'receiver-off-hook': raise('gateway-alarm', 'receiver-off-hook', null),
  'config-changed': inform('Somebody changed the gateway on purpose; it is no fault.'),
  'firmware-changed': inform('The inventory shows the version that runs.'),
  'quality-poor': raise('gateway-quality-poor', 'call-quality-poor', {
    gateway: 'gateway-quality-poor',
    port: 'call-quality-poor',
  }),
  'keep-alive': inform('It says that all goes on as before.'),
  'emergency-call': inform('It holds back actions on the gateway; it is no fault.'),
  'gateway-unreachable': inform('The agent reports reachability by itself.'),
  'gateway-reachable': inform('The agent reports reachability by itself.'),
  'wrong-answer': inform('What could not be understood is null with its reason.'),
  other: inform('Its meaning is not known.'),
};

/** Kinds without which the standing alarms of a gateway stay as they are. */
export const ALARM_EVENT_KINDS: readonly EventKind[] = EVENT_KINDS.filter(
  (kind) => EVENT_ROLES[kind].does !== 'inform',
);

/** The condition that an event is about; null where it raises none. */
export function conditionOfEvent(
  kind: EventKind,
  { keyed, position }: { keyed: boolean; position: number | null },
): ConditionKind | null {
  const role = EVENT_ROLES[kind];
  if (role.does !== 'raise') return null;
  const conditions = keyed ? role.keyed : role.unkeyed;
  return conditions === null ? null : position === null ? conditions.gateway : conditions.port;
}
