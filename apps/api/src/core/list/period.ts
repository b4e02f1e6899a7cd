import type { Period } from '@loopstart/contracts';

const PERIOD_MS: Readonly<Record<Period, number>> = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
};

/** When a period up to now began, or a time that is later. */
export function startOf(within: Period | undefined, from: string | undefined, nowMs: number): string | undefined {
  if (within === undefined) return from;
  const start = nowMs - PERIOD_MS[within];
  return from !== undefined && Date.parse(from) > start ? from : new Date(start).toISOString();
}
