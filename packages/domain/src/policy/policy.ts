import type { ConditionKind } from '../alert/kinds.ts';
import type { Severity } from '../health/severity.ts';
import type { LineDeviceClass } from '../line/vocabulary.ts';
import type { LocalHours } from './hours.ts';

/** Which incidents a policy takes; an absent list takes all. */
export interface PolicyMatch {
  severities?: readonly Severity[] | undefined;
  kinds?: readonly ConditionKind[] | undefined;
  customerIds?: readonly string[] | undefined;
  siteIds?: readonly string[] | undefined;
  lineDeviceClasses?: readonly LineDeviceClass[] | undefined;
}

/** Whom a step notifies. Webhooks get everything that their filters match anyway, so `all-channels` leaves them out. */
export type Target =
  | { type: 'all-channels' }
  | { type: 'channel'; channelId: string }
  | { type: 'schedule'; scheduleId: string }
  | { type: 'person'; userId: string };

export interface EscalationStep {
  /** Minutes after the step before; of the first: after the announcement. */
  waitMinutes: number;
  targets: readonly Target[];
}

export interface QuietHours extends LocalHours {
  timeZone: string;
  /** What waits until the quiet hours are over; critical only where it is named here. */
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
  /** Takes what no other took; there is exactly one. */
  isDefault: boolean;
  match: PolicyMatch;
  steps: readonly EscalationStep[];
  /** How often the steps begin again, and how long after the last one. */
  repeat: { times: number; everyMinutes: number };
  quietHours: QuietHours | null;
  digest: DigestRule | null;
}

/** The part of an incident that decides whom it notifies. */
export interface Escalatable {
  severity: Severity;
  kind: ConditionKind;
  customerId: string | null;
  siteId: string | null;
  lineDeviceClass: LineDeviceClass | null;
}

/** Every policy that takes the incident, in the order they are asked: by ordinal, the default last. */
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

/** Whether every list of the match takes the incident; what it does not have no list takes. */
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
