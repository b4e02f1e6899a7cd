import type { Channel } from '@loopstart/contracts';
import Link from 'next/link';
import { count } from '../../lib/format/number.ts';
import type { Column } from '../../ui/table/data-table.tsx';
import { ChannelState, LastDelivered } from './channel-state.tsx';
import { KIND_WORDS, standingOf } from './channel-words.ts';
import { severityRank } from '@loopstart/domain';

export const CHANNEL_COLUMNS: readonly Column<Channel>[] = [
  {
    id: 'name',
    header: 'Channel',
    rowHeader: true,
    card: 'title',
    className: 'sm:min-w-52',
    sort: (row) => row.name,
    cell: (row) => (
      <>
        <Link href={`/alerting/channels/${row.id}`} className="font-medium text-ink hover:underline">
          {row.name}
        </Link>
        <p className="text-sm wrap-anywhere text-ink-3">{row.target}</p>
      </>
    ),
  },
  { id: 'kind', header: 'Kind', sort: (row) => KIND_WORDS[row.kind], cell: (row) => KIND_WORDS[row.kind] },
  {
    id: 'state',
    header: 'State',
    card: 'line',
    sort: (row) => severityRank(standingOf(row).severity),
    cell: (row) => <ChannelState channel={row} />,
  },
  {
    id: 'last',
    header: 'Last delivered',
    sort: (row) => row.lastDeliveredAt,
    cell: (row) => (
      <span className="text-ink-2">
        <LastDelivered channel={row} />
      </span>
    ),
  },
  {
    id: 'delivered',
    header: 'Delivered, 24 h',
    align: 'right',
    sort: (row) => row.deliveredLastDay,
    cell: (row) => count(row.deliveredLastDay),
  },
  {
    id: 'failed',
    header: 'Failed, 24 h',
    align: 'right',
    sort: (row) => row.failedLastDay,
    cell: (row) => (
      <span className={row.failedLastDay > 0 ? 'font-medium text-critical' : 'text-ink-2'}>
        {count(row.failedLastDay)}
      </span>
    ),
  },
  {
    id: 'waiting',
    header: 'Waiting',
    align: 'right',
    sort: (row) => row.waiting,
    cell: (row) => count(row.waiting),
  },
];
