import { counted } from '../format/number.ts';
import { listed } from './list.ts';

/** "5 minutes", "2 hours", "1 day and 2 hours". */
export function minutesWords(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, noun]) => counted(n, noun));
  return said.length === 0 ? 'no time' : listed(said, 'and');
}
