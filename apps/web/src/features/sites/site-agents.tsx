'use client';

import Link from 'next/link';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { AGENT_STATE_WORDS } from '../../lib/words/fleet.ts';
import { Ago } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { siteAgentsQuery } from './queries.ts';
import { t } from '../../messages/sites.ts';

/** The agents of one site, each in a line. */
export function SiteAgents({ siteId, timeZone }: { siteId: string; timeZone: string }) {
  const { data, error, refetch } = useInfiniteQuery(siteAgentsQuery(siteId));
  if (data === undefined) {
    if (error !== null) return <Failure error={error} retry={refetch} />;
    return (
      <Loading what={t('agents')}>
        <Bone className="h-5 w-full" />
      </Loading>
    );
  }
  const agents = data.pages.flatMap((page) => page.items);
  if (agents.length === 0) {
    return <p className="text-sm text-ink-2">{t('noAgentsYetAgent')}</p>;
  }
  return (
    <ul className="flex flex-col gap-2.5">
      {agents.map((agent) => (
        <li key={agent.id} className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
          <Link href={`/agents/${agent.id}`} className="min-w-0 font-medium wrap-anywhere text-ink hover:underline">
            {agent.hostname}
          </Link>
          <SeverityLabel severity={agent.state === 'online' ? 'ok' : agent.state === 'revoked' ? 'major' : 'unknown'}>
            {AGENT_STATE_WORDS[agent.state]}
            {agent.state === 'silent' && agent.lastSeenAt !== null && (
              <>{t.rich('lastContact', { ago: <Ago at={agent.lastSeenAt} siteZone={timeZone} /> })}</>
            )}
          </SeverityLabel>
        </li>
      ))}
    </ul>
  );
}
