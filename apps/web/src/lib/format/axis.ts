import { calendarDay, clockTime } from './time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Steps that people think in. */
const STEPS_MS = [5, 15, 30]
  .map((n) => n * MINUTE_MS)
  .concat(
    [1, 3, 6, 12].map((n) => n * HOUR_MS),
    [1, 2, 7].map((n) => n * DAY_MS),
  );
const TICKS_MAX = 5;
/** A label closer to an end than this share of the range would be cut. */
const MARGIN = 0.04;

export interface Tick {
  atMs: number;
  /** Where between the two ends, 0 to 1. */
  share: number;
  label: string;
}

/** Round moments of a zone's wall clock within a range: hours, or days at midnight where the range is long. */
export function axisTicks(fromMs: number, toMs: number, zone: string): Tick[] {
  const length = toMs - fromMs;
  const stepMs = STEPS_MS.find((step) => length / step <= TICKS_MAX) ?? 7 * DAY_MS;
  const ticks: Tick[] = [];
  // Walked in the wall clock of the zone: its offset can change within the range.
  const offset = (atMs: number) => wallClockOffsetMs(atMs, zone);
  let wall = Math.ceil((fromMs + offset(fromMs)) / stepMs) * stepMs;
  for (; ; wall += stepMs) {
    const guess = wall - offset(wall);
    const atMs = wall - offset(guess);
    if (atMs > toMs) return ticks;
    const share = (atMs - fromMs) / length;
    if (share < MARGIN || share > 1 - MARGIN) continue;
    ticks.push({ atMs, share, label: stepMs >= DAY_MS ? calendarDay(atMs, zone, toMs) : clockTime(atMs, zone) });
  }
}

/** How far the wall clock of a zone is ahead of UTC at an instant. */
function wallClockOffsetMs(atMs: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs);
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(atMs / 1000) * 1000;
}
