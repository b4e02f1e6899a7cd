'use client';

import { Plus, Router } from 'lucide-react';
import { t } from '../../../messages/agents.ts';
import { t as common } from '../../../messages/common.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Grid } from '../../../ui/grid/grid.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { ReturnsBanner } from '../returns-banner.tsx';
import { AgentPanel } from './agent-panel.tsx';
import { AGENTS } from './list.ts';

export function AgentsPage() {
  const refusal = useRefusal('agents.enrol');
  const icon = <Plus aria-hidden="true" className="size-4" />;
  const add =
    refusal === null ? (
      <ButtonLink href="/agents/add" look="primary" icon={icon}>
        {t('addAnAgent')}
      </ButtonLink>
    ) : (
      <Button look="primary" disabledReason={refusal} icon={icon}>
        {t('addAnAgent')}
      </Button>
    );
  return (
    <>
      <PageHeader title={common('agents')} description={t('agentRunsMachineEach')} actions={add} />
      <ReturnsBanner />
      <Grid
        list={AGENTS}
        renderPanel={(agent) => <AgentPanel agent={agent} />}
        empty={
          <Empty icon={<Router />} title={t('noAgentsYet')} action={add}>
            {t('gatewaysReadAgentsOne')}
          </Empty>
        }
      />
    </>
  );
}
