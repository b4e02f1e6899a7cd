import type { MaintenanceWindow, Recurrence } from '@loopstart/contracts';
import { dayNumberOf, formatLocalTime, parseLocalDate, parseLocalTime, weekdayOf } from '@loopstart/domain';
import { minutesWords } from '../../lib/words/minutes.ts';
import { weekdaysWords, weekdayWord } from '../../lib/words/weekday.ts';
import { t } from '../../messages/maintenance.ts';
import { currentLocale, FORMAT_LOCALE } from '../../lib/i18n/locale.ts';

type Plan = Pick<MaintenanceWindow, 'startsOn' | 'startsAt' | 'durationMinutes' | 'timeZone' | 'recurrence'>;

/** A local date is no instant: formatted as UTC, it is the same day everywhere. */
const DATE = new Intl.DateTimeFormat(FORMAT_LOCALE[currentLocale()], { dateStyle: 'long', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat(FORMAT_LOCALE[currentLocale()], {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const NTH: Record<string, string> = t.group('nth');

/** "23 November 2026", whatever the reader's zone. */
export function dateWords(date: string): string {
  return DATE.format(utcOf(date));
}

function utcOf(date: string): number {
  const { year, month, day } = parseLocalDate(date);
  return Date.UTC(year, month - 1, day);
}

/** How it comes again: "every Monday and Thursday". */
export function recurrenceWords(recurrence: Recurrence): string {
  switch (recurrence.every) {
    case 'day':
      return t('everyDay');
    case 'week':
      return recurrence.weekdays.length === 7
        ? t('everyDay')
        : t('every', { weekdaysWords: weekdaysWords(recurrence.weekdays) });
    case 'month': {
      const { on } = recurrence;
      return 'day' in on
        ? t('everyMonthDay2', { day: on.day })
        : t('everyMonth', {
            nth: NTH[on.nth === -1 ? 'last' : on.nth] ?? String(on.nth),
            weekday: weekdayWord(on.weekday),
          });
    }
  }
}

/** From when to when, on the wall of its zone: "02:00 to 04:00", or with its length where it is a day or longer. */
export function hoursWords(startsAt: string, durationMinutes: number): string {
  if (durationMinutes >= 1440) return t('fromFor', { startsAt, length: minutesWords(durationMinutes) });
  const end = parseLocalTime(startsAt) + durationMinutes;
  return t('hoursTo', { startsAt, formatLocalTime: formatLocalTime(end % 1440), endIs: end >= 1440 ? 'yes' : 'no' });
}

/** The whole window as a sentence. */
export function windowSentence(plan: Plan): string {
  const hours = hoursWords(plan.startsAt, plan.durationMinutes);
  const { recurrence } = plan;
  if (recurrence === null) {
    const weekday = weekdayWord(weekdayOf(dayNumberOf(parseLocalDate(plan.startsOn))));
    return t('onceOn', { weekday, date: dateWords(plan.startsOn), hours, timeZone: plan.timeZone });
  }
  const until = recurrence.until === null ? '' : t('until2', { date: dateWords(recurrence.until) });
  const words = recurrenceWords(recurrence);
  return t('seriesSentence', {
    words: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    hours,
    timeZone: plan.timeZone,
    date: dateWords(plan.startsOn),
    until,
  });
}

/** "November 2026" of "2026-11". */
export function monthWords(month: string): string {
  return MONTH.format(utcOf(`${month}-01`));
}
