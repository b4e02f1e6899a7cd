import type { Agent } from '@loopstart/contracts';
import { count } from '../../../lib/format/number.ts';
import { t } from '../../../messages/agents.ts';
import { t as common } from '../../../messages/common.ts';
import { Absent } from '../../../ui/absent.tsx';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { CellLink, RowLink } from '../../../ui/grid/row-link.tsx';
import { Ago, Moment } from '../../../ui/moment.tsx';
import { AgentState } from '../agent-state.tsx';
import { WorstConcern } from './concerns.tsx';

export const agentHref = ({ id }: Agent): string => `/agents/${id}`;

const Mono = ({ children }: { children: string }) => <span className="font-mono text-xs text-ink-2">{children}</span>;

/** Columns of the list of agents. The ids are those the API sorts by. */
export const AGENT_COLUMNS: readonly GridColumn<Agent>[] = [
  {
    id: 'hostname',
    header: t('agent'),
    width: 'minmax(11rem, 1.5fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => <RowLink href={agentHref(row)}>{row.hostname}</RowLink>,
  },
  {
    id: 'state',
    header: common('state'),
    width: '8rem',
    card: 'aside',
    cell: (row) => <AgentState state={row.state} />,
  },
  {
    id: 'concerns',
    header: t('needsAttention'),
    width: 'minmax(10rem, 1.4fr)',
    // What needs attention depends on the time of reading, and is put in words here.
    unsorted: true,
    cell: (row) => <WorstConcern agent={row} />,
  },
  {
    id: 'site',
    header: t('site'),
    width: 'minmax(9rem, 1.1fr)',
    card: 'line',
    cell: (row) => <CellLink href={`/sites/${row.site.id}`}>{row.site.name}</CellLink>,
  },
  {
    id: 'customer',
    header: t('customer'),
    width: 'minmax(8.5rem, 1fr)',
    cell: (row) => <CellLink href={`/customers/${row.site.customerId}`}>{row.site.customerName}</CellLink>,
  },
  {
    id: 'gateways',
    header: common('gateways'),
    width: '6.25rem',
    align: 'right',
    cell: (row) => count(row.gatewayCount),
  },
  {
    id: 'backlog',
    header: t('backlog'),
    width: '5.75rem',
    align: 'right',
    cell: (row) => (row.backlogMessages === null ? <Absent why={t('notConnectedYet')} /> : count(row.backlogMessages)),
  },
  {
    id: 'version',
    header: t('version'),
    width: '5.5rem',
    cell: (row) => <Mono>{row.version}</Mono>,
  },
  {
    id: 'seen',
    header: t('lastContact'),
    width: '7.75rem',
    card: 'end',
    cell: (row) =>
      row.lastSeenAt === null ? (
        <Absent why={t('neverConnected')} />
      ) : (
        <span className="text-ink-2">
          <Ago at={row.lastSeenAt} siteZone={row.site.timeZone} />
        </span>
      ),
  },
  {
    id: 'lost',
    header: t('lostMessages'),
    width: '7.5rem',
    align: 'right',
    optional: true,
    cell: (row) => count(row.lostMessages),
  },
  {
    id: 'platform',
    header: t('platform'),
    width: '8rem',
    optional: true,
    cell: (row) => (row.platform === null ? <Absent why={t('notConnectedYet')} /> : <Mono>{row.platform}</Mono>),
  },
  {
    id: 'certificate',
    header: t('certificateExpires'),
    width: '10.5rem',
    optional: true,
    cell: (row) => <Moment at={row.certificateExpiresAt} siteZone={row.site.timeZone} />,
  },
  {
    id: 'enrolled',
    header: t('enrolled'),
    width: '10.5rem',
    optional: true,
    cell: (row) => <Moment at={row.enrolledAt} siteZone={row.site.timeZone} />,
  },
];
