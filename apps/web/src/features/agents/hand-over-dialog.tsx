'use client';

import { type Agent, endpoints } from '@loopstart/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { counted } from '../../lib/format/number.ts';
import { AGENT_STATE_WORDS } from '../../lib/words/fleet.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { agentsOfSiteQuery } from './queries.ts';

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
      toast(`${counted(gateways, 'gateway')} handed over.`, 'The other agent reports them from now on.');
    },
  });
  const failure = handOver.error ?? agents.error;
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Hand over the gateways of ${agent.hostname}`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            look="primary"
            pending={handOver.isPending}
            disabledReason={toAgentId === '' ? 'There is no other agent at this site.' : null}
            onClick={() => handOver.mutate()}
          >
            Hand over
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-ink-2">
        <p>
          {counted(agent.gatewayCount, 'gateway')} at {agent.site.name}. Only the agent that holds a gateway may report
          it; the other needs targets that reach it.
        </p>
        {agents.isPending && <p>Loading the agents of this site…</p>}
        {agents.data !== undefined && others.length === 0 && (
          <p>There is no other agent at this site. Install one first.</p>
        )}
        {others.length > 0 && (
          <ChoiceField
            label="To"
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
