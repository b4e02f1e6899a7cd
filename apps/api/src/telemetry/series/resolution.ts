import type { RESOLUTIONS } from '@loopstart/contracts';

export type Resolution = (typeof RESOLUTIONS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The default range of a series. */
const DEFAULT_RANGE_MS = DAY_MS;
/** About as many points as a wide screen has columns. */
export const POINTS_MAX = 1500;

export interface Retention {
  rawHours: number;
  hourlyDays: number;
}

export interface Range {
  fromMs: number;
  toMs: number;
}

/** The requested range, with its defaults, its end not after now. Null where it is empty. */
export function rangeOf(query: { from?: string | undefined; to?: string | undefined }, nowMs: number): Range | null {
  const toMs = Math.min(query.to === undefined ? nowMs : Date.parse(query.to), nowMs);
  const fromMs = query.from === undefined ? toMs - DEFAULT_RANGE_MS : Date.parse(query.from);
  return fromMs < toMs ? { fromMs, toMs } : null;
}

/** The finest resolution that is stored for the whole range and does not make too many points. */
export function resolutionFor(range: Range, retention: Retention, nowMs: number): Resolution {
  if (range.fromMs >= nowMs - retention.rawHours * HOUR_MS) return 'raw';
  const hours = (range.toMs - range.fromMs) / HOUR_MS;
  return range.fromMs >= nowMs - retention.hourlyDays * DAY_MS && hours <= POINTS_MAX ? 'hour' : 'day';
}

/** Length of a bucket of a rolled-up resolution, in milliseconds. */
export function bucketMs(resolution: 'hour' | 'day'): number {
  return resolution === 'hour' ? HOUR_MS : DAY_MS;
}
