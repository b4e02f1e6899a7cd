/** How far a clock may be ahead before its times are corrected. */
export const CLOCK_AHEAD_MAX_MS = 5 * 60_000;

/**
 * How much to subtract from an agent's times, in milliseconds: times more than five minutes in the future come from a
 * wrong clock and are moved so that the newest of them is the time of arrival; their distances stay. Pure.
 */
export function clockCorrection(newestAtMs: number, receivedAtMs: number): number {
  const ahead = newestAtMs - receivedAtMs;
  return ahead > CLOCK_AHEAD_MAX_MS ? ahead : 0;
}

/**
 * A health message that is older than this waited in an outbox, or comes from a clock that is behind: which of the two
 * is unknown.
 */
const FRESH_MS = 60_000;

/**
 * How far the clock of an agent is ahead, ms; null where its health does not show it. An agent that knows the cloud's
 * time reports it itself. For another, a message cannot arrive before it was sent, so a clock that is ahead shows; and
 * a clock whose message is fresh is right, or nearly. Pure.
 */
export function clockAhead(
  { at, clockAheadMs }: { at: number; clockAheadMs?: number | null | undefined },
  receivedAtMs: number,
): number | null {
  if (clockAheadMs !== undefined && clockAheadMs !== null) return clockAheadMs;
  return at > receivedAtMs - FRESH_MS ? at - receivedAtMs : null;
}
