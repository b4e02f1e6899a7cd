const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses after the first, second, … failed attempt in ms: ten attempts over 75.6 h (example schedule of Standard Webhooks 1.0.0). */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
export const ATTEMPTS_MAX = RETRY_DELAYS_MS.length + 1;
/**
 * A pause is lengthened by up to this share, so that messages that failed together do not retry together. Never
 * shortened.
 */
export const JITTER_SHARE = 0.1;
/** Longest pause between attempts that a receiver can request. */
export const RETRY_AFTER_MAX_MS = 24 * HOUR;

/**
 * When to try again after attempt number `attempts` (from 1) failed; null: that was the last. `random` is in [0, 1).
 * `retryAfterMs` is the pause the receiver requested, null for none.
 */
export function retryAt(failed: {
  attempts: number;
  now: number;
  random: number;
  retryAfterMs: number | null;
}): number | null {
  const delay = RETRY_DELAYS_MS[failed.attempts - 1];
  if (delay === undefined) return null;
  const spread = delay * (1 + JITTER_SHARE * failed.random);
  const asked = Math.min(failed.retryAfterMs ?? 0, RETRY_AFTER_MAX_MS);
  return Math.round(failed.now + Math.max(spread, asked));
}
