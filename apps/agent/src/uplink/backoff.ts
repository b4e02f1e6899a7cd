/** How long waits grow after failures: doubling from `minMs` up to `maxMs`. */
export interface BackoffRange {
  minMs: number;
  maxMs: number;
}

/**
 * The wait before try number `failures` + 1, with full jitter: anywhere between nothing and the doubled bound, so
 * that a thousand agents that lost the same broker do not come back together. `random` is 0 ≤ x < 1.
 */
export function fullJitter(failures: number, range: BackoffRange, random: number): number {
  if (failures <= 0) return 0;
  const bound = Math.min(range.maxMs, range.minMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(range.minMs / 2 + random * (bound - range.minMs / 2));
}

/** How a lost connection is made again. */
export interface Patience {
  waits: BackoffRange;
  /** One try takes at most so long, from the first packet to the welcome of the broker. */
  connectMs: number;
}

/**
 * At first the line may be back any moment, and a gap of half a minute must not become an outage. A try that began
 * within a gap is better given up than waited for: TCP repeats its first packet after 1, 3 and only then 7 s. Later
 * there is time, and a broker that has many to welcome gets more of it.
 */
const SOON_MS = 45_000;
const SOON: Patience = { waits: { minMs: 1_000, maxMs: 2_000 }, connectMs: 6_000 };
const LATER: Patience = { waits: { minMs: 1_000, maxMs: 30_000 }, connectMs: 10_000 };

/** How to go about it `awayMs` after the connection was lost. */
export function patience(awayMs: number): Patience {
  return awayMs < SOON_MS ? SOON : LATER;
}

/**
 * How long to stay away after another connection with this identity took over `times` times within `TAKEOVERS_WITHIN_MS`,
 * at least. Once is the agent itself on a new line; again and again is a second machine, and two that take over from
 * each other without end lose messages at each turn.
 */
export const TAKEOVERS_WITHIN_MS = 1_800_000;
const TAKEN_OVER: BackoffRange = { minMs: 10_000, maxMs: 600_000 };

export function takeoverPauseMs(times: number, random: number): number {
  if (times <= 1) return 0;
  const bound = Math.min(TAKEN_OVER.maxMs, TAKEN_OVER.minMs * 2 ** Math.min(times - 1, 30));
  return Math.round(bound / 2 + (random * bound) / 2);
}
