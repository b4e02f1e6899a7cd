import type { Site } from '@loopstart/contracts';
import { count } from '../../../lib/format/number.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/sites.ts';
import { Absent } from '../../../ui/absent.tsx';
import { CountsLine } from '../../../ui/counts-bar.tsx';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { CellLink, RowLink } from '../../../ui/grid/row-link.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { agentsWords } from '../words.ts';

export const siteHref = ({ id }: Site): string => `/sites/${id}`;

/** Columns of the list of sites. The ids are those the API sorts by. */
export const SITE_COLUMNS: readonly GridColumn<Site>[] = [
  {
    id: 'name',
    header: t('site2'),
    width: 'minmax(11rem, 1.3fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => <RowLink href={siteHref(row)}>{row.name}</RowLink>,
  },
  {
    id: 'worst',
    descendingFirst: true,
    header: t('worstPort'),
    width: '8.5rem',
    card: 'aside',
    cell: (row) => <SeverityLabel severity={row.worst}>{SEVERITY_WORDS[row.worst]}</SeverityLabel>,
  },
  {
    id: 'ports',
    header: common('ports'),
    width: 'minmax(13rem, 1.2fr)',
    card: 'end',
    cell: (row) => <CountsLine counts={row.ports} />,
  },
  {
    id: 'gateways',
    header: common('gateways'),
    width: '6.25rem',
    align: 'right',
    cell: (row) => count(row.gatewayCount),
  },
  {
    id: 'agents',
    header: common('agents'),
    width: '8.5rem',
    cell: (row) => {
      const { severity, words } = agentsWords(row);
      return <SeverityLabel severity={severity}>{words}</SeverityLabel>;
    },
  },
  {
    id: 'customer',
    header: t('customer'),
    width: 'minmax(9rem, 1fr)',
    card: 'line',
    cell: (row) => <CellLink href={`/customers/${row.customer.id}`}>{row.customer.name}</CellLink>,
  },
  {
    id: 'address',
    header: t('address'),
    width: 'minmax(9rem, 1.2fr)',
    cell: (row) =>
      row.address === '' ? <Absent why={t('notEntered')} /> : <span className="text-ink-2">{row.address}</span>,
  },
  {
    id: 'tags',
    header: t('tags'),
    width: 'minmax(8rem, 1fr)',
    optional: true,
    cell: (row) =>
      row.tags.length === 0 ? (
        <Absent why={t('noTags')} />
      ) : (
        <span className="truncate text-ink-2">{row.tags.join(', ')}</span>
      ),
  },
  {
    id: 'zone',
    header: common('timeZone'),
    width: '10rem',
    optional: true,
    cell: (row) => <span className="text-ink-2">{row.timeZone}</span>,
  },
];
