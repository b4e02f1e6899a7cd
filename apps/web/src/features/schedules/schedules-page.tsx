'use client';

import { CalendarClock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { schedulesQuery, useNames } from '../matching/index.ts';
import { useRefusal } from '../session/index.ts';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { ScheduleSection } from './schedule-section.tsx';
import { t } from '../../messages/schedules.ts';

/** Who is on call changes with the clock, so it is asked for again. */
const POLL_MS = 60_000;

export function SchedulesPage() {
  const { data, error, refetch } = useQuery({ ...schedulesQuery(), refetchInterval: POLL_MS });
  const names = useNames();
  const refusal = useRefusal('schedules.write');
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title={t('onCall')}
        description={t('whoNotifiedPolicyNames')}
        actions={
          <Button
            look="primary"
            disabledReason={refusal}
            onClick={() => setAdding(true)}
            icon={<Plus aria-hidden="true" className="size-4" />}
          >
            {t('addASchedule')}
          </Button>
        }
      />
      {data === undefined ? (
        error === null ? (
          <Loading what={t('schedules')}>
            <Bone className="h-72 w-full" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : data.items.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty icon={<CalendarClock />} title={t('noSchedulesYet')}>
            {t('scheduleDefinesWhoCall')}
          </Empty>
        </div>
      ) : (
        data.items.map((schedule) => <ScheduleSection key={schedule.id} schedule={schedule} names={names} />)
      )}
      <ScheduleDialog open={adding} onOpenChange={setAdding} />
    </>
  );
}
