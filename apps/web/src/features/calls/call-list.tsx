'use client';

import type { CallRecord } from '@loopstart/contracts';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { listQuery } from '../../lib/api/query.ts';
import { t } from '../../messages/calls.ts';
import { Moment } from '../../ui/moment.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { CallPlace, Dialled, Digits, Direction, Known, Progress, Quality, Talk } from './cells.tsx';
import { NoCalls } from './coverage.tsx';

/** How often a page asks for new calls while it is open. */
const REFRESH_MS = 15_000;
const ROWS = 10;

const COLUMNS: readonly Column<CallRecord>[] = [
  {
    id: 'at',
    header: t('time'),
    card: 'aside',
    className: 'sm:w-px',
    cell: (row) => <Moment at={row.at} siteZone={row.timeZone} seconds />,
  },
  { id: 'direction', header: t('direction'), card: 'fact', cell: (row) => <Direction call={row} /> },
  {
    id: 'dialled',
    header: t('dialled'),
    rowHeader: true,
    card: 'title',
    cell: (row) => <Dialled call={row} />,
  },
  {
    id: 'calling',
    header: t('calling'),
    card: 'fact',
    cell: (row) => (
      <Known call={row} name="calling">
        {row.calling === null ? null : <Digits>{row.calling}</Digits>}
      </Known>
    ),
  },
  { id: 'state', header: t('state'), card: 'fact', cell: (row) => <Progress call={row} /> },
  { id: 'talk', header: t('talk'), card: 'fact', cell: (row) => <Talk call={row} /> },
  { id: 'quality', header: t('quality'), card: 'fact', cell: (row) => <Quality call={row} /> },
];
const WITH_PORT: readonly Column<CallRecord>[] = [
  ...COLUMNS.slice(0, 1),
  { id: 'line', header: t('line'), card: 'line', cell: (row) => <CallPlace call={row} /> },
  ...COLUMNS.slice(1),
];

/** The last calls of a gateway or of one of its ports, on its page. */
export function CallList({ gatewayId, position }: { gatewayId: string; position?: number }) {
  const place = { gatewayId: [gatewayId], ...(position !== undefined && { position }) };
  const list = useInfiniteQuery({
    ...listQuery('listCalls', { query: { ...place, limit: ROWS } }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <ListTable
      list={list}
      what={t('calls')}
      caption={t('newestFirst')}
      columns={position === undefined ? WITH_PORT : COLUMNS}
      rowKey={(row) => row.id}
      empty={<NoCalls gatewayId={gatewayId} />}
    />
  );
}
