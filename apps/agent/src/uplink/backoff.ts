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
