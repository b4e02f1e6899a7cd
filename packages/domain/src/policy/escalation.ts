import type { Severity } from '../health/severity.ts';
import { endOfHours, isAlways, nextLocalTime } from './hours.ts';
import type { EscalationPolicy, Target } from './policy.ts';
import { DAY_MS, MINUTE_MS } from './zoned-time.ts';

/** Longest time for which quiet hours hold anything. */
const HOLD_MAX_MS = 7 * DAY_MS;

/** Progress of the escalation of one incident. Plain JSON. */
export interface EscalationState {
  /** The severity last evaluated; another one is evaluated afresh. */
  severity: Severity;
  /** `told`: all steps of all rounds are done. */
  phase: 'waiting' | 'quiet' | 'digest' | 'told';
  /** Number of the pass: 0 is the announcement, and each return to the first step after a pause adds one. */
  pass: number;
  /** 0 is the first run of the steps, then the repetitions. */
  round: number;
  /** The next step, and when it is due. */
  step: number;
  dueAt: number;
}

export type EscalationEffect =
  | { type: 'notify'; pass: number; round: number; step: number; targets: readonly Target[] }
  | { type: 'digest'; sendAt: number };

export interface EscalationMove {
  state: EscalationState;
  effects: readonly EscalationEffect[];
  /** When to evaluate again; null: not before something changes. */
  nextAt: number | null;
}

/** State of an escalation that begins now. */
export function beginEscalation(
  policy: Pick<EscalationPolicy, 'steps'>,
  severity: Severity,
  now: number,
): EscalationState {
  return { severity, phase: 'waiting', pass: 0, round: 0, step: 0, dueAt: dueAfter(policy, 0, now) };
}

/** State of an escalation that is unattended again (snooze over, acknowledgement withdrawn): the first step. */
export function beginAgain(
  state: EscalationState,
  policy: Pick<EscalationPolicy, 'steps'>,
  severity: Severity,
  now: number,
): EscalationState {
  return { ...beginEscalation(policy, severity, now), pass: state.pass + 1 };
}

/**
 * The moves due now. Waits count from when the step before was really taken, so that after an interruption several
 * steps do not notify at once.
 */
export function nextEscalation(
  state: EscalationState,
  policy: Pick<EscalationPolicy, 'steps' | 'repeat' | 'quietHours' | 'digest'>,
  severity: Severity,
  now: number,
): EscalationMove {
  let at = withSeverity(state, severity, now);
  if (at.phase === 'told' || at.phase === 'digest') return { state: at, effects: [], nextAt: null };
  if (policy.digest?.severities.includes(severity)) {
    const { at: time, weekdays, timeZone } = policy.digest;
    const sendAt = nextLocalTime(time, weekdays, timeZone, now);
    return { state: { ...at, phase: 'digest' }, effects: [{ type: 'digest', sendAt }], nextAt: null };
  }
  const effects: EscalationEffect[] = [];
  while (at.dueAt <= now) {
    const until = quietUntil(policy, severity, now);
    if (until !== null) {
      at = { ...at, phase: 'quiet', dueAt: until };
      break;
    }
    const step = policy.steps[at.step];
    if (step !== undefined)
      effects.push({ type: 'notify', pass: at.pass, round: at.round, step: at.step, targets: step.targets });
    at = afterStep(at, policy, now);
    if (at.phase === 'told') return { state: at, effects, nextAt: null };
  }
  return { state: at, effects, nextAt: at.dueAt };
}

/**
 * An escalation that waits for quiet hours or a digest is evaluated again at another severity: it may be too urgent to
 * wait.
 */
function withSeverity(state: EscalationState, severity: Severity, now: number): EscalationState {
  if (state.severity === severity) return state;
  if (state.phase === 'quiet') return { ...state, severity, phase: 'waiting', dueAt: now };
  return { ...state, severity, phase: state.phase === 'digest' ? 'waiting' : state.phase };
}

function afterStep(
  state: EscalationState,
  policy: Pick<EscalationPolicy, 'steps' | 'repeat'>,
  now: number,
): EscalationState {
  const step = state.step + 1;
  if (step < policy.steps.length) return { ...state, phase: 'waiting', step, dueAt: dueAfter(policy, step, now) };
  if (state.round >= policy.repeat.times) return { ...state, phase: 'told', step };
  const dueAt = now + Math.max(1, policy.repeat.everyMinutes) * MINUTE_MS;
  return { ...state, phase: 'waiting', round: state.round + 1, step: 0, dueAt };
}

function dueAfter(policy: Pick<EscalationPolicy, 'steps'>, step: number, now: number): number {
  return now + (policy.steps[step]?.waitMinutes ?? 0) * MINUTE_MS;
}

/**
 * When the quiet hours that hold this severity end; null when nothing is held now. Quiet hours without end hold
 * nothing.
 */
export function quietUntil(
  policy: Pick<EscalationPolicy, 'quietHours'>,
  severity: Severity,
  now: number,
): number | null {
  const { quietHours } = policy;
  if (quietHours === null || !quietHours.severities.includes(severity) || isAlways(quietHours)) return null;
  return endOfHours(quietHours, quietHours.timeZone, now, HOLD_MAX_MS);
}
