'use client';

import type { ConfigDeployment } from '@loopstart/contracts';
import { Send } from 'lucide-react';
import Link from 'next/link';
import { useInfiniteQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/configuration.ts';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { ListTable } from '../../../ui/table/list-table.tsx';
import { deploymentsQuery } from '../queries.ts';
import { DeploymentProgress } from './deployment-progress.tsx';

const POLL_MS = 15_000;

const COLUMNS: Column<ConfigDeployment>[] = [
  {
    id: 'deployment',
    header: t('deployment'),
    rowHeader: true,
    card: 'title',
    cell: ({ id, revision, reason }) => (
      <Link href={`/configuration/deployments/${id}`} className="font-medium underline-offset-2 hover:underline">
        {t('deploymentOf', { number: revision, reason })}
      </Link>
    ),
  },
  { id: 'state', header: t('state'), cell: ({ state }) => t.group('deploymentStates')[state] },
  { id: 'progress', header: t('progress'), cell: (deployment) => <DeploymentProgress deployment={deployment} /> },
  {
    id: 'who',
    header: t('who'),
    cell: ({ startedBy, startedAt }) => (
      <span className="text-sm text-ink-2">
        {startedBy} · <Moment at={startedAt} siteZone={null} />
      </span>
    ),
  },
];

/** Configuration → Deployments: which revision went to which gateways, and how it ended there. */
export function DeploymentsPage() {
  const list = useInfiniteQuery({ ...deploymentsQuery(), refetchInterval: POLL_MS });
  return (
    <>
      <PageHeader title={t('deployments')} description={t('deploymentsAbout')} />
      <Section title={t('deployments')} flush>
        <ListTable
          list={list}
          what={t('deploymentsLower')}
          caption={t('deployments')}
          columns={COLUMNS}
          rowKey={({ id }) => id}
          empty={
            <Empty icon={<Send />} title={t('noDeployments')}>
              {t('noDeploymentsAbout')}
            </Empty>
          }
        />
      </Section>
    </>
  );
}
