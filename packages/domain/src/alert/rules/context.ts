import { LIFE_SAFETY } from '../../line/life-safety.ts';
import type { Severity } from '../../health/severity.ts';
import type { LineDeviceClass } from '../../line/vocabulary.ts';
import { conditionKey } from '../keys.ts';
import { CONDITIONS } from '../conditions.ts';
import type { ConditionKind } from '../kinds.ts';
import { type Setting, type Thresholds, valueOf } from '../thresholds.ts';
import type { AlertPlace, ConditionKey, Evidence, GatewayFacts, Observation } from '../types.ts';

/** What a rule may ask besides its facts. */
export interface RuleContext {
  now: number;
  thresholds: Thresholds;
  /** Is the condition bad at present, as far as is known? Decides which of two thresholds counts (hysteresis). */
  isBad(key: ConditionKey): boolean;
  /** Is the agent silent or stopped, so that what is behind it is unknown? */
  agentLost(agentId: string): boolean;
}

/** A gateway under evaluation, with the findings so far. `at` is the time of its facts. */
export interface ReadGateway {
  facts: GatewayFacts;
  at: number;
  place: AlertPlace;
  context: RuleContext;
  found: Observation[];
}

export type AlertSeverity = Exclude<Severity, 'ok' | 'unknown'>;

/**
 * How urgent a condition of a line is, by what is on it: a line on which a life or a building depends goes up one step,
 * a port nobody uses is worth a note at most.
 */
export function severityFor(kind: ConditionKind, device: LineDeviceClass | null): AlertSeverity {
  const severity = CONDITIONS[kind].severity;
  if (device === 'unused') return 'info';
  if (device === null || !LIFE_SAFETY.has(device)) return severity;
  return severity === 'info' ? 'minor' : severity === 'minor' ? 'major' : 'critical';
}

export interface Finding {
  kind: ConditionKind;
  subject: Observation['subject'];
  place: AlertPlace;
  setting: Setting;
  at: number;
  since: number;
  text: string;
  seen: Evidence['seen'];
  severity?: AlertSeverity;
}

/** Adds what was found about a subject that is known already. */
export type Add = (kind: ConditionKind, finding: Omit<Finding, 'kind' | 'subject' | 'place' | 'setting'>) => void;

/** A finding as a `bad` observation. */
export function bad(finding: Finding): Observation {
  const { kind, subject, place, setting, at, since, text, seen } = finding;
  return {
    key: conditionKey(kind, subject),
    kind,
    subject,
    verdict: 'bad',
    at,
    since: Math.min(since, at),
    severity: finding.severity ?? severityFor(kind, place.lineDeviceClass),
    where: place,
    evidence: { text, seen, thresholds: setting.why },
    raiseAfterMs: valueOf(setting, 'raiseAfterS') * 1000,
    clearAfterMs: valueOf(setting, 'clearAfterS') * 1000,
  };
}

/** Seconds in words. */
export function spoken(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
