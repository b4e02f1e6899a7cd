'use client';

import type { Agent } from '@loopstart/contracts';
import { Ban } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { useNow } from '../../lib/clock/now.tsx';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { DetailPageSkeleton } from '../../ui/page-skeleton.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { AuditLink } from '../audit/index.ts';
import { useRefusals } from '../session/index.ts';
import { AgentFacts } from './agent-facts.tsx';
import { agentConcerns, CONCERN_SEVERITY } from './agent-health.ts';
import { AgentState } from './agent-state.tsx';
import { agentQuery } from './queries.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';
import { ReturnsBanner } from './returns-banner.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { SettleDialog } from './settle-dialog.tsx';
import { TargetsSection } from './targets/targets-section.tsx';
import { t } from '../../messages/agents.ts';
import { t as common } from '../../messages/common.ts';

export function AgentPage({ agentId }: { agentId: string }) {
  const { data: agent, error, refetch } = useQuery(agentQuery(agentId));
  const refusalOf = useRefusals();
  const [asking, setAsking] = useState<'revoke' | 'hand-over' | 'settle' | 'replace' | null>(null);
  const ask = (what: typeof asking) => (open: boolean) => setAsking(open ? what : null);
  if (agent === undefined)
    return error === null ? <DetailPageSkeleton what={t('theAgent')} /> : <Failure error={error} retry={refetch} />;
  return (
    <>
      <PageHeader
        crumbs={[
          { href: '/agents', label: common('agents') },
          { href: `/sites/${agent.site.id}`, label: agent.site.name },
        ]}
        title={agent.hostname}
        state={<AgentState state={agent.state} />}
        description={`${agent.site.customerName}, ${agent.site.name}`}
        actions={
          <>
            <AuditLink subjectId={agent.id} />
            {agent.identityConflictAt !== null && (
              <Button disabledReason={refusalOf('agents.settle-identity')} onClick={() => setAsking('settle')}>
                {t('copyRemoved')}
              </Button>
            )}
            {agent.gatewayCount > 0 && (
              <Button disabledReason={refusalOf('agents.hand-over')} onClick={() => setAsking('hand-over')}>
                {t('handOverGateways')}
              </Button>
            )}
            {agent.state !== 'revoked' && (
              <Button disabledReason={refusalOf('agents.replace')} onClick={() => setAsking('replace')}>
                {t('replace')}
              </Button>
            )}
            {agent.state !== 'revoked' && (
              <Button
                look="danger"
                disabledReason={refusalOf('agents.revoke')}
                onClick={() => setAsking('revoke')}
                icon={<Ban aria-hidden="true" className="size-4" />}
              >
                {t('revoke')}
              </Button>
            )}
          </>
        }
      />
      <ReturnsBanner agentId={agent.id} />
      <Concerns agent={agent} />
      <AgentFacts agent={agent} />
      <TargetsSection agent={agent} />
      <RevokeDialog agent={agent} open={asking === 'revoke'} onOpenChange={ask('revoke')} />
      <SettleDialog agent={agent} open={asking === 'settle'} onOpenChange={ask('settle')} />
      {asking === 'replace' && <ReplaceDialog agent={agent} onOpenChange={ask('replace')} />}
      {asking === 'hand-over' && <HandOverDialog agent={agent} onOpenChange={ask('hand-over')} />}
    </>
  );
}

function Concerns({ agent }: { agent: Agent }) {
  const concerns = agentConcerns(agent, useNow(60_000));
  return (
    <Section title={concerns.length === 0 ? t('noProblems') : t('needsAttention')}>
      {concerns.length === 0 ? (
        <p className="text-ink-2">{t('connectedSendsWithoutDelay')}</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {concerns.map((concern) => (
            <li key={concern.code}>
              <SeverityLabel severity={CONCERN_SEVERITY[concern.level]}>
                <span className="font-normal text-ink">{concern.sentence}</span>
              </SeverityLabel>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
