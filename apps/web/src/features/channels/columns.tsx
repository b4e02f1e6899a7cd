import type { Channel } from '@loopstart/contracts';
import Link from 'next/link';
import { count } from '../../lib/format/number.ts';
import type { Column } from '../../ui/table/data-table.tsx';
import { ChannelState, LastDelivered } from './channel-state.tsx';
import { KIND_WORDS, standingOf } from './channel-words.ts';
import { severityRank } from '@loopstart/domain';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

export const CHANNEL_COLUMNS: readonly Column<Channel>[] = [
  {
    id: 'name',
    header: t('channel2'),
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
  { id: 'kind', header: t('kind'), sort: (row) => KIND_WORDS[row.kind], cell: (row) => KIND_WORDS[row.kind] },
  {
    id: 'state',
    header: common('state'),
    card: 'line',
    sort: (row) => severityRank(standingOf(row).severity),
    cell: (row) => <ChannelState channel={row} />,
  },
  {
    id: 'last',
    header: t('lastDelivered'),
    sort: (row) => row.lastDeliveredAt,
    cell: (row) => (
      <span className="text-ink-2">
        <LastDelivered channel={row} />
      </span>
    ),
  },
  {
    id: 'delivered',
    header: t('delivered24H2'),
    align: 'right',
    sort: (row) => row.deliveredLastDay,
    cell: (row) => count(row.deliveredLastDay),
  },
  {
    id: 'failed',
    header: t('failed24H2'),
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
    header: t('waiting'),
    align: 'right',
    sort: (row) => row.waiting,
    cell: (row) => count(row.waiting),
  },
];
