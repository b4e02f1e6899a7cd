'use client';

import { LoaderCircle } from 'lucide-react';
import { useEffect } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { ButtonLink } from '../../../ui/button.tsx';
import { AgentState } from '../agent-state.tsx';
import { agentsOfSiteQuery } from '../queries.ts';
import { t } from '../../../messages/agents.ts';

/** Live events tell of a new agent at once; this is for when the stream is down. */
const LOOK_AGAIN_MS = 5000;

/** Waits until an agent is there that was not before. */
export function WaitStep({ siteId, before }: { siteId: string; before: readonly string[] }) {
  const announce = useAnnounce();
  const { data } = useQuery({ ...agentsOfSiteQuery(siteId), refetchInterval: LOOK_AGAIN_MS });
  const arrived = data?.items.find((agent) => !before.includes(agent.id));
  const name = arrived?.hostname;

  useEffect(() => {
    if (name !== undefined) announce(t('agentEnrolled', { name }));
  }, [announce, name]);

  if (arrived === undefined) {
    return (
      <p className="flex items-center gap-2 text-sm text-ink-2">
        <LoaderCircle aria-hidden="true" className="size-4 animate-spin text-accent" />
        {t('waitingAgentLeavePage')}
      </p>
    );
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-md bg-ok-soft px-3.5 py-3">
      <div>
        <p className="font-semibold">{t('agentEnrolled2', { hostname: arrived.hostname })}</p>
        <AgentState state={arrived.state} />
      </div>
      <ButtonLink href={`/agents/${arrived.id}`} look="primary">
        {t('setDiscoveryTargets')}
      </ButtonLink>
    </div>
  );
}
