import type { CallRecord } from '@loopstart/contracts';
import { CALL_FAX_WORDS } from '../../../lib/words/call.ts';
import { t } from '../../../messages/calls.ts';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { CellLink } from '../../../ui/grid/row-link.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { CallPlace, Dialled, Digits, Direction, Known, Progress, Quality, Talk } from '../cells.tsx';

/** Columns of the list of calls. The ids are those the API sorts by. */
export const CALL_COLUMNS: readonly GridColumn<CallRecord>[] = [
  {
    id: 'at',
    descendingFirst: true,
    header: t('time'),
    width: '10rem',
    card: 'end',
    cell: (row) => (
      <span className="text-ink-2">
        <Moment at={row.at} siteZone={row.timeZone} seconds />
      </span>
    ),
  },
  { id: 'progress', header: t('state'), width: '9rem', card: 'aside', cell: (row) => <Progress call={row} /> },
  { id: 'direction', header: t('direction'), width: '8.5rem', cell: (row) => <Direction call={row} /> },
  {
    id: 'dialled',
    header: t('dialled'),
    width: 'minmax(8rem, 0.9fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => <Dialled call={row} />,
  },
  {
    id: 'calling',
    header: t('calling'),
    width: 'minmax(8rem, 0.8fr)',
    cell: (row) => (
      <Known call={row} name="calling">
        {row.calling === null ? null : <Digits>{row.calling}</Digits>}
      </Known>
    ),
  },
  {
    id: 'gateway',
    header: t('line'),
    width: 'minmax(13rem, 1.6fr)',
    card: 'line',
    cell: (row) => <CallPlace call={row} />,
  },
  {
    id: 'site',
    header: t('site'),
    width: 'minmax(8rem, 0.8fr)',
    optional: true,
    cell: (row) => <CellLink href={`/sites/${row.siteId}`}>{row.siteName}</CellLink>,
  },
  {
    id: 'customer',
    header: t('customer'),
    width: 'minmax(8rem, 0.8fr)',
    optional: true,
    cell: (row) => <CellLink href={`/customers/${row.customerId}`}>{row.customerName}</CellLink>,
  },
  { id: 'talk', descendingFirst: true, header: t('talk'), width: '7rem', cell: (row) => <Talk call={row} /> },
  { id: 'quality', header: t('quality'), width: '7rem', cell: (row) => <Quality call={row} /> },
  {
    id: 'cause',
    header: t('cause'),
    width: 'minmax(9rem, 0.9fr)',
    optional: true,
    cell: (row) => (
      <Known call={row} name="cause">
        {row.cause}
      </Known>
    ),
  },
  {
    id: 'fax',
    header: t('fax'),
    width: '6rem',
    optional: true,
    cell: (row) => (
      <Known call={row} name="fax">
        {row.fax === null ? null : CALL_FAX_WORDS[row.fax ? 'yes' : 'no']}
      </Known>
    ),
  },
  {
    id: 'codec',
    header: t('codec'),
    width: '8rem',
    optional: true,
    cell: (row) => (
      <Known call={row} name="codec">
        {row.codec}
      </Known>
    ),
  },
];
