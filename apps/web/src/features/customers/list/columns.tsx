import type { Customer } from '@loopstart/contracts';
import { count } from '../../../lib/format/number.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/customers.ts';
import { CountsLine } from '../../../ui/counts-bar.tsx';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { RowLink } from '../../../ui/grid/row-link.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';

export const customerHref = ({ id }: Customer): string => `/customers/${id}`;

/** Columns of the list of customers. The ids are those the API sorts by. */
export const CUSTOMER_COLUMNS: readonly GridColumn<Customer>[] = [
  {
    id: 'name',
    header: t('customer'),
    width: 'minmax(12rem, 1.5fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => <RowLink href={customerHref(row)}>{row.name}</RowLink>,
  },
  {
    id: 'worst',
    descendingFirst: true,
    header: t('worstPort'),
    width: 'minmax(8rem, 0.7fr)',
    card: 'aside',
    cell: (row) => <SeverityLabel severity={row.worst}>{SEVERITY_WORDS[row.worst]}</SeverityLabel>,
  },
  {
    id: 'ports',
    header: common('ports'),
    width: 'minmax(14rem, 1.5fr)',
    card: 'line',
    cell: (row) => <CountsLine counts={row.ports} />,
  },
  {
    id: 'sites',
    header: common('sites'),
    width: '6rem',
    align: 'right',
    cell: (row) => count(row.siteCount),
  },
  {
    id: 'gateways',
    header: common('gateways'),
    width: '7rem',
    align: 'right',
    cell: (row) => count(row.gatewayCount),
  },
];
