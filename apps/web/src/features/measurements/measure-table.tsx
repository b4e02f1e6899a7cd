'use client';

import type { Series } from '@loopstart/contracts';
import { useMemo } from 'react';
import { measured } from '../../lib/format/number.ts';
import { moment } from '../../lib/format/time.ts';
import { thin } from '../../ui/chart/series.ts';
import { Absent } from '../../ui/absent.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { measureLabel, pickMeasures } from './charts.tsx';
import { t } from '../../messages/measurements.ts';

const ROWS_MAX = 60;

interface Row {
  atS: number;
  cells: { min: number | null; avg: number | null; max: number | null }[];
}

/** The values behind the charts, newest first, joined to a readable number of rows. */
export function MeasureTable(props: {
  series: Series;
  order: readonly string[];
  zone: string;
  toMs: number;
  caption: string;
}) {
  const { series, order, zone, toMs } = props;
  const measures = useMemo(() => pickMeasures(series, order), [series, order]);
  const rows = useMemo(() => tableRows(measures), [measures]);
  const columns = useMemo(() => tableColumns(measures, zone, toMs), [measures, zone, toMs]);
  return (
    <ScrollBox label={props.caption} className="-mx-4 max-h-96 border-t border-line">
      <DataTable
        caption={props.caption}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.atS)}
        narrow="scroll"
      />
    </ScrollBox>
  );
}

type Measures = ReturnType<typeof pickMeasures>;

function tableRows(measures: Measures): Row[] {
  const thinned = measures.map((measure) => thin(measure, ROWS_MAX));
  return (thinned[0] ?? [])
    .map((first, index) => ({ atS: first.atS, cells: thinned.map((column) => column[index]!) }))
    .reverse();
}

function tableColumns(measures: Measures, zone: string, nowMs: number): Column<Row>[] {
  return [
    {
      id: 'at',
      header: t('from'),
      rowHeader: true,
      cell: (row) => <span className="whitespace-nowrap">{moment(row.atS * 1000, zone, nowMs)}</span>,
    },
    ...measures.map(({ name, unit }, index) => ({
      id: name,
      header: unit === '' ? measureLabel(name) : `${measureLabel(name)} (${unit})`,
      align: 'right' as const,
      cell: (row: Row) => <Value {...row.cells[index]!} />,
    })),
  ];
}

function Value({ min, avg, max }: Row['cells'][number]) {
  if (avg === null) return <Absent why={t('notMeasured')} />;
  const band = min !== null && max !== null && min !== max;
  return (
    <span className="whitespace-nowrap">
      {measured(avg, '')}
      {band && (
        <span className="text-ink-3">{t('to', { measured: measured(min, ''), measured2: measured(max, '') })}</span>
      )}
    </span>
  );
}
