import { listed } from './list.ts';
import { t } from '../../messages/states.ts';

/** "5 minutes", "2 hours", "1 day and 2 hours". */
export function minutesWords(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 1440), 'dayCount'],
    [Math.floor((minutes % 1440) / 60), 'hourCount'],
    [minutes % 60, 'minuteCount'],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, key]) => t(key, { n }));
  return said.length === 0 ? t('noTime') : listed(said, 'and');
}
