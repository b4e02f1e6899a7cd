'use client';

import type { Agent } from '@loopstart/contracts';
import Link from 'next/link';
import { useNow } from '../../lib/clock/now.tsx';
import { count } from '../../lib/format/number.ts';
import { Absent } from '../../ui/absent.tsx';
import { Ago } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { agentConcerns, CONCERN_SEVERITY } from './agent-health.ts';
import { AgentState } from './agent-state.tsx';
import { t } from '../../messages/agents.ts';
import { t as common } from '../../messages/common.ts';

export const AGENT_COLUMNS: readonly Column<Agent>[] = [
  {
    id: 'hostname',
    header: t('agent'),
    rowHeader: true,
    card: 'title',
    sort: (row) => row.hostname,
    cell: (row) => (
      <div className="min-w-0">
        <Link href={`/agents/${row.id}`} className="font-medium wrap-anywhere text-ink hover:underline">
          {row.hostname}
        </Link>
        <p className="text-sm text-ink-3">
          {row.site.name}, {row.site.customerName}
        </p>
      </div>
    ),
  },
  {
    id: 'state',
    header: common('state'),
    card: 'aside',
    sort: (row) => row.state,
    cell: (row) => <AgentState state={row.state} />,
  },
  {
    id: 'concerns',
    header: t('needsAttention'),
    card: 'line',
    className: 'min-w-60',
    cell: (row) => <Concerns agent={row} />,
  },
  {
    id: 'backlog',
    header: t('backlog'),
    align: 'right',
    sort: (row) => row.backlogMessages,
    cell: (row) => (row.backlogMessages === null ? <Absent why={t('notConnectedYet')} /> : count(row.backlogMessages)),
  },
  {
    id: 'gateways',
    header: common('gateways'),
    align: 'right',
    sort: (row) => row.gatewayCount,
    cell: (row) => count(row.gatewayCount),
  },
  {
    id: 'version',
    header: t('version'),
    sort: (row) => row.version,
    cell: (row) => <span className="font-mono text-sm text-ink-2">{row.version}</span>,
  },
  {
    id: 'seen',
    header: t('lastContact'),
    sort: (row) => row.lastSeenAt,
    cell: (row) =>
      row.lastSeenAt === null ? (
        <Absent why={t('neverConnected')} />
      ) : (
        <span className="text-ink-2">
          <Ago at={row.lastSeenAt} siteZone={row.site.timeZone} />
        </span>
      ),
  },
];

/** The worst concern in words, and how many more there are. */
function Concerns({ agent }: { agent: Agent }) {
  const [first, ...more] = agentConcerns(agent, useNow(60_000));
  if (first === undefined) return <span className="text-sm text-ink-3">{t('nothing')}</span>;
  return (
    <div className="text-sm">
      <SeverityLabel severity={CONCERN_SEVERITY[first.level]}>
        <span className="font-normal text-ink-2">{first.sentence}</span>
      </SeverityLabel>
      {more.length > 0 && <p className="pl-5 text-ink-3">{t('andMore', { count: more.length })}</p>}
    </div>
  );
}
