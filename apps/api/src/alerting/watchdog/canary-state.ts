/** How the synthetic alert fares: `idle` where there is nobody to watch for. */
export type CanaryState = 'idle' | 'starting' | 'working' | 'missing';

/** Without an arrival for so long alerting does not work, whatever the reason. */
export const MISSING_MS = 180_000;

/** Pure. `watchingSince`: since when this process looks; before that an absence proves nothing. */
export function canaryState(
  seen: { exists: boolean; arrivedAt: number | null },
  watchingSince: number,
  now: number,
): CanaryState {
  if (!seen.exists) return 'idle';
  if (seen.arrivedAt !== null && now - seen.arrivedAt <= MISSING_MS) return 'working';
  return now - watchingSince <= MISSING_MS ? 'starting' : 'missing';
}
