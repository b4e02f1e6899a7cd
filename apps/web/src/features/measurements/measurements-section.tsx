'use client';

import type { Series } from '@loopstart/contracts';
import { keepPreviousData, type UseQueryOptions } from '@tanstack/react-query';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { useZone } from '../../lib/preferences/zone.ts';
import { Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { Charts, pickMeasures } from './charts.tsx';
import { MeasureTable } from './measure-table.tsx';
import { rangeWords } from './range.ts';
import { RangeChoice } from './range-choice.tsx';
import { useRange } from './use-range.ts';
import { t } from '../../messages/measurements.ts';

const VIEWS = [
  ['chart', t('charts')],
  ['table', t('table')],
] as const;

/** Measurements of a port or gateway over the range chosen: as charts, or as the same values in a table. */
export function MeasurementsSection(props: {
  /** What was measured, for the table's caption: "port 7 of KLT-MP124". */
  of: string;
  seriesQuery: (range: { from: string; to: string }) => UseQueryOptions<Series>;
  order: readonly string[];
  siteZone: string;
  syncKey: string;
  /** Said when this model measures none of them. */
  none: string;
}) {
  const { range, setRange, from, to, fromMs, toMs } = useRange();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const zone = useZone(props.siteZone);
  const series = useQuery({ ...props.seriesQuery({ from, to }), placeholderData: keepPreviousData, staleTime: 60_000 });
  const known = series.data === undefined ? [] : pickMeasures(series.data, props.order);
  return (
    <Section
      title={t('measurements')}
      actions={
        <>
          <Segmented label={t('showMeasurementsAs')} value={view} options={VIEWS} onChange={setView} />
          <RangeChoice range={range} onChange={setRange} />
        </>
      }
    >
      {series.data === undefined ? (
        series.error === null ? (
          <ChartsSkeleton />
        ) : (
          <Failure error={series.error} retry={series.refetch} />
        )
      ) : known.length === 0 ? (
        <Empty title={t('noMeasurements')}>{props.none}</Empty>
      ) : view === 'table' ? (
        <MeasureTable
          series={series.data}
          order={props.order}
          zone={zone}
          toMs={toMs}
          caption={t('measurementsOfIn', { of: props.of, rangeWords: rangeWords(range) })}
        />
      ) : (
        <Charts
          series={series.data}
          order={props.order}
          fromMs={fromMs}
          toMs={toMs}
          zone={zone}
          syncKey={props.syncKey}
        />
      )}
    </Section>
  );
}

function ChartsSkeleton() {
  return (
    <Loading what={t('measurements2')} className="grid gap-x-6 gap-y-4 lg:grid-cols-2">
      {[0, 1].map((index) => (
        <div key={index}>
          <Bone className="mt-1 mb-1 h-4 w-24" />
          <Bone className="h-33 w-full rounded-md" />
        </div>
      ))}
    </Loading>
  );
}
