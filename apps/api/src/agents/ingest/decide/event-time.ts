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

/** A message of health that is older than this lay in an outbox, or comes from a clock that is behind: which of the two is not known. */
const FRESH_MS = 60_000;

/**
 * How far the clock of an agent is ahead, ms; null where its health does not show it. An agent that knows the cloud's
 * time reports it itself. Of another, a message cannot arrive before it was sent, so a clock that is ahead shows; and one
 * whose message is fresh is right, or nearly. Pure.
 */
export function clockAhead(
  { at, clockAheadMs }: { at: number; clockAheadMs?: number | null | undefined },
  receivedAtMs: number,
): number | null {
  if (clockAheadMs !== undefined && clockAheadMs !== null) return clockAheadMs;
  return at > receivedAtMs - FRESH_MS ? at - receivedAtMs : null;
}
