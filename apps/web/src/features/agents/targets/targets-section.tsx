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
import { useRefusal } from '../../session/index.ts';
import { TargetsDialog } from './targets-dialog.tsx';
import { targetWords } from './target-words.ts';
import { t } from '../../../messages/agents.ts';

type Row = Agent['targets'][number];

function columnsOf(timeZone: string): readonly Column<Row>[] {
  return [
    {
      id: 'address',
      header: t('address'),
      rowHeader: true,
      card: 'title',
      sort: (row) => row.address,
      cell: (row) => <span className="font-mono text-sm wrap-anywhere">{row.address}</span>,
    },
    {
      id: 'state',
      header: t('reachability'),
      card: 'line',
      sort: (row) => (row.reachable === null ? null : Number(row.reachable)),
      cell: (row) => {
        const { severity, words } = targetWords(row);
        return <SeverityLabel severity={severity}>{words}</SeverityLabel>;
      },
    },
    {
      id: 'gateway',
      header: t('gateway'),
      card: 'aside',
      cell: (row) =>
        row.gatewayId === null ? (
          <Absent why={t('noGatewayFoundAddress')} />
        ) : (
          <Link
            href={`/gateways/${row.gatewayId}`}
            className="inline-flex min-h-6 items-center text-accent hover:underline"
          >
            {t.rich('openGatewayAt', { address: row.address, hidden: <span className="sr-only" /> })}
          </Link>
        ),
    },
    {
      id: 'last',
      header: t('lastAnswer'),
      sort: (row) => row.lastAnswerAt,
      cell: (row) =>
        row.lastAnswerAt === null ? (
          <Absent why={t('neverAnswered')} />
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
  const refusal = useRefusal('agent-targets.write');
  const [editing, setEditing] = useState(false);
  const [sort, setSort] = useState<string>();
  const edit = (
    <Button
      size="sm"
      disabledReason={agent.state === 'revoked' ? t('revokedAgentAcceptsNo') : refusal}
      onClick={() => setEditing(true)}
      icon={<Pencil aria-hidden="true" className="size-3.5" />}
    >
      {t('editTargets')}
    </Button>
  );
  return (
    <Section title={t('discoveryTargets')} note={t('whereAgentLooksGateways')} actions={edit} flush>
      {agent.targets.length === 0 ? (
        <Empty icon={<Network />} title={t('noDiscoveryTargetsYet')}>
          {t('addAddressesGatewaysRanges')}
        </Empty>
      ) : (
        <DataTable
          caption={t('discoveryTargetsAgent')}
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
