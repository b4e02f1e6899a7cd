'use client';

import { useQuery } from '../../lib/api/use-query.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { CapabilityMark } from './capability-mark.tsx';
import { DriverCards } from './driver-cards.tsx';
import { DriverMatrix } from './driver-matrix.tsx';
import { DRIVER_CAPABILITY_WORDS } from './fields.ts';
import { driversQuery } from './queries.ts';
import { t } from '../../messages/drivers.ts';
import { t as common } from '../../messages/common.ts';

/** What can be read from which maker's gateways, and what has proven it. */
export function DriversPage() {
  const { data, error, refetch } = useQuery(driversQuery());
  return (
    <>
      <PageHeader title={common('drivers')} description={t('whatEachDriverRead')} />
      {data === undefined && error !== null && <Failure error={error} retry={refetch} />}
      {data === undefined && error === null && <DriversLoading />}
      {data !== undefined && data.items.length === 0 && (
        <Empty title={t('noDrivers')}>{t('apiReportsNoDrivers')}</Empty>
      )}
      {data !== undefined && data.items.length > 0 && (
        <>
          <DriverCards drivers={data.items} />
          <Section title={t('fieldsDriversRead')} note={<Legend />} flush>
            <DriverMatrix drivers={data.items} />
          </Section>
        </>
      )}
    </>
  );
}

function Legend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {Object.entries(DRIVER_CAPABILITY_WORDS).map(([state, words]) => (
        <li key={state} className="inline-flex items-center gap-1">
          <span aria-hidden="true" className="contents">
            <CapabilityMark state={state} />
          </span>
          {words}
        </li>
      ))}
    </ul>
  );
}

/** The page being loaded, below its title. */
export function DriversLoading() {
  return (
    <Loading what={t('drivers')} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {Array.from({ length: 6 }, (_, index) => (
          <Bone key={index} className="h-44" />
        ))}
      </div>
      <Bone className="h-96 w-full" />
    </Loading>
  );
}
