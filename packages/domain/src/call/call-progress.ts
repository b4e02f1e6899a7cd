/** How far a call has come, by the records that were received of it. */
export const CALL_PROGRESS = ['started', 'connected', 'ended', 'no-end-received'] as const;
export type CallProgress = (typeof CALL_PROGRESS)[number];

const HOUR_MS = 3_600_000;
/** A call that was never answered and of which no end came is no longer taken for one in progress. */
export const UNANSWERED_MAX_MS = HOUR_MS;
/** The same of an answered one: conferences and leased lines last for most of a day. */
export const ANSWERED_MAX_MS = 24 * HOUR_MS;

/** The times of a call in our clock, as far as they are known. */
export interface CallTimes {
  at: number;
  connectedAt: number | null;
  endedAt: number | null;
  ended: boolean;
}

/**
 * The state of a call at `now`. Syslog over UDP loses lines: after a stated time a call without an end is one whose end
 * was not received, and nothing is said of its length. Pure.
 */
export function callProgress({ at, connectedAt, ended }: CallTimes, now: number): CallProgress {
  if (ended) return 'ended';
  if (connectedAt !== null) return now - connectedAt > ANSWERED_MAX_MS ? 'no-end-received' : 'connected';
  return now - at > UNANSWERED_MAX_MS ? 'no-end-received' : 'started';
}
