const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
/** 1970-01-05 was the first Monday of the epoch. */
const FIRST_MONDAY_MS = 4 * 24 * HOUR_MS;
const CACHE_MAX = 20_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** Whether this machine knows the IANA time zone. */
export function isTimeZone(name: string): boolean {
  try {
    format(name);
    return true;
  } catch {
    return false;
  }
}

function format(timeZone: string): Intl.DateTimeFormat {
  let known = formats.get(timeZone);
  if (known === undefined) {
    known = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, known);
  }
  return known;
}

/** Milliseconds to add to UTC for the wall clock of `timeZone` at `at`. Throws RangeError on an unknown zone. */
export function utcOffsetMs(at: number, timeZone: string): number {
  const key = `${timeZone}@${Math.floor(at / HOUR_MS)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const text = format(timeZone)
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(text ?? '');
  const minutes = match?.[1] === undefined ? 0 : Number(match[2]) * 60 + Number(match[3]);
  const offset = (match?.[1] === '-' ? -minutes : minutes) * 60_000;
  // Bounded: a long simulation visits many hours, and clearing costs only the next look-ups.
  if (offsets.size >= CACHE_MAX) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** Hour of the local week, 0 ≤ h < 168, Monday 00:00 = 0. */
export function localHourOfWeek(at: number, timeZone: string): number {
  const local = at + utcOffsetMs(at, timeZone) - FIRST_MONDAY_MS;
  const hours = (local / HOUR_MS) % WEEK_HOURS;
  return hours < 0 ? hours + WEEK_HOURS : hours;
}
