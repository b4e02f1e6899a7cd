import type { CallNullReason } from '@loopstart/domain';

/** A time of a record, ms since the epoch, or why it is none. */
export type Instant = { ms: number; reason: null } | { ms: null; reason: CallNullReason };

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;
/** Earlier years come from a clock that was never set. */
const YEAR_MIN = 2000;
const YEAR_MAX = 2199;

const none = (reason: CallNullReason): Instant => ({ ms: null, reason });

/** Days from 1970-01-01 to a date of the Gregorian calendar; null where there is no such date. */
function daysSinceEpoch(year: number, month: number, day: number): number | null {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (length === undefined || day < 1 || day > length) return null;
  const before = year - (month <= 2 ? 1 : 0);
  const era = Math.floor(before / 400);
  const yearOfEra = before - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

function instantOf({ year, month, day, hour, minute, second, ms }: Parts, offsetMin: number): Instant {
  if (year < YEAR_MIN || year > YEAR_MAX || hour > 23 || minute > 59 || second > 60) return none('invalid-value');
  const days = daysSinceEpoch(year, month, day);
  if (days === null) return none('invalid-value');
  return {
    ms: days * DAY_MS + ((hour * 60 + minute - offsetMin) * 60 + second) * 1000 + ms,
    reason: null,
  };
}

const UTC_NAMES = new Set(['UTC', 'GMT', 'Z', 'UCT']);

/** The distance of a zone from UTC, min; null for names such as "IST", which several zones have. */
function offsetOf(zone: string): number | null {
  if (UTC_NAMES.has(zone)) return 0;
  const found = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (found === null) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return minutes > 14 * 60 ? null : (found[1] === '-' ? -1 : 1) * minutes;
}

const ISO_LIKE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/**
 * `2023-07-26 01:51:32`: a local time without its zone. Its distance from another one of the same record is known, the
 * time itself is not.
 */
export function localMs(text: string | undefined): number | null {
  const found = ISO_LIKE.exec((text ?? '').trim());
  if (found === null) return null;
  const [, year, month, day, hour, minute, second = '0'] = found.map(Number);
  return instantOf(
    {
      year: year!,
      month: month!,
      day: day!,
      hour: hour!,
      minute: minute!,
      second: Number.isNaN(Number(second)) ? 0 : Number(second),
      ms: 0,
    },
    0,
  ).ms;
}

const CLOCK_FIRST =
  /^[*.]?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))? {1,4}(\S{1,12}) {1,4}[A-Z][a-z]{2} {1,4}([A-Z][a-z]{2}) {1,4}(\d{1,2}) {1,4}(\d{4})$/;

/** The parts of such a time, and its zone; null where it has another form. */
function clockParts(text: string | undefined): { parts: Parts; zone: string } | null {
  const found = CLOCK_FIRST.exec((text ?? '').trim());
  if (found === null) return null;
  const [, hour, minute, second, fraction = '0', zone = '', month = '', day, year] = found;
  const date = { year: Number(year), month: MONTHS.indexOf(month) + 1, day: Number(day) };
  const time = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  return { parts: { ...date, ...time, ms: Number(fraction.padEnd(3, '0')) }, zone };
}

/**
 * `18:57:52.320  UTC Mon Dec 05 2022`, as AudioCodes and Cisco write it; `*` or `.` before it says that the clock is not
 * synchronised.
 */
export function clockFirst(text: string | undefined): Instant {
  if ((text ?? '').trim() === '') return none('not-sent');
  const read = clockParts(text);
  if (read === null) return none('invalid-value');
  const offset = offsetOf(read.zone);
  return offset === null ? none('zone-not-known') : instantOf(read.parts, offset);
}

/**
 * How long it was from one such time to the next, ms: known also where their zone is not, if it is the same. Null where
 * it is not known, or would be negative.
 */
export function clockGapMs(from: string | undefined, to: string | undefined): number | null {
  const [begin, end] = [clockParts(from), clockParts(to)];
  if (begin === null || end === null) return null;
  const offsets = begin.zone === end.zone ? [0, 0] : [offsetOf(begin.zone), offsetOf(end.zone)];
  const [fromOffset, toOffset] = offsets;
  if (fromOffset === null || toOffset === null || fromOffset === undefined || toOffset === undefined) return null;
  const [beginMs, endMs] = [instantOf(begin.parts, fromOffset).ms, instantOf(end.parts, toOffset).ms];
  return beginMs === null || endMs === null || endMs < beginMs ? null : endMs - beginMs;
}
