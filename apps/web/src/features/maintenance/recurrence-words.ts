import type { MaintenanceWindow, Recurrence } from '@loopstart/contracts';
import { dayNumberOf, formatLocalTime, parseLocalDate, parseLocalTime, weekdayOf } from '@loopstart/domain';
import { minutesWords } from '../../lib/words/minutes.ts';
import { weekdaysWords, weekdayWord } from '../../lib/words/weekday.ts';

type Plan = Pick<MaintenanceWindow, 'startsOn' | 'startsAt' | 'durationMinutes' | 'timeZone' | 'recurrence'>;

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const NTH: Record<number, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' };

/** "23 November 2026", whatever the reader's zone: a local date is no instant. */
export function dateWords(date: string): string {
  const { year, month, day } = parseLocalDate(date);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** How it comes again: "every Monday and Thursday". */
export function recurrenceWords(recurrence: Recurrence): string {
  switch (recurrence.every) {
    case 'day':
      return 'every day';
    case 'week':
      return recurrence.weekdays.length === 7 ? 'every day' : `every ${weekdaysWords(recurrence.weekdays)}`;
    case 'month': {
      const { on } = recurrence;
      return 'day' in on
        ? `every month on day ${on.day}`
        : `every month on the ${NTH[on.nth] ?? `${on.nth}th`} ${weekdayWord(on.weekday)}`;
    }
  }
}

/** From when to when, on the wall of its zone: "02:00 to 04:00", or with its length where it is a day or longer. */
export function hoursWords(startsAt: string, durationMinutes: number): string {
  if (durationMinutes >= 1440) return `from ${startsAt} for ${minutesWords(durationMinutes)}`;
  const end = parseLocalTime(startsAt) + durationMinutes;
  return `${startsAt} to ${formatLocalTime(end % 1440)}${end >= 1440 ? ' of the next day' : ''}`;
}

/** The whole window as a sentence. */
export function windowSentence(plan: Plan): string {
  const hours = hoursWords(plan.startsAt, plan.durationMinutes);
  const { recurrence } = plan;
  if (recurrence === null) {
    const weekday = weekdayWord(weekdayOf(dayNumberOf(parseLocalDate(plan.startsOn))));
    return `Once, on ${weekday}, ${dateWords(plan.startsOn)}, ${hours} (${plan.timeZone}).`;
  }
  const until = recurrence.until === null ? '' : `, until ${dateWords(recurrence.until)}`;
  const words = recurrenceWords(recurrence);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, ${hours} (${plan.timeZone}), from ${dateWords(plan.startsOn)}${until}.`;
}

/** "November 2026" of "2026-11". */
export function monthWords(month: string): string {
  return dateWords(`${month}-01`).replace(/^1 /, '');
}
