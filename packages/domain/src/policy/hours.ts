import { instantOf, localOf, parseLocalTime, weekdayOf } from './zoned-time.ts';

/** Certain hours of certain weekdays. `to` at or before `from` is on the next day; the weekday is that of the start. */
export interface LocalHours {
  /** ISO 8601: Monday is 1, Sunday is 7. */
  weekdays: readonly number[];
  from: string;
  to: string;
}

/** From (inclusive) to (exclusive), ms. */
export interface Span {
  from: number;
  to: number;
}

/**
 * The span of those hours that begins on this local day; null where the day has none, or a clock change forward skips
 * it.
 */
export function hoursOfDay(hours: LocalHours, timeZone: string, dayNumber: number): Span | null {
  if (!hours.weekdays.includes(weekdayOf(dayNumber))) return null;
  const start = parseLocalTime(hours.from);
  const end = parseLocalTime(hours.to);
  const from = instantOf(dayNumber, start, timeZone).instant;
  const to = instantOf(end <= start ? dayNumber + 1 : dayNumber, end, timeZone).instant;
  return to > from ? { from, to } : null;
}

/** The span of those hours that contains `now`; of two that overlap the one that ends later. Null outside of them. */
export function hoursAt(hours: LocalHours, timeZone: string, now: number): Span | null {
  const today = localOf(now, timeZone).day;
  let found: Span | null = null;
  // A span may begin yesterday or, where clocks go back at midnight, on a day that seems to be tomorrow.
  for (let day = today - 2; day <= today + 1; day += 1) {
    const span = hoursOfDay(hours, timeZone, day);
    if (span !== null && span.from <= now && now < span.to && (found === null || span.to > found.to)) found = span;
  }
  return found;
}

/**
 * When the hours that contain `now` end, with adjoining spans as one; at most `limitMs` from now. Null outside of them.
 */
export function endOfHours(hours: LocalHours, timeZone: string, now: number, limitMs: number): number | null {
  let end = hoursAt(hours, timeZone, now)?.to ?? null;
  while (end !== null && end - now < limitMs) {
    const next = hoursAt(hours, timeZone, end);
    if (next === null) return end;
    end = next.to;
  }
  return end === null ? null : Math.min(end, now + limitMs);
}

/** Whether such hours never end: every weekday, around the clock. */
export function isAlways(hours: LocalHours): boolean {
  return new Set(hours.weekdays).size === 7 && hours.from === hours.to;
}

/** The next time local clocks show `at` on one of the weekdays, strictly after `now`; within eight days. */
export function nextLocalTime(at: string, weekdays: readonly number[], timeZone: string, now: number): number {
  const today = localOf(now, timeZone).day;
  for (let day = today - 1; day <= today + 9; day += 1) {
    if (!weekdays.includes(weekdayOf(day))) continue;
    const { instant } = instantOf(day, parseLocalTime(at), timeZone);
    if (instant > now) return instant;
  }
  throw new RangeError('a digest needs a weekday');
}
