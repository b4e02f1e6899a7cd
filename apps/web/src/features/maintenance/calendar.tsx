'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useQuery } from '../../lib/api/use-query.ts';
import { useNow } from '../../lib/clock/now.tsx';
import { useZone } from '../../lib/preferences/zone.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { Agenda } from './agenda.tsx';
import { MonthTable } from './month-table.tsx';
import { gridRange, monthGrid, monthOf, stepMonth } from './month-grid.ts';
import { calendarQuery } from './queries.ts';
import { monthWords } from './recurrence-words.ts';
import { t } from '../../messages/maintenance.ts';

const VIEWS = [
  ['month', t('month')],
  ['agenda', t('agenda')],
] as const;

/** Maintenance of a month, as a grid of days or one day after the other. */
export function Calendar(props: {
  view: 'month' | 'agenda' | undefined;
  month: string | undefined;
  set: (change: { view?: string | undefined; month?: string | undefined }) => void;
}) {
  const zone = useZone(null);
  const nowMs = useNow(60_000);
  const present = monthOf(undefined, nowMs, zone);
  const month = props.month ?? present;
  const { from, to } = gridRange(month, zone);
  const { data, error, refetch } = useQuery({ ...calendarQuery(from, to), placeholderData: (old) => old });
  const view = props.view ?? 'month';
  const grid = data === undefined ? undefined : monthGrid(month, data.items, zone, nowMs);
  const go = (to: string) => props.set({ month: to === present ? undefined : to });
  return (
    <Section
      title={monthWords(month)}
      note={zone}
      flush
      actions={
        <>
          <IconButton
            size="sm"
            label={t('previousMonth')}
            icon={<ChevronLeft aria-hidden="true" className="size-4" />}
            onClick={() => go(stepMonth(month, -1))}
          />
          <Button size="sm" onClick={() => go(present)}>
            {t('today')}
          </Button>
          <IconButton
            size="sm"
            label={t('nextMonth')}
            icon={<ChevronRight aria-hidden="true" className="size-4" />}
            onClick={() => go(stepMonth(month, 1))}
          />
          <div className="max-sm:hidden">
            <Segmented
              label={t('showAs')}
              value={view}
              options={VIEWS}
              onChange={(next) => props.set({ view: next === 'month' ? undefined : next })}
            />
          </div>
        </>
      }
    >
      {grid === undefined ? (
        error === null ? (
          <Loading what={t('theCalendar')}>
            <Bone className="m-4 h-72" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : view === 'agenda' ? (
        <Agenda grid={grid} zone={zone} month={month} />
      ) : (
        <>
          <div className="max-sm:hidden">
            <MonthTable grid={grid} zone={zone} caption={t('maintenanceIn', { monthWords: monthWords(month) })} />
          </div>
          <div className="sm:hidden">
            <Agenda grid={grid} zone={zone} month={month} />
          </div>
        </>
      )}
    </Section>
  );
}
