/** Growing waits after failures: doubling from `minMs` up to `maxMs`. */
export interface BackoffRange {
  minMs: number;
  maxMs: number;
}

/**
 * The wait before try number `failures` + 1, with full jitter: anywhere between nothing and the doubled limit, so that
 * a thousand agents that lost the same broker do not come back together. `random` is 0 ≤ x < 1.
 */
export function fullJitter(failures: number, range: BackoffRange, random: number): number {
  if (failures <= 0) return 0;
  const bound = Math.min(range.maxMs, range.minMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(range.minMs / 2 + random * (bound - range.minMs / 2));
}

/** How a lost connection is restored. */
export interface Patience {
  waits: BackoffRange;
  /** Maximum time of one try, from the first packet to the broker's CONNACK. */
  connectMs: number;
}

/**
 * At first the line may be back at any moment, and a gap of half a minute must not become an outage. It is better to
 * abandon a try that began within a gap than to wait for it: TCP repeats its first packet after 1, 3 and only then 7 s.
 * Later there is time, and a broker with many connections to accept gets more of it.
 */
const SOON_MS = 45_000;
const SOON: Patience = { waits: { minMs: 1_000, maxMs: 2_000 }, connectMs: 6_000 };
const LATER: Patience = { waits: { minMs: 1_000, maxMs: 30_000 }, connectMs: 10_000 };

/** How to reconnect `awayMs` after the connection was lost. */
export function patience(awayMs: number): Patience {
  return awayMs < SOON_MS ? SOON : LATER;
}

/**
 * Minimum wait after another connection with this identity took over `times` times within `TAKEOVERS_WITHIN_MS`. Once
 * is the agent itself on a new line; repeatedly is a second machine, and two that take over from each other without end
 * lose messages each time.
 */
export const TAKEOVERS_WITHIN_MS = 1_800_000;
const TAKEN_OVER: BackoffRange = { minMs: 10_000, maxMs: 600_000 };

export function takeoverPauseMs(times: number, random: number): number {
  if (times <= 1) return 0;
  const bound = Math.min(TAKEN_OVER.maxMs, TAKEN_OVER.minMs * 2 ** Math.min(times - 1, 30));
  return Math.round(bound / 2 + (random * bound) / 2);
}
