import type { Site } from '@loopstart/contracts';
import { severityRank } from '@loopstart/domain';
import Link from 'next/link';
import { count } from '../../lib/format/number.ts';
import { SEVERITY_WORDS } from '../../lib/words/port.ts';
import { CountsBar, CountsBrief } from '../../ui/counts-bar.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { agentsWords } from './words.ts';
import { t } from '../../messages/sites.ts';
import { t as common } from '../../messages/common.ts';

const NAME: Column<Site> = {
  id: 'name',
  header: t('site2'),
  rowHeader: true,
  card: 'title',
  className: 'sm:min-w-64',
  sort: (row) => row.name,
  cell: (row) => (
    <div className="min-w-0">
      <Link href={`/sites/${row.id}`} className="font-medium text-ink hover:underline">
        {row.name}
      </Link>
      {row.address !== '' && <p className="text-sm text-ink-3">{row.address}</p>}
    </div>
  ),
};

const CUSTOMER: Column<Site> = {
  id: 'customer',
  header: t('customer'),
  sort: (row) => row.customer.name,
  cell: (row) => (
    <Link href={`/customers/${row.customer.id}`} className="text-ink-2 hover:underline">
      {row.customer.name}
    </Link>
  ),
};

const REST: readonly Column<Site>[] = [
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
    id: 'gateways',
    header: common('gateways'),
    align: 'right',
    sort: (row) => row.gatewayCount,
    cell: (row) => count(row.gatewayCount),
  },
  {
    id: 'agents',
    header: t('agent'),
    sort: (row) => row.agentsOnline - row.agentCount,
    cell: (row) => {
      const { severity, words } = agentsWords(row);
      return <SeverityLabel severity={severity}>{words}</SeverityLabel>;
    },
  },
  {
    id: 'zone',
    header: common('timeZone'),
    card: 'hide',
    sort: (row) => row.timeZone,
    cell: (row) => <span className="whitespace-nowrap text-ink-2">{row.timeZone}</span>,
  },
];

export const SITE_COLUMNS: readonly Column<Site>[] = [NAME, CUSTOMER, ...REST];
export const SITE_COLUMNS_OF_CUSTOMER: readonly Column<Site>[] = [NAME, ...REST];
