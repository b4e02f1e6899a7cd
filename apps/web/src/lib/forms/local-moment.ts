import {
  dateOf,
  dayNumberOf,
  formatLocalDate,
  formatLocalTime,
  instantOf,
  localOf,
  parseLocalDate,
  parseLocalTime,
} from '@loopstart/domain';

/** What a clock in the zone shows at an instant, as a date and time field holds it: "2026-11-23T08:30". */
export function localMoment(atMs: number, zone: string): string {
  const { day, minutes } = localOf(atMs, zone);
  return `${formatLocalDate(dateOf(day))}T${formatLocalTime(minutes)}`;
}

/** The instant (ISO, UTC) at which clocks in the zone show this; null where the text is no date and time. */
export function instantOfLocal(text: string, zone: string): string | null {
  const [date, time] = text.split('T');
  try {
    const day = dayNumberOf(parseLocalDate(date ?? ''));
    return new Date(instantOf(day, parseLocalTime((time ?? '').slice(0, 5)), zone).instant).toISOString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
