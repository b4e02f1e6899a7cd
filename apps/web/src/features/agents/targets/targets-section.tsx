'use client';

import type { Agent } from '@loopstart/contracts';
import { Network, Pencil } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Absent } from '../../../ui/absent.tsx';
import { Button } from '../../../ui/button.tsx';
import { Ago } from '../../../ui/moment.tsx';
import { Section } from '../../../ui/section.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../../ui/table/data-table.tsx';
import { useRoleRefusal } from '../../session/index.ts';
import { TargetsDialog } from './targets-dialog.tsx';
import { targetWords } from './target-words.ts';

type Row = Agent['targets'][number];

function columnsOf(timeZone: string): readonly Column<Row>[] {
  return [
    {
      id: 'address',
      header: 'Address',
      rowHeader: true,
      card: 'title',
      sort: (row) => row.address,
      cell: (row) => <span className="font-mono text-sm wrap-anywhere">{row.address}</span>,
    },
    {
      id: 'state',
      header: 'Answers',
      card: 'line',
      sort: (row) => (row.reachable === null ? null : Number(row.reachable)),
      cell: (row) => {
        const { severity, words } = targetWords(row);
        return <SeverityLabel severity={severity}>{words}</SeverityLabel>;
      },
    },
    {
      id: 'gateway',
      header: 'Gateway',
      card: 'aside',
      cell: (row) =>
        row.gatewayId === null ? (
          <Absent why="no gateway has been found at this address" />
        ) : (
          <Link
            href={`/gateways/${row.gatewayId}`}
            className="inline-flex min-h-6 items-center text-accent hover:underline"
          >
            Open<span className="sr-only"> the gateway at {row.address}</span>
          </Link>
        ),
    },
    {
      id: 'last',
      header: 'Last answer',
      sort: (row) => row.lastAnswerAt,
      cell: (row) =>
        row.lastAnswerAt === null ? (
          <Absent why="it has never answered" />
        ) : (
          <span className="text-ink-2">
            <Ago at={row.lastAnswerAt} siteZone={timeZone} />
          </span>
        ),
    },
  ];
}

/** Where the agent looks for gateways, and what answers there. */
export function TargetsSection({ agent }: { agent: Agent }) {
  const refusal = useRoleRefusal('technician');
  const [editing, setEditing] = useState(false);
  const [sort, setSort] = useState<string>();
  const edit = (
    <Button
      size="sm"
      disabledReason={agent.state === 'revoked' ? 'A revoked agent takes no more settings.' : refusal}
      onClick={() => setEditing(true)}
      icon={<Pencil aria-hidden="true" className="size-3.5" />}
    >
      Edit targets
    </Button>
  );
  return (
    <Section title="Targets" note="Where it looks for gateways" actions={edit} flush>
      {agent.targets.length === 0 ? (
        <Empty icon={<Network />} title="It has not been told where to look">
          Give it the addresses of gateways, or ranges to search.
        </Empty>
      ) : (
        <DataTable
          caption="Addresses this agent looks at"
          columns={columnsOf(agent.site.timeZone)}
          rows={agent.targets}
          rowKey={(row) => row.address}
          sort={sort}
          onSort={setSort}
        />
      )}
      <TargetsDialog agent={agent} open={editing} onOpenChange={setEditing} />
    </Section>
  );
}
