'use client';

import type { Schedule } from '@loopstart/contracts';
import { useQuery } from '../../lib/api/use-query.ts';
import { useNow } from '../../lib/clock/now.tsx';
import { duration } from '../../lib/format/time.ts';
import { Moment } from '../../ui/moment.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { shiftsQuery } from './queries.ts';
import { ShiftList } from './shift-list.tsx';
import { StripRowView } from './strip-row.tsx';
import { gapsOf, joinShifts, STRIP_WEEKS, stripRange, stripRows } from './strip.ts';
import { t } from '../../messages/schedules.ts';

const HOUR_MS = 3_600_000;

/** Who is on call in the next two weeks: bars where there is room, a list for phones and screen readers. */
export function OnCallStrip({ schedule }: { schedule: Schedule }) {
  const nowMs = useNow(60_000);
  const { fromMs, toMs } = stripRange(nowMs, schedule.timeZone, STRIP_WEEKS * 7);
  const { data, error, refetch } = useQuery(
    shiftsQuery(schedule.id, new Date(fromMs).toISOString(), new Date(toMs).toISOString()),
  );
  if (data === undefined) {
    if (error !== null) return <Failure error={error} retry={refetch} />;
    return (
      <Loading what={t('callTimes')} className="flex flex-col gap-2">
        <Bone className="h-16 w-full" />
        <Bone className="h-16 w-full" />
      </Loading>
    );
  }
  const shifts = joinShifts(data.items);
  const ahead = shifts.filter(({ to }) => Date.parse(to) > nowMs);
  const gaps = gapsOf(ahead);
  return (
    <div className="flex flex-col gap-3">
      {gaps.count > 0 && gaps.firstFrom !== null && (
        <p className="flex items-start gap-2 rounded-md border border-critical-line bg-critical-soft px-3 py-2 text-sm">
          <SeverityMark severity="critical" className="mt-0.5" />
          <span>
            {t.rich(Date.parse(gaps.firstFrom) <= nowMs ? 'gapsNow' : 'gapsFrom', {
              strong: <strong className="font-semibold text-critical" />,
              count: gaps.count,
              duration: duration(gaps.totalMs),
              moment: <Moment at={gaps.firstFrom} siteZone={schedule.timeZone} />,
            })}
          </span>
        </p>
      )}
      <div className="flex flex-col gap-3 max-sm:hidden" aria-hidden="true">
        {stripRows(shifts, nowMs, schedule.timeZone, STRIP_WEEKS).map((row) => (
          <StripRowView key={row.fromMs} row={row} schedule={schedule} nowMs={nowMs} />
        ))}
      </div>
      <div className="sm:sr-only">
        <ShiftList shifts={ahead} schedule={schedule} nowMs={Math.floor(nowMs / HOUR_MS) * HOUR_MS} />
      </div>
    </div>
  );
}
