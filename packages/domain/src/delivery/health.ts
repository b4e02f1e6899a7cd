const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Outcome of an attempt. `throttled`: the receiver is over its limit (429, 502, 504). `gone`: the receiver accepts no
 * more messages (410). `refused`: it will never accept this message, which does not count against the channel.
 */
export const ATTEMPT_OUTCOMES = ['delivered', 'failed', 'throttled', 'gone', 'refused'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** States of the circuit breaker of a channel. */
export const CIRCUITS = ['closed', 'open', 'half-open'] as const;
export type Circuit = (typeof CIRCUITS)[number];

/** The health of a channel. Times in ms since the epoch. */
export interface ChannelHealth {
  circuit: Circuit;
  /** Failed attempts since the last success. */
  failures: number;
  /** How often the circuit opened since the last success; each time it stays open for longer. */
  openings: number;
  /** How often it was throttled since the last success. */
  throttles: number;
  /** Nothing is sent before this; null: now. Of a half-open circuit: when its one trial counts as lost. */
  pausedUntil: number | null;
  failingSince: number | null;
}

export const HEALTHY: ChannelHealth = {
  circuit: 'closed',
  failures: 0,
  openings: 0,
  throttles: 0,
  pausedUntil: null,
  failingSince: null,
};

/** Failures in a row that open the circuit. */
export const FAILURES_TO_OPEN = 5;
export const OPEN_MS = 30 * SECOND;
export const OPEN_MAX_MS = 10 * MINUTE;
export const THROTTLE_MS = 2 * SECOND;
export const THROTTLE_MAX_MS = 5 * MINUTE;
/** Longest pause of a channel that a receiver can request. */
export const THROTTLE_ASKED_MAX_MS = HOUR;
/** A channel that failed for this long, and this many times, is switched off. */
export const DISABLE_AFTER_MS = 120 * HOUR;
export const DISABLE_AFTER_FAILURES = 10;
/** Maximum number of messages being sent to one channel at the same time. */
export const CONCURRENCY = 8;

export interface HealthStep {
  health: ChannelHealth;
  /** Why the channel is to be switched off; null: it stays on. */
  disable: 'gone' | 'failing' | null;
  /** The channel works again after failures: waiting messages may be sent now. */
  recovered: boolean;
}

/** Outcome for an HTTP status. Only 2xx is success; a redirect is not followed and is no success. */
export function outcomeOfStatus(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return status === 429 || status === 502 || status === 504 ? 'throttled' : 'failed';
}

/** The channel after an attempt. `retryAfterMs`: the pause the receiver requested, null for none. */
export function afterAttempt(
  health: ChannelHealth,
  attempt: { outcome: AttemptOutcome; retryAfterMs: number | null; now: number },
): HealthStep {
  const { outcome, now } = attempt;
  if (outcome === 'refused') return { health: settled(health), disable: null, recovered: false };
  if (outcome === 'delivered')
    return { health: afterSuccess(health, now), disable: null, recovered: health.circuit !== 'closed' };
  const failures = health.failures + 1;
  const failingSince = health.failingSince ?? now;
  const throttles = health.throttles + (outcome === 'throttled' ? 1 : 0);
  const asked = outcome === 'throttled' ? now + throttlePause(throttles, attempt.retryAfterMs) : null;
  const failing = trip({ ...health, failures, failingSince, throttles }, asked, now);
  if (outcome === 'gone') return { health: failing, disable: 'gone', recovered: false };
  const worn = now - failingSince >= DISABLE_AFTER_MS && failures >= DISABLE_AFTER_FAILURES;
  return { health: failing, disable: worn ? 'failing' : null, recovered: false };
}

/** How many further messages may be sent now, with `sending` of them already in progress. */
export function slotsOf(health: ChannelHealth, sending: number, now: number): number {
  if (health.pausedUntil !== null && health.pausedUntil > now) return 0;
  const most = health.failures === 0 && health.throttles === 0 ? CONCURRENCY : 1;
  // One trial of a circuit that is not closed, even while an earlier, lost trial still holds its place.
  return health.circuit === 'closed' ? Math.max(0, most - sending) : 1;
}

/** The channel during its one trial, which counts as lost after `trialUntil`. A closed circuit stays as it is. */
export function onTrial(health: ChannelHealth, trialUntil: number): ChannelHealth {
  return health.circuit === 'closed' ? health : { ...health, circuit: 'half-open', pausedUntil: trialUntil };
}

/** An answer that does not count against the channel still ends the trial. */
function settled(health: ChannelHealth): ChannelHealth {
  return health.circuit === 'half-open' ? { ...health, pausedUntil: null } : health;
}

/** A working channel; a pause that the receiver requested meanwhile still holds. */
function afterSuccess(health: ChannelHealth, now: number): ChannelHealth {
  const asked = health.circuit === 'closed' && health.pausedUntil !== null && health.pausedUntil > now;
  return asked ? { ...HEALTHY, throttles: health.throttles, pausedUntil: health.pausedUntil } : HEALTHY;
}

function throttlePause(throttles: number, askedMs: number | null): number {
  const own = Math.min(THROTTLE_MS * 2 ** (throttles - 1), THROTTLE_MAX_MS);
  return Math.max(own, Math.min(askedMs ?? 0, THROTTLE_ASKED_MAX_MS));
}

/**
 * Opens the circuit where this failure reaches the limit. A circuit that is open already stays so: the result is late.
 */
function trip(failing: ChannelHealth, asked: number | null, now: number): ChannelHealth {
  const opens =
    failing.circuit === 'half-open' || (failing.circuit === 'closed' && failing.failures >= FAILURES_TO_OPEN);
  if (!opens) return asked === null ? failing : { ...failing, pausedUntil: Math.max(failing.pausedUntil ?? 0, asked) };
  const openings = failing.openings + 1;
  const pause = Math.min(OPEN_MS * 2 ** (openings - 1), OPEN_MAX_MS);
  return { ...failing, circuit: 'open', openings, pausedUntil: Math.max(asked ?? 0, now + pause) };
}
