/** A clock may be ahead by so much before its times are no longer believed. */
export const CLOCK_AHEAD_MAX_MS = 5 * 60_000;

/**
 * How much to take from an agent's times, in milliseconds: what lies in the future by more than five minutes comes
 * from a wrong clock and is moved so that the newest of them is when it arrived; their distances stay. Pure.
 */
export function clockCorrection(newestAtMs: number, receivedAtMs: number): number {
  const ahead = newestAtMs - receivedAtMs;
  return ahead > CLOCK_AHEAD_MAX_MS ? ahead : 0;
}
