/** Whether the shown state is current (`live`), outdated (`stale`), or was never read (`never`). */
export const FRESHNESS = ['live', 'stale', 'never'] as const;
export type Freshness = (typeof FRESHNESS)[number];

/** Missed polls after which a reading is outdated. */
const MISSED_POLLS = 3;
const FLOOR_MS = 30_000;

/**
 * How current a reading taken at `observedAtMs` is at `nowMs`, for a gateway polled every `pollIntervalMs`. Stale is a
 * state of its own: unknown is not down.
 */
export function freshness(observedAtMs: number | null, pollIntervalMs: number, nowMs: number): Freshness {
  if (observedAtMs === null) return 'never';
  return nowMs - observedAtMs > Math.max(FLOOR_MS, pollIntervalMs * MISSED_POLLS) ? 'stale' : 'live';
}
