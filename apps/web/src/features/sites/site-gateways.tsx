'use client';

import type { GatewaySummary } from '@loopstart/contracts';
import { severityRank } from '@loopstart/domain';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { REACHABILITY_WORDS } from '../../lib/words/fleet.ts';
import { SEVERITY_WORDS } from '../../lib/words/port.ts';
import { Absent } from '../../ui/absent.tsx';
import { CountsBar, CountsBrief } from '../../ui/counts-bar.tsx';
import { Ago } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { siteGatewaysQuery } from './queries.ts';

const COLUMNS: readonly Column<GatewaySummary>[] = [
  {
    id: 'name',
    header: 'Gateway',
    rowHeader: true,
    card: 'title',
    sort: (row) => row.name,
    cell: (row) => (
      <div className="min-w-0">
        <Link href={`/gateways/${row.id}`} className="font-medium text-ink hover:underline">
          {row.name}
        </Link>
        <p className="text-sm text-ink-3">
          {row.vendor} {row.model}
        </p>
      </div>
    ),
  },
  {
    id: 'worst',
    header: 'Worst',
    card: 'aside',
    sort: (row) => severityRank(row.worst),
    cell: (row) => <SeverityLabel severity={row.worst}>{SEVERITY_WORDS[row.worst]}</SeverityLabel>,
  },
  {
    id: 'ports',
    header: 'Ports',
    card: 'line',
    className: 'min-w-44',
    sort: (row) => row.ports.total,
    cell: (row) => (
      <div className="flex flex-col gap-1.5">
        <CountsBrief counts={row.ports} />
        <CountsBar counts={row.ports} />
      </div>
    ),
  },
  {
    id: 'answers',
    header: 'Reachability',
    sort: (row) => row.reachability,
    cell: (row) => <span className="text-ink-2">{REACHABILITY_WORDS[row.reachability]}</span>,
  },
  {
    id: 'observed',
    header: 'Last reading',
    sort: (row) => row.observedAt,
    cell: (row) =>
      row.observedAt === null ? (
        <Absent why="not read yet" />
      ) : (
        <span className={row.freshness === 'live' ? 'text-ink-2' : 'text-unknown'}>
          {row.freshness !== 'live' && 'Stale, '}
          <Ago at={row.observedAt} siteZone={row.site.timeZone} />
        </span>
      ),
  },
  {
    id: 'address',
    header: 'Address',
    sort: (row) => row.address,
    cell: (row) => <span className="font-mono text-sm text-ink-2">{row.address}</span>,
  },
];

/** The gateways of one site. */
export function SiteGateways({ siteId, agentCount }: { siteId: string; agentCount: number }) {
  const list = useInfiniteQuery(siteGatewaysQuery(siteId));
  const [sort, setSort] = useState<string>();
  return (
    <ListTable
      list={list}
      what="gateways"
      caption="Gateways of this site"
      columns={COLUMNS}
      rowKey={(row) => row.id}
      sort={sort}
      onSort={setSort}
      empty={
        <Empty icon={<Server />} title="No gateways yet">
          {agentCount === 0
            ? 'Install an agent here first; it finds the gateways.'
            : 'The agent is here. Tell it under “Agents” where to look for gateways.'}
        </Empty>
      }
    />
  );
}
