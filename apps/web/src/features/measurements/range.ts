import { z } from 'zod';
import { optional } from '../../lib/url/filters.ts';
import { t } from '../../messages/measurements.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const RANGES = ['1h', '24h', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number];

/** How long a range is, and how often its right edge moves on (so that one answer serves for a while). */
const SHAPE: Record<Range, { lengthMs: number; stepMs: number; words: string }> = {
  '1h': { lengthMs: HOUR_MS, stepMs: MINUTE_MS, words: 'hour' },
  '24h': { lengthMs: DAY_MS, stepMs: 5 * MINUTE_MS, words: '24 hours' },
  '7d': { lengthMs: 7 * DAY_MS, stepMs: 30 * MINUTE_MS, words: '7 days' },
  '30d': { lengthMs: 30 * DAY_MS, stepMs: 2 * HOUR_MS, words: '30 days' },
};

/** The range shown, as kept in the URL. */
export const RangeFilter = z.object({ range: optional(z.enum(RANGES)) });

export function rangeStepMs(range: Range): number {
  return SHAPE[range].stepMs;
}

/** "the last 24 hours" */
export function rangeWords(range: Range): string {
  return t('theLast', { length: SHAPE[range].words });
}

/** The two ends of a range that ends after `nowMs`, at the next step. */
export function rangeEnds(range: Range, nowMs: number): { fromMs: number; toMs: number; from: string; to: string } {
  const { lengthMs, stepMs } = SHAPE[range];
  const toMs = Math.floor(nowMs / stepMs) * stepMs + stepMs;
  const fromMs = toMs - lengthMs;
  return { fromMs, toMs, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}
