'use client';

import { type Agent, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { AGENT_STATE_WORDS } from '../../lib/words/fleet.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { agentsOfSiteQuery } from './queries.ts';
import { t } from '../../messages/agents.ts';
import { t as common } from '../../messages/common.ts';

/** Chooses the agent of the same site that speaks for the gateways from now on. */
export function HandOverDialog({ agent, onOpenChange }: { agent: Agent; onOpenChange: (open: boolean) => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const agents = useQuery(agentsOfSiteQuery(agent.site.id));
  const [chosen, setChosen] = useState('');
  const others = (agents.data?.items ?? []).filter(({ id, state }) => id !== agent.id && state !== 'revoked');
  const toAgentId = chosen === '' ? (others[0]?.id ?? '') : chosen;
  const handOver = useMutation({
    mutationFn: () => call(endpoints.handOverGateways, { params: { agentId: agent.id }, body: { toAgentId } }),
    onSuccess: async ({ gateways }) => {
      await client.invalidateQueries();
      onOpenChange(false);
      toast(t('gatewayHandedOver', { gateways }), t('nowOtherAgentReports'));
    },
  });
  const failure = handOver.error ?? agents.error;
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t('handOverGateways2', { hostname: agent.hostname })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button
            look="primary"
            pending={handOver.isPending}
            disabledReason={toAgentId === '' ? t('noOtherAgentSite') : null}
            onClick={() => handOver.mutate()}
          >
            {t('handOver')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-ink-2">
        <p>{t('gatewayOnlyAgentHolds', { gatewayCount: agent.gatewayCount, name: agent.site.name })}</p>
        {agents.isPending && <p>{t('loadingAgentsSite')}</p>}
        {agents.data !== undefined && others.length === 0 && <p>{t('noOtherAgentSiteInstall')}</p>}
        {others.length > 0 && (
          <ChoiceField
            label={t('handOverTo')}
            name="toAgentId"
            value={toAgentId}
            onChange={(event) => setChosen(event.target.value)}
          >
            {others.map(({ id, hostname, state }) => (
              <option key={id} value={id}>
                {hostname}, {AGENT_STATE_WORDS[state].toLowerCase()}
              </option>
            ))}
          </ChoiceField>
        )}
        {failure !== null && <FailureNote told={tell(failure)} />}
      </div>
    </Dialog>
  );
}
