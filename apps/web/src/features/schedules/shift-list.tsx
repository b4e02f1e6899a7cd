import type { Schedule } from '@loopstart/contracts';
import { Moment } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Shift } from './strip.ts';

/** The same as the strip, in words, one shift after the other. */
export function ShiftList({
  shifts,
  schedule,
  nowMs,
}: {
  shifts: readonly Shift[];
  schedule: Schedule;
  nowMs: number;
}) {
  return (
    <ol aria-label={`Who is on call in ${schedule.name}`} className="flex flex-col">
      {shifts.map((shift) => (
        <li
          key={shift.from}
          className="flex flex-wrap items-baseline gap-x-2 border-t border-line py-2 first:border-t-0"
        >
          <span className="font-medium">
            {shift.userId === null ? (
              <SeverityLabel severity="critical">Nobody</SeverityLabel>
            ) : (
              (shift.name ?? '(removed)')
            )}
          </span>
          {shift.override && <Tag>stands in</Tag>}
          <span className="ml-auto text-sm text-ink-2">
            {Date.parse(shift.from) <= nowMs ? 'now' : <Moment at={shift.from} siteZone={schedule.timeZone} />} until{' '}
            <Moment at={shift.to} siteZone={schedule.timeZone} />
          </span>
        </li>
      ))}
    </ol>
  );
}
