/**
 * A rate limit of tries: a number at once, then one each interval (the generic cell rate algorithm, as in ITU-T I.371).
 * The only stored value of a key is the time when its tries are forgotten, so that no caller is ever locked out: the
 * next try is possible soon.
 */
export interface Pace {
  burst: number;
  intervalMs: number;
}

/** The cost of a try at a key: `weight` of its tries. */
export interface Try {
  key: string;
  pace: Pace;
  weight?: number;
}

/**
 * The stored time is when all tries are forgotten: a try moves it on by its cost, and is permitted while the time is
 * near enough.
 */
export const costMs = ({ pace, weight = 1 }: Try): number => pace.intervalMs * weight;
export const roomMs = ({ pace }: Try): number => pace.intervalMs * pace.burst;

/** How long until a try is permitted, where all is forgotten at `clearAt`. */
export function waitMs(one: Try, clearAt: number, now: number): number {
  return Math.max(0, Math.max(clearAt, now) + costMs(one) - roomMs(one) - now);
}
