'use client';

import type { ConfigJob } from '@loopstart/contracts';
import { useState } from 'react';
import { useInfiniteQuery, useQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { FailurePage } from '../../../ui/failure-page.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { ListTable } from '../../../ui/table/list-table.tsx';
import { useRefusal } from '../../session/index.ts';
import { GatewayLink } from '../gateway/gateway-link.tsx';
import { deploymentQuery, jobsQuery } from '../queries.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { DeploymentProgress } from './deployment-progress.tsx';
import { JobState } from './job-state.tsx';

const POLL_MS = 3000;

const COLUMNS: Column<ConfigJob>[] = [
  {
    id: 'gateway',
    header: t('gateway'),
    rowHeader: true,
    card: 'title',
    cell: ({ gateway }) => <GatewayLink gateway={gateway} />,
  },
  { id: 'where', header: t('where'), cell: ({ gateway }) => `${gateway.customerName} · ${gateway.siteName}` },
  { id: 'state', header: t('state'), cell: (job) => <JobState job={job} /> },
  {
    id: 'verdict',
    header: t('verdict'),
    cell: (job) => <Verdict job={job} />,
  },
];

/** What the agent found out; where nothing was written, there was nothing to find out. */
function Verdict({ job: { verdict, state, holds } }: { job: ConfigJob }) {
  if (verdict !== null) return t.group('verdicts')[verdict];
  const isRefused = state === 'failed' && holds === 'before';
  return <span className="text-ink-3">{t(isRefused ? 'nothingWritten' : 'noVerdict')}</span>;
}

/** One deployment while it goes on: each gateway with its state, since when, and why. */
export function DeploymentPage({ deploymentId }: { deploymentId: string }) {
  const deployment = useQuery({ ...deploymentQuery(deploymentId), refetchInterval: POLL_MS });
  const jobs = useInfiniteQuery({ ...jobsQuery(deploymentId), refetchInterval: POLL_MS });
  const refusal = useRefusal('configuration.deploy');
  const [cancelling, setCancelling] = useState(false);
  if (deployment.data === undefined) {
    if (deployment.error !== null)
      return <FailurePage title={t('deployment')} error={deployment.error} retry={deployment.refetch} />;
    return (
      <Loading what={t('deploymentLower')}>
        <Bone className="h-64 w-full" />
      </Loading>
    );
  }
  const { revision, reason, state, stateReason, mode, startedBy, startedAt, gatewaysByState, acceptsReadBack } =
    deployment.data;
  const waits = gatewaysByState.some(({ state: one, gateways }) => one === 'waiting' && gateways > 0);
  return (
    <>
      <PageHeader
        crumbs={[
          { href: '/configuration/deployments', label: t('deployments') },
          { href: `/configuration/revisions/${revision}`, label: t('revisionN', { number: revision }) },
        ]}
        title={t('deploymentOf', { number: revision, reason })}
        state={t.group('deploymentStates')[state]}
        description={t.rich('deploymentBegun', {
          who: startedBy,
          mode: t.group('modes')[mode],
          moment: <Moment at={startedAt} siteZone={null} />,
        })}
        actions={
          waits && (
            <Button disabledReason={refusal} onClick={() => setCancelling(true)}>
              {t('cancelWaiting')}
            </Button>
          )
        }
      />
      <Section title={t('progress')} note={stateReason ?? undefined}>
        <div role="status">
          <DeploymentProgress deployment={deployment.data} />
        </div>
        {acceptsReadBack && <p className="mt-2 text-sm text-ink-2">{t('readBackAccepted', { who: startedBy })}</p>}
      </Section>
      <Section title={t('gateways')} flush>
        <ListTable
          list={jobs}
          what={t('gatewaysLower')}
          caption={t('gateways')}
          columns={COLUMNS}
          rowKey={({ id }) => id}
          empty={<Empty title={t('noGateways')} />}
        />
      </Section>
      {cancelling && <CancelDialog deploymentId={deploymentId} onClose={() => setCancelling(false)} />}
    </>
  );
}
