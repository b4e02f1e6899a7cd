import type { Span } from './hours.ts';
import {
  dateOf,
  dayNumberOf,
  daysInMonth,
  instantOf,
  localOf,
  MINUTE_MS,
  parseLocalDate,
  parseLocalTime,
  weekdayOf,
} from './zoned-time.ts';

/** How a maintenance window repeats. `until` is the last local day on which one may begin; null: without end. */
export type MaintenanceRecurrence =
  | { every: 'day'; until: string | null }
  /** ISO 8601 weekdays: Monday is 1, Sunday is 7. */
  | { every: 'week'; weekdays: readonly number[]; until: string | null }
  /** A day that a month lacks is omitted (RFC 5545 section 3.3.10); `nth` -1 is the last. */
  | { every: 'month'; on: { day: number } | { nth: number; weekday: number }; until: string | null };

export interface MaintenancePlan {
  timeZone: string;
  /** Local day and time of the first start. */
  startsOn: string;
  startsAt: string;
  /** Length as elapsed time, independent of clock changes. */
  durationMinutes: number;
  recurrence: MaintenanceRecurrence | null;
  /** Occurrences, by their start, that end earlier than planned; with an end at their start they are omitted. */
  exceptions: readonly { startsAt: number; endsAt: number }[];
  /** When the whole window was ended; null: it was not. */
  endedAt: number | null;
}

export interface MaintenanceWindow extends MaintenancePlan {
  id: string;
  scope: 'customer' | 'site' | 'gateway';
  scopeId: string;
}

/** When a window is in force at `now`: the occurrence that ends last; null when it is not. */
export function isInMaintenance(window: MaintenancePlan, now: number): Span | null {
  let found: Span | null = null;
  for (const span of occurrencesBetween(window, now, now + 1)) {
    if (found === null || span.to > found.to) found = span;
  }
  return found;
}

/** The first `count` occurrences that are not over at `from`, in order; searches four years ahead. */
export function nextOccurrences(window: MaintenancePlan, from: number, count: number): Span[] {
  return walk(window, from, from + 4 * 366 * 86_400_000, count);
}

/** Occurrences that overlap the range, in order; at most `limit`. */
export function occurrencesBetween(window: MaintenancePlan, from: number, to: number, limit = 10_000): Span[] {
  return walk(window, from, to, limit);
}

/** Whether something that happened at this place is within the scope of the window. */
export function windowCovers(
  window: { scope: MaintenanceWindow['scope']; scopeId: string },
  place: { customerId: string | null; siteId: string | null; gatewayId: string | null },
): boolean {
  const { scope, scopeId } = window;
  return (scope === 'customer' ? place.customerId : scope === 'site' ? place.siteId : place.gatewayId) === scopeId;
}

/** The windows in force at `now` by their scope, in the form of the alert engine: `site:<id>` and so on. */
export function maintenanceNow(
  windows: readonly MaintenanceWindow[],
  now: number,
): Map<string, { windowId: string; until: number }> {
  const found = new Map<string, { windowId: string; until: number }>();
  for (const window of windows) {
    const span = isInMaintenance(window, now);
    const key = `${window.scope}:${window.scopeId}`;
    if (span !== null && span.to > (found.get(key)?.until ?? -Infinity))
      found.set(key, { windowId: window.id, until: span.to });
  }
  return found;
}

/** Whether local clocks ever show the first start: they do not where a clock change forward skips it. */
export function beginningExists(plan: Pick<MaintenancePlan, 'timeZone' | 'startsOn' | 'startsAt'>): boolean {
  return instantOf(dayNumberOf(parseLocalDate(plan.startsOn)), parseLocalTime(plan.startsAt), plan.timeZone).exists;
}

function walk(window: MaintenancePlan, from: number, to: number, limit: number): Span[] {
  const first = dayNumberOf(parseLocalDate(window.startsOn));
  const minutes = parseLocalTime(window.startsAt);
  const durationMs = window.durationMinutes * MINUTE_MS;
  const until = window.recurrence?.until ?? null;
  const lastDay = Math.min(
    window.recurrence === null ? first : Infinity,
    until === null ? Infinity : dayNumberOf(parseLocalDate(until)),
    localOf(to, window.timeZone).day + 1,
  );
  const found: Span[] = [];
  for (
    let day = Math.max(first, localOf(from - durationMs, window.timeZone).day - 1);
    day <= lastDay && found.length < limit;
    day += 1
  ) {
    if (window.recurrence !== null && !recursOn(window.recurrence, day)) continue;
    const begins = instantOf(day, minutes, window.timeZone).instant;
    const ends = Math.min(
      begins + durationMs,
      window.endedAt ?? Infinity,
      ...window.exceptions.filter(({ startsAt }) => startsAt === begins).map(({ endsAt }) => endsAt),
    );
    if (ends > begins && ends > from && begins < to) found.push({ from: begins, to: ends });
  }
  return found;
}

function recursOn(recurrence: MaintenanceRecurrence, dayNumber: number): boolean {
  if (recurrence.every === 'day') return true;
  if (recurrence.every === 'week') return recurrence.weekdays.includes(weekdayOf(dayNumber));
  const { year, month, day } = dateOf(dayNumber);
  if ('day' in recurrence.on) return day === recurrence.on.day;
  if (weekdayOf(dayNumber) !== recurrence.on.weekday) return false;
  return recurrence.on.nth === -1 ? day + 7 > daysInMonth(year, month) : Math.ceil(day / 7) === recurrence.on.nth;
}
