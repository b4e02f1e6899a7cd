'use client';

import Link from 'next/link';
import { useQuery } from '../../lib/api/use-query.ts';
import { count } from '../../lib/format/number.ts';
import { t } from '../../messages/agents.ts';
import { Banner } from '../../ui/banner.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { useRefusal } from '../session/index.ts';
import { returnsQuery } from './queries.ts';
import { attentionOf } from './returns-words.ts';

const LOOK_AGAIN_MS = 60_000;

function useAttention() {
  const mayRead = useRefusal('agents.read') === null;
  const { data } = useQuery({ ...returnsQuery(), refetchInterval: LOOK_AGAIN_MS, enabled: mayRead });
  return attentionOf(data?.items ?? []);
}

/** How many agents wait for a person to decide, beside the entry of the navigation. */
export function ReturnsCount() {
  const { waiting, severity } = useAttention();
  if (waiting === 0) return null;
  return (
    <span className="ml-auto inline-flex items-center gap-1 text-sm font-semibold text-ink">
      <SeverityMark severity={severity} className="size-3.5" />
      {count(waiting)}
      <span className="sr-only">{t('askSuffix', { count: waiting })}</span>
    </span>
  );
}

/** Above the overview: agents wait for a person, and what is behind them is unknown meanwhile. */
export function ReturnsNotice() {
  const { waiting, severity } = useAttention();
  if (waiting === 0) return null;
  return (
    <Banner tone={severity} title={t('agentsAsk', { count: waiting })}>
      {t.rich('agentsAskAbout', { agents: <Link href="/agents" className="underline underline-offset-2" /> })}
    </Banner>
  );
}
