import type { Customer } from '@loopstart/contracts';
import { severityRank } from '@loopstart/domain';
import Link from 'next/link';
import { count } from '../../lib/format/number.ts';
import { SEVERITY_WORDS } from '../../lib/words/port.ts';
import { CountsBar, CountsBrief } from '../../ui/counts-bar.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { t } from '../../messages/customers.ts';
import { t as common } from '../../messages/common.ts';

export const CUSTOMER_COLUMNS: readonly Column<Customer>[] = [
  {
    id: 'name',
    header: t('customer'),
    rowHeader: true,
    card: 'title',
    className: 'sm:min-w-56',
    sort: (row) => row.name,
    cell: (row) => (
      <Link href={`/customers/${row.id}`} className="font-medium text-ink hover:underline">
        {row.name}
      </Link>
    ),
  },
  {
    id: 'worst',
    header: t('worstPort'),
    card: 'aside',
    sort: (row) => severityRank(row.worst),
    cell: (row) => <SeverityLabel severity={row.worst}>{SEVERITY_WORDS[row.worst]}</SeverityLabel>,
  },
  {
    id: 'ports',
    header: common('ports'),
    card: 'line',
    className: 'sm:w-80',
    sort: (row) => row.ports.total,
    cell: (row) => (
      <div className="flex flex-col gap-1.5">
        <CountsBrief counts={row.ports} />
        <CountsBar counts={row.ports} />
      </div>
    ),
  },
  {
    id: 'sites',
    header: common('sites'),
    align: 'right',
    sort: (row) => row.siteCount,
    cell: (row) => count(row.siteCount),
  },
  {
    id: 'gateways',
    header: common('gateways'),
    align: 'right',
    sort: (row) => row.gatewayCount,
    cell: (row) => count(row.gatewayCount),
  },
];
