import { currentLocale, FORMAT_LOCALE } from '../i18n/locale.ts';

/** One locale for all dates: day before month name, 24 hours, nothing that reads two ways. */
const LOCALE = FORMAT_LOCALE[currentLocale()];

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let made = formatters.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(LOCALE, { timeZone: zone, ...options });
    formatters.set(key, made);
  }
  return made;
}

/** The zone as an offset at an instant: "UTC", "GMT+1", "GMT-5". */
export function zoneLabel(atMs: number, zone: string): string {
  if (zone === 'UTC') return 'UTC';
  const parts = formatter(zone, { timeZoneName: 'shortOffset' }).formatToParts(atMs);
  const label = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  // Some versions of the time zone data spell the zero out.
  return label === 'GMT+0' ? 'GMT' : label;
}

/** Where clocks follow a zone, as people know it: "Sydney", "New York"; a zone without a city by its offset. */
export function zonePlace(atMs: number, zone: string): string {
  const parts = zone.split('/');
  if (parts.length < 2 || parts[0] === 'Etc') return zoneLabel(atMs, zone);
  return parts.at(-1)!.replaceAll('_', ' ');
}

/** "14:02", or with seconds "14:02:09". */
export function clockTime(atMs: number, zone: string, seconds = false): string {
  return formatter(zone, {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(atMs);
}

/** "23 Nov", with the year where it is not this year's. */
export function calendarDay(atMs: number, zone: string, nowMs: number): string {
  const year: Intl.DateTimeFormatOptions = { year: 'numeric' };
  const sameYear = formatter(zone, year).format(atMs) === formatter(zone, year).format(nowMs);
  return formatter(zone, { day: 'numeric', month: 'short', ...(sameYear ? {} : year) }).format(atMs);
}

/** The moment in words, with where clocks show it so: "14:02 Berlin" today, "22 Nov 14:02 Berlin" before. */
export function moment(atMs: number, zone: string, nowMs: number, seconds = false): string {
  const day: Intl.DateTimeFormatOptions = { dateStyle: 'short' };
  const today = formatter(zone, day).format(atMs) === formatter(zone, day).format(nowMs);
  const time = `${clockTime(atMs, zone, seconds)} ${zonePlace(atMs, zone)}`;
  return today ? time : `${calendarDay(atMs, zone, nowMs)} ${time}`;
}

/** Everything about a moment: "Mon, 23 Nov 2026, 14:02:09 GMT+1 (Europe/Berlin)". */
export function fullMoment(atMs: number, zone: string): string {
  const date = formatter(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(atMs);
  const place = zone === 'UTC' ? '' : ` (${zone})`;
  return `${date}, ${clockTime(atMs, zone, true)} ${zoneLabel(atMs, zone)}${place}`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A length of time in its two largest units: "3 d 4 h", "12 min 5 s", "45 s". Never negative. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const first = UNITS.findIndex(([, size]) => total >= size);
  if (first < 0) return '0 s';
  const [name, size] = UNITS[first]!;
  const whole = Math.floor(total / size);
  const next = UNITS[first + 1];
  const rest = next === undefined ? 0 : Math.floor((total % size) / next[1]);
  return rest === 0 || next === undefined ? `${whole} ${name}` : `${whole} ${name} ${rest} ${next[0]}`;
}

/** A length of time in its largest unit, for where space is short: "3 d", "12 min". */
export function shortDuration(ms: number): string {
  return duration(ms).split(' ').slice(0, 2).join(' ');
}
