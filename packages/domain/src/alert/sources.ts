import type { FaultReason } from '../line/vocabulary.ts';
import type { CapabilityField } from '../telemetry/fields.ts';
import type { UnreadableCode } from '../telemetry/unreadable.ts';
import type { EventKind } from './event-kinds.ts';
import { CONDITION_KINDS, type ConditionKind } from './kinds.ts';

/** Where the knowledge of a condition can come from. */
export type ConditionSource =
  /** A field that polls read; with `words`, only these raise it. */
  | { from: 'poll'; field: CapabilityField; words?: readonly string[] }
  /** A notification, with a key (it stands until its clear) or without (it is news for a while). */
  | { from: 'notification'; kind: EventKind; about: 'gateway' | 'port'; keyed: boolean }
  /** Why an agent does not read the gateway. */
  | { from: 'reachability'; codes: readonly UnreadableCode[] }
  /** What a line test measured or found, or how an action ended. */
  | { from: 'action'; what: 'line-test' | 'any' }
  /** Derived from other conditions. */
  | { from: 'conditions'; of: readonly ConditionKind[] }
  /** What the cloud sees of an agent and its messages, or of itself. */
  | { from: 'cloud'; sees: string };

const poll = (field: CapabilityField, ...words: string[]): ConditionSource => ({
  from: 'poll',
  field,
  ...(words.length > 0 && { words }),
});
const said = (kind: EventKind, about: 'gateway' | 'port', keyed = true): ConditionSource => ({
  from: 'notification',
  kind,
  about,
  keyed,
});
const cloud = (sees: string): ConditionSource => ({ from: 'cloud', sees });
const of = (...kinds: ConditionKind[]): ConditionSource => ({ from: 'conditions', of: kinds });
const fault = (...words: FaultReason[]): ConditionSource => poll('fault', ...words);

/**
 * Every source of every condition. A test holds this against what the drivers, the agent and the cloud really yield
 * (packages/sim/src/conditions.walk.spec.ts), so that no condition waits for a source that does not exist.
 */
export const CONDITION_SOURCES: Readonly<Record<ConditionKind, readonly ConditionSource[]>> = {
  'monitoring-interrupted': [cloud('the time since everything was judged last')],
  'agents-lost-together': [of('agent-silent')],
  'site-wan-down': [of('agent-silent')],
  'agent-silent': [cloud('signs of life')],
  'agent-stopped': [cloud('a good-bye')],
  'clock-wrong': [cloud('the times in messages')],
  'backlog-growing': [cloud('the health of the agent')],
  'certificate-expiring': [cloud('the certificate of the agent')],
  'identity-used-twice': [cloud('two connections with one certificate')],
  'agent-asks-to-return': [cloud('an old key that was proven')],
  'data-lost': [cloud('a reported gap')],
  'site-power-lost': [of('power-lost', 'gateway-rebooted')],
  'lan-segment-down': [of('gateway-unreachable')],
  'gateway-unreachable': [
    { from: 'reachability', codes: ['no-answer', 'network-unreachable', 'another-gateway', 'unknown'] },
  ],
  'gateway-not-readable': [
    {
      from: 'reachability',
      codes: [
        'authentication-failed',
        'unknown-user',
        'clock-not-agreed',
        'small-questions-only',
        'wrong-address-answers',
        'snmp-error',
        'invalid-answer',
      ],
    },
  ],
  'gateway-not-polled': [{ from: 'reachability', codes: ['target-removed'] }],
  'reading-stands-still': [cloud('the time of the last reading')],
  'gateway-rebooted': [poll('uptimeS'), said('cold-start', 'gateway', false), said('warm-start', 'gateway', false)],
  'over-temperature': [poll('temperatureC'), said('temperature-high', 'gateway')],
  'power-lost': [said('power-lost', 'gateway')],
  'fan-failed': [said('fan-failed', 'gateway')],
  'gateway-alarm': [
    said('alarm-raised', 'gateway'),
    said('alarm-raised', 'gateway', false),
    said('port-fault', 'gateway'),
    said('port-fault', 'gateway', false),
    said('receiver-off-hook', 'gateway'),
  ],
  'network-link-down': [said('link-down', 'gateway')],
  'access-refused': [said('authentication-failure', 'gateway', false)],
  'gateway-quality-poor': [said('quality-poor', 'gateway'), said('quality-poor', 'gateway', false)],
  'config-failed': [cloud('how the newest change of the gateway ended')],
  'config-reverted': [cloud('how the newest change of the gateway ended')],
  'config-drifted': [cloud('a running configuration that was read whole')],
  'action-failed': [{ from: 'action', what: 'any' }],
  'lines-failed-together': [poll('oper', 'out-of-service'), poll('fault')],
  'registrar-lost': [
    poll('registration', 'unregistered', 'auth-failed', 'rejected', 'unreachable'),
    said('registration-lost', 'gateway'),
  ],
  'registrar-lost-together': [of('registrar-lost')],
  'firmware-suspect': [of('gateway-unreachable', 'gateway-rebooted')],
  'port-out-of-service': [
    poll('oper', 'out-of-service'),
    fault(
      'no-line-device',
      'short-circuit',
      'ground-fault',
      'over-temperature',
      'thermal-shutdown',
      'hardware-failure',
    ),
    said('link-down', 'port'),
    said('port-fault', 'port'),
  ],
  'port-unregistered': [poll('registration', 'unregistered', 'auth-failed', 'rejected', 'unreachable')],
  'port-locked': [poll('admin', 'locked', 'shutting-down')],
  'receiver-off-hook': [poll('call', 'receiver-off-hook'), said('receiver-off-hook', 'port')],
  'ring-failure': [],
  'no-dial-tone': [fault('no-exchange-line')],
  'line-voltage-abnormal': [{ from: 'action', what: 'line-test' }],
  'loop-current-abnormal': [{ from: 'action', what: 'line-test' }],
  'line-test-failed': [{ from: 'action', what: 'line-test' }],
  'line-alarm': [said('alarm-raised', 'port')],
  'call-quality-poor': [],
  'fax-failures': [],
};

/** Why nothing can raise these yet. They are kept for their rules and keys, and not offered as something to be set. */
export const WITHOUT_SOURCE: Readonly<Partial<Record<ConditionKind, string>>> = {
  'ring-failure': 'No gateway that Loopstart reads reports that a line could not be rung.',
  'call-quality-poor': 'No gateway that Loopstart reads reports loss or jitter by line. Call records will.',
  'fax-failures': 'No gateway that Loopstart reads counts calls by line. Call records will.',
};

/** Conditions that something can raise. */
export const SOURCED_KINDS: readonly ConditionKind[] = CONDITION_KINDS.filter(
  (kind) => CONDITION_SOURCES[kind].length > 0,
);
