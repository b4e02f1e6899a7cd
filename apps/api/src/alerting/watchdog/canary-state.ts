/** State of the synthetic alert: `idle` where no operator exists. */
export type CanaryState = 'idle' | 'starting' | 'working' | 'missing';

/** Without an arrival for this long alerting does not work, whatever the reason. */
export const MISSING_MS = 180_000;

/** Pure. `watchingSince`: when this process began to watch; an absence before that proves nothing. */
export function canaryState(
  seen: { exists: boolean; arrivedAt: number | null },
  watchingSince: number,
  now: number,
): CanaryState {
  if (!seen.exists) return 'idle';
  if (seen.arrivedAt !== null && now - seen.arrivedAt <= MISSING_MS) return 'working';
  return now - watchingSince <= MISSING_MS ? 'starting' : 'missing';
}
