import type { ConditionKind } from '../alert/kinds.ts';
import type { Severity } from '../health/severity.ts';
import type { LineDeviceClass } from '../line/vocabulary.ts';
import type { LocalHours } from './hours.ts';

/** Which incidents a policy matches; an absent list matches all. */
export interface PolicyMatch {
  severities?: readonly Severity[] | undefined;
  kinds?: readonly ConditionKind[] | undefined;
  customerIds?: readonly string[] | undefined;
  siteIds?: readonly string[] | undefined;
  lineDeviceClasses?: readonly LineDeviceClass[] | undefined;
}

/**
 * Whom a step notifies. Webhooks get every incident that their filters match anyway, so `all-channels` leaves them out.
 */
export type Target =
  | { type: 'all-channels' }
  | { type: 'channel'; channelId: string }
  | { type: 'schedule'; scheduleId: string }
  | { type: 'person'; userId: string };

export interface EscalationStep {
  /** Minutes after the step before; of the first step: after the announcement. */
  waitMinutes: number;
  targets: readonly Target[];
}

export interface QuietHours extends LocalHours {
  timeZone: string;
  /** Severities that wait until the quiet hours are over; critical only where it is named here. */
  severities: readonly Severity[];
}

export interface DigestRule {
  timeZone: string;
  at: string;
  weekdays: readonly number[];
  /** Severities that go into the digest alone. */
  severities: readonly Severity[];
  targets: readonly Target[];
}

export interface EscalationPolicy {
  id: string;
  name: string;
  ordinal: number;
  /** The default policy takes incidents that no other matches; there is exactly one. */
  isDefault: boolean;
  match: PolicyMatch;
  steps: readonly EscalationStep[];
  /** How often the steps repeat, and how long after the last one. */
  repeat: { times: number; everyMinutes: number };
  quietHours: QuietHours | null;
  digest: DigestRule | null;
}

/** The properties of an incident that decide whom it notifies. */
export interface Escalatable {
  severity: Severity;
  kind: ConditionKind;
  customerId: string | null;
  siteId: string | null;
  lineDeviceClass: LineDeviceClass | null;
}

/** Every policy that matches the incident, in the order of evaluation: by ordinal, the default last. */
export function policiesFor<P extends Pick<EscalationPolicy, 'ordinal' | 'isDefault' | 'match'>>(
  policies: readonly P[],
  incident: Escalatable,
): P[] {
  return policiesInOrder(policies).filter((policy) => policy.isDefault || policyTakes(policy.match, incident));
}

/** By ordinal, the default last. */
export function policiesInOrder<P extends Pick<EscalationPolicy, 'ordinal' | 'isDefault'>>(
  policies: readonly P[],
): P[] {
  return [...policies].sort((a, b) => Number(a.isDefault) - Number(b.isDefault) || a.ordinal - b.ordinal);
}

/**
 * Whether every list of the match contains the incident's value; no list matches a property that the incident lacks.
 */
export function policyTakes(match: PolicyMatch, incident: Escalatable): boolean {
  return (
    takes(match.severities, incident.severity) &&
    takes(match.kinds, incident.kind) &&
    takes(match.customerIds, incident.customerId) &&
    takes(match.siteIds, incident.siteId) &&
    takes(match.lineDeviceClasses, incident.lineDeviceClass)
  );
}

function takes<T>(list: readonly T[] | undefined, value: T | null): boolean {
  return list === undefined || (value !== null && list.includes(value));
}
