import type { Schedule } from '@loopstart/contracts';
import { Moment } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Shift } from './strip.ts';
import { t } from '../../messages/schedules.ts';
import { t as common } from '../../messages/common.ts';

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
    <ol aria-label={t('callTimes2', { name: schedule.name })} className="flex flex-col">
      {shifts.map((shift) => (
        <li
          key={shift.from}
          className="flex flex-wrap items-baseline gap-x-2 border-t border-line py-2 first:border-t-0"
        >
          <span className="font-medium">
            {shift.userId === null ? (
              <SeverityLabel severity="critical">{t('nobody')}</SeverityLabel>
            ) : (
              (shift.name ?? common('removed'))
            )}
          </span>
          {shift.override && <Tag>{t('override')}</Tag>}
          <span className="ml-auto text-sm text-ink-2">
            {t.rich(Date.parse(shift.from) <= nowMs ? 'shiftNow' : 'shiftTimes', {
              from: <Moment at={shift.from} siteZone={schedule.timeZone} />,
              to: <Moment at={shift.to} siteZone={schedule.timeZone} />,
            })}
          </span>
        </li>
      ))}
    </ol>
  );
}
