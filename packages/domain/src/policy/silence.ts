import type { ConditionKind } from '../alert/kinds.ts';
import type { AlertPlace } from '../alert/types.ts';
import type { Severity } from '../health/severity.ts';
import type { LineDeviceClass } from '../line/vocabulary.ts';

/** The matcher of a silence. All given parts must match; an absent list matches all. */
export interface SilenceMatcher {
  kinds?: readonly ConditionKind[] | undefined;
  severities?: readonly Severity[] | undefined;
  lineDeviceClasses?: readonly LineDeviceClass[] | undefined;
  customerId?: string | undefined;
  siteId?: string | undefined;
  gatewayId?: string | undefined;
  position?: number | undefined;
}

export interface SilenceWindow {
  startsAt: number;
  endsAt: number;
  endedAt: number | null;
}

/** The properties of an alert that a silence matches. */
export interface Silenceable {
  kind: ConditionKind;
  severity: Severity;
  where: Pick<AlertPlace, 'customerId' | 'siteId' | 'gatewayId' | 'position' | 'lineDeviceClass'>;
}

/**
 * Whether a silence matches this alert. An empty matcher matches nothing: a mistake must not silence an operator. A
 * part that the alert lacks (the site of an alert that affects many) never matches.
 */
export function silenceMatches(silence: { matcher: SilenceMatcher }, alert: Silenceable): boolean {
  const { matcher } = silence;
  return (
    saysSomething(matcher) &&
    takes(matcher.kinds, alert.kind) &&
    takes(matcher.severities, alert.severity) &&
    takes(matcher.lineDeviceClasses, alert.where.lineDeviceClass) &&
    is(matcher.customerId, alert.where.customerId) &&
    is(matcher.siteId, alert.where.siteId) &&
    is(matcher.gatewayId, alert.where.gatewayId) &&
    is(matcher.position, alert.where.position)
  );
}

/** Whether the matcher has any part. */
export function saysSomething(matcher: SilenceMatcher): boolean {
  return Object.values(matcher).some((value) => value !== undefined);
}

export function silenceState(silence: SilenceWindow, now: number): 'planned' | 'active' | 'over' {
  if (now >= Math.min(silence.endsAt, silence.endedAt ?? Infinity)) return 'over';
  return now < silence.startsAt ? 'planned' : 'active';
}

function takes<T>(list: readonly T[] | undefined, value: T | null): boolean {
  return list === undefined || (value !== null && list.includes(value));
}

function is<T>(wanted: T | undefined, value: T | null): boolean {
  return wanted === undefined || wanted === value;
}
