import { clockTime } from '../../lib/format/time.ts';
import { shortWeekday, WEEKDAYS, WEEKDAY_WORDS } from '../../lib/words/weekday.ts';
import { cx } from '../../ui/cx.ts';
import { dateWords } from './recurrence-words.ts';
import type { GridDay } from './month-grid.ts';
import { t } from '../../messages/maintenance.ts';

/** More than this in a day are counted. */
const IN_SIGHT_MAX = 3;

/** A month as a table of weeks. */
export function MonthTable({ grid, zone, caption }: { grid: GridDay[][]; zone: string; caption: string }) {
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th
              key={weekday}
              scope="col"
              abbr={WEEKDAY_WORDS[weekday]}
              className="border-b border-line bg-sunken px-2 py-1 text-left text-xs font-medium text-ink-2"
            >
              {shortWeekday(weekday)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grid.map((week) => (
          <tr key={week[0]?.date}>
            {week.map((day) => (
              <Cell key={day.date} day={day} zone={zone} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ day, zone }: { day: GridDay; zone: string }) {
  return (
    <td
      className={cx('h-24 border-t border-l border-line p-1 align-top first:border-l-0', !day.inMonth && 'bg-sunken')}
    >
      <span
        className={cx(
          'mb-0.5 inline-grid h-6 min-w-6 place-items-center rounded-full px-1 text-xs',
          day.today ? 'bg-accent font-semibold text-accent-ink' : day.inMonth ? 'text-ink-2' : 'text-ink-3',
        )}
      >
        <span aria-hidden="true">{day.day}</span>
        <span className="sr-only">
          {dateWords(day.date)}
          {day.today && t('todayAfter')}
        </span>
      </span>
      {day.items.length > 0 && (
        <ul className="flex flex-col gap-0.5">
          {day.items.slice(0, IN_SIGHT_MAX).map((item) => (
            <li
              key={item.windowId + item.from}
              title={`${item.title}, ${item.scopeName}`}
              className={cx(
                'truncate border-l-3 border-minor bg-minor-soft px-1 text-xs leading-5',
                item.begins && 'rounded-l-sm',
                item.ends && 'rounded-r-sm',
              )}
            >
              {item.begins ? `${clockTime(Date.parse(item.from), zone)} ` : '… '}
              {item.title}
            </li>
          ))}
          {day.items.length > IN_SIGHT_MAX && (
            <li className="px-1 text-xs text-ink-3">{t('moreInDay', { count: day.items.length - IN_SIGHT_MAX })}</li>
          )}
        </ul>
      )}
    </td>
  );
}
