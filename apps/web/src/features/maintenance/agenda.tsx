import { clockTime } from '../../lib/format/time.ts';
import { dayNumberOf, parseLocalDate, weekdayOf } from '@loopstart/domain';
import { shortWeekday } from '../../lib/words/weekday.ts';
import { Empty } from '../../ui/state-panel.tsx';
import { agendaDays, type GridDay } from './month-grid.ts';
import { dateWords, monthWords } from './recurrence-words.ts';
import { t } from '../../messages/maintenance.ts';

/** A month one day after the other, the present one from today; days with nothing are left out. */
export function Agenda({ grid, zone, month }: { grid: GridDay[][]; zone: string; month: string }) {
  const days = agendaDays(grid);
  if (days.length === 0) {
    const present = grid.flat().some((day) => day.today && day.inMonth);
    return <Empty title={t('noMaintenanceIn', { presentIs: present ? 'yes' : 'no', monthWords: monthWords(month) })} />;
  }
  return (
    <ol className="flex flex-col">
      {days.map((day) => (
        <li
          key={day.date}
          className="grid gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 first:border-t-0 sm:grid-cols-[11rem_1fr]"
        >
          <h3 className="font-medium">
            {shortWeekday(weekdayOf(dayNumberOf(parseLocalDate(day.date))))}, {dateWords(day.date)}
            {day.today && <span className="text-accent">{t('todaySuffix')}</span>}
          </h3>
          <ul className="flex flex-col gap-1">
            {day.items.map((item) => (
              <li key={item.windowId + item.from} className="flex flex-wrap gap-x-3">
                <span className="w-28 shrink-0 text-ink-2">{hoursOf(item, zone)}</span>
                <span className="min-w-0 wrap-anywhere">
                  {item.title} <span className="text-ink-3">{item.scopeName}</span>
                </span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** The hours of one day: "01:00 to 03:00", and for what began before or ends later "until", "from" or "all day". */
function hoursOf(item: GridDay['items'][number], zone: string): string {
  const from = clockTime(Date.parse(item.from), zone);
  const to = clockTime(Date.parse(item.to), zone);
  if (item.begins) return item.ends ? t('to', { from, to }) : t('from', { from });
  return item.ends ? t('until', { to }) : t('allDay');
}
