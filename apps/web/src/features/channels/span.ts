import type { DELIVERY_SPANS } from './filters.schema.ts';

const MINUTE_MS = 60_000;
const SPAN_MS = { '1h': 3_600_000, '24h': 86_400_000, '7d': 7 * 86_400_000 } as const;

/** When a span began, on the minute, so that the same page asks the same question for a minute. */
export function spanStart(span: (typeof DELIVERY_SPANS)[number] | undefined, nowMs: number): string | undefined {
  if (span === undefined) return undefined;
  return new Date(Math.floor((nowMs - SPAN_MS[span]) / MINUTE_MS) * MINUTE_MS).toISOString();
}
