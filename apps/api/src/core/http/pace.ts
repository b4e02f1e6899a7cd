/**
 * A pace of tries: so many at once, then one each interval (the generic cell rate algorithm, as in ITU-T I.371). All that
 * is kept of a key is when its tries will be forgotten, so that nobody is ever locked out: the next try is due soon.
 */
export interface Pace {
  burst: number;
  intervalMs: number;
}

/** What a try costs at a key: `weight` of its tries. */
export interface Try {
  key: string;
  pace: Pace;
  weight?: number;
}

/** A pace is kept as the time when all is forgotten: a try moves it on by its cost, and has room while it is near enough. */
export const costMs = ({ pace, weight = 1 }: Try): number => pace.intervalMs * weight;
export const roomMs = ({ pace }: Try): number => pace.intervalMs * pace.burst;

/** How long until a try has room, where all is forgotten at `clearAt`. */
export function waitMs(one: Try, clearAt: number, now: number): number {
  return Math.max(0, Math.max(clearAt, now) + costMs(one) - roomMs(one) - now);
}
