import { listed } from './list.ts';
import { t } from '../../messages/states.ts';

/** ISO 8601: Monday is 1, Sunday is 7. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const WEEKDAY_WORDS: Record<Weekday, string> = t.group('weekday');

/** The name of a day by its ISO number; the number itself where there is no such day. */
export function weekdayWord(weekday: number): string {
  return WEEKDAY_WORDS[weekday as Weekday] ?? String(weekday);
}

/** "Mon", for where space is short. */
export function shortWeekday(weekday: number): string {
  return SHORT_WEEKDAYS[weekday as Weekday] ?? String(weekday);
}

const SHORT_WEEKDAYS: Record<Weekday, string> = t.group('weekdayShort');

/** "every day", "Monday to Friday", "Monday and Thursday". */
export function weekdaysWords(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return t('noDay');
  if (days.length === 7) return t('everyDay');
  if (days.length >= 3 && last - first === days.length - 1)
    return t('weekdayRange', { from: weekdayWord(first), to: weekdayWord(last) });
  return listed(days.map(weekdayWord), 'and');
}
