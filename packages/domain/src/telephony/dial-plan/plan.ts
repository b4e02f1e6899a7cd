import type { Pattern } from './pattern.ts';

/** What a number is for. A port may be forbidden each of them but the first. */
export const DIAL_CLASSES = [
  'emergency',
  'alarm-receiver',
  'lift-centre',
  'internal',
  'local',
  'national',
  'mobile',
  'international',
  'premium',
  'service',
  'voicemail',
  'other',
] as const;
export type DialClass = (typeof DIAL_CLASSES)[number];

/**
 * How long a gateway waits for more keys once a rule matches and a longer number is possible: not at all, the short
 * time, or the long one.
 */
export const DIAL_TIMERS = ['none', 'short', 'long'] as const;
export type DialTimer = (typeof DIAL_TIMERS)[number];

export interface DialRule {
  readonly id: string;
  readonly label: string;
  readonly match: Pattern;
  readonly timer: DialTimer;
  /** Keys that are dialled and not sent, from the left. */
  readonly strip: number;
  /** Digits put in front of what is sent. */
  readonly prepend: string;
  readonly class: DialClass;
  readonly action: 'send' | 'bar';
}

/** A number that must always be reached. */
export interface EmergencyNumber {
  readonly number: string;
  /** What the call server expects for it; null where that is the number itself. */
  readonly sendAs: string | null;
  /** True for a number of the site itself, which nobody dials after the outside-line digit. */
  readonly internal?: boolean;
}

/**
 * What a gateway does with what is dialled. The first rule in the list that matches decides; what no rule matches is
 * rejected.
 */
export interface DialPlan {
  /** The key for an outside line; null where outside numbers are dialled as they are. */
  readonly outsideLineDigit: string | null;
  /** True where the call server understands emergency numbers with the outside-line digit as well. */
  readonly serverTakesOutsideLineDigit?: boolean;
  readonly rules: readonly DialRule[];
  readonly emergencyNumbers: readonly EmergencyNumber[];
  /** Wait for the next key while no rule matches, and for rules with the long timer, in milliseconds. */
  readonly interDigitTimeoutMs: number;
  /** Wait of rules with the short timer, in milliseconds. */
  readonly shortTimeoutMs: number;
  /** The key that sends at once what matches; null for none. A rule that can take this key takes it as a digit. */
  readonly sendKey: '#' | null;
}

/** Classes that a port may not dial. Rules of these classes bar. Emergency calls are never barred. */
export interface ClassOfService {
  readonly blocked: readonly DialClass[];
}

/** The rules as they hold for a port: those of a blocked class bar. */
export function rulesOfPort(plan: DialPlan, { blocked }: ClassOfService): readonly DialRule[] {
  const barred = new Set<DialClass>(blocked.filter((name) => name !== 'emergency'));
  if (barred.size === 0) return plan.rules;
  return plan.rules.map((rule) => (barred.has(rule.class) ? { ...rule, action: 'bar' } : rule));
}
