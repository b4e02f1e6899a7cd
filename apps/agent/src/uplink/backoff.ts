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

/** While the connection has been gone for less than this, it is tried so often that a gap of half a minute is no outage. */
const SOON_MS = 60_000;
const SOON: BackoffRange = { minMs: 1_000, maxMs: 4_000 };
const LATER: BackoffRange = { minMs: 1_000, maxMs: 30_000 };

/** The wait before the next try to connect, `awayMs` after the connection was lost. `random` is 0 ≤ x < 1. */
export function reconnectWaitMs(failures: number, awayMs: number, random: number): number {
  return fullJitter(failures, awayMs < SOON_MS ? SOON : LATER, random);
}
