/** A day of the calendar: months and days count from 1. */
export interface LocalDate {
  year: number;
  month: number;
  day: number;
}

/** Minutes since local midnight, 0 to 1439. */
export type LocalMinutes = number;

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Throws RangeError where IANA does not list the zone. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Days since 1970-01-01 of a date of the Gregorian calendar (days_from_civil of Hinnant's "chrono-compatible low-level date algorithms"). */
export function dayNumberOf({ year, month, day }: LocalDate): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date this many days after 1970-01-01 (civil_from_days, same source). */
export function dateOf(dayNumber: number): LocalDate {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** ISO 8601 day of the week: Monday is 1, Sunday is 7. */
export function weekdayOf(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

export function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 };
  return dayNumberOf(next) - dayNumberOf({ year, month, day: 1 });
}

/** `2026-11-23`. Throws RangeError on a text that is no date of the calendar. */
export function parseLocalDate(text: string): LocalDate {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const date = match && { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  if (date === null || formatLocalDate(dateOf(dayNumberOf(date))) !== text) throw new RangeError(`no date: ${text}`);
  return date;
}

export function formatLocalDate({ year, month, day }: LocalDate): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Minutes since midnight of `08:30`. Throws RangeError on anything else. */
export function parseLocalTime(text: string): LocalMinutes {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match === null) throw new RangeError(`no local time: ${text}`);
  return Number(match[1]) * 60 + Number(match[2]);
}

export function formatLocalTime(minutes: LocalMinutes): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/**
 * Offsets by day of UTC; null: the clocks change on that day. Intl takes microseconds a call, and offsets are needed
 * often.
 */
const offsets = new Map<string, Map<number, number | null>>();
const REMEMBERED_MAX = 4_000;

/** Offset of the zone's clocks from UTC at an instant, in ms. Throws RangeError on an unknown zone. */
export function offsetAt(instant: number, timeZone: string): number {
  let byDay = offsets.get(timeZone);
  if (byDay === undefined || byDay.size > REMEMBERED_MAX) {
    formatOf(timeZone);
    byDay = new Map();
    offsets.set(timeZone, byDay);
  }
  const day = Math.floor(instant / DAY_MS);
  let offset = byDay.get(day);
  if (offset === undefined) {
    const begins = readOffset(day * DAY_MS, timeZone);
    offset = begins === readOffset((day + 1) * DAY_MS, timeZone) ? begins : null;
    byDay.set(day, offset);
  }
  return offset ?? readOffset(instant, timeZone);
}

function readOffset(instant: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) part[type] = Number(value);
  const days = dayNumberOf({ year: part.year!, month: part.month!, day: part.day! });
  const wall = days * DAY_MS + ((part.hour! * 60 + part.minute!) * 60 + part.second!) * 1000;
  return wall - Math.floor(instant / 1000) * 1000;
}

/** What local clocks of the zone show: the day (days since 1970-01-01) and the minutes since its midnight. */
export function localOf(instant: number, timeZone: string): { day: number; minutes: LocalMinutes } {
  const wall = instant + offsetAt(instant, timeZone);
  const day = Math.floor(wall / DAY_MS);
  return { day, minutes: Math.floor((wall - day * DAY_MS) / MINUTE_MS) };
}

/**
 * The instant at which the zone's clocks show this. Of a time that exists twice (clocks put back) it is the first. One
 * that does not exist (clocks put forward) is later by as much as the clocks jump, as in RFC 5545 section 3.3.5;
 * `exists` is then false.
 */
export function instantOf(
  dayNumber: number,
  minutes: LocalMinutes,
  timeZone: string,
): { instant: number; exists: boolean } {
  const wall = dayNumber * DAY_MS + minutes * MINUTE_MS;
  const before = offsetAt(wall - DAY_MS, timeZone);
  const after = offsetAt(wall + DAY_MS, timeZone);
  for (const offset of before === after ? [before] : [Math.max(before, after), Math.min(before, after)]) {
    if (offsetAt(wall - offset, timeZone) === offset) return { instant: wall - offset, exists: true };
  }
  return { instant: wall - before, exists: false };
}
