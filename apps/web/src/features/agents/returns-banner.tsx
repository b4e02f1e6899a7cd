'use client';

import { type AgentReturn, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Ago, Moment } from '../../ui/moment.tsx';
import { useRefusal } from '../session/index.ts';
import { returnsQuery } from './queries.ts';
import { t } from '../../messages/agents.ts';

const LOOK_AGAIN_MS = 30_000;
const KEY_GROUPS = /.{1,8}/g;

/** Agents that ask to come back: all of them, or those of one page. */
export function ReturnsBanner({ agentId }: { agentId?: string }) {
  const { data } = useQuery({ ...returnsQuery(), refetchInterval: LOOK_AGAIN_MS });
  const shown = (data?.items ?? []).filter(
    (one) => (agentId === undefined && one.approved === null) || one.agentId === agentId,
  );
  return shown.map((one) => (
    <Return key={`${one.agentId} ${one.keySha256}`} one={one} isLinked={agentId === undefined} />
  ));
}

function Return({ one, isLinked }: { one: AgentReturn; isLinked: boolean }) {
  const refusal = useRefusal('agents.approve-return');
  const [asking, setAsking] = useState<'approve' | 'refuse' | null>(null);
  const client = useQueryClient();
  const { agentId, keySha256, hostname } = one;
  const zone = one.site.timeZone;
  const decide = useMutation({
    mutationFn: () =>
      call(endpoints.decideAgentReturn, { params: { agentId }, body: { keySha256, approve: asking === 'approve' } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      setAsking(null);
    },
  });
  const key = <span className="font-mono text-xs wrap-anywhere">{keySha256.match(KEY_GROUPS)?.join(' ')}</span>;
  return (
    <Banner
      tone={one.reason === 'away-too-long' ? 'minor' : 'critical'}
      title={t('asksToComeBack', { hostname, site: one.site.name })}
    >
      <div className="flex flex-col gap-2 pt-1">
        <p>{t.group('returnReason')[one.reason]}</p>
        <Facts
          items={[
            [t('keyFingerprint'), key],
            [t('lastAddress'), one.address],
            [t('askingSince'), <Ago key="since" at={one.firstAskedAt} siteZone={zone} />],
            [t('lastAsked'), <Ago key="last" at={one.lastAskedAt} siteZone={zone} />],
            [t('certificateExpired2'), <Moment key="expired" at={one.expiredAt} siteZone={zone} />],
          ]}
        />
        {one.approved !== null && one.decidedAt !== null && (
          <p>
            {t.rich(one.approved ? 'returnApproved' : 'returnRefused', {
              name: one.decidedBy ?? '',
              moment: <Moment at={one.decidedAt} siteZone={zone} />,
            })}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          {one.approved !== true && (
            <Button disabledReason={refusal} onClick={() => setAsking('approve')}>
              {t('approveReturn')}
            </Button>
          )}
          {one.approved !== false && (
            <Button disabledReason={refusal} onClick={() => setAsking('refuse')}>
              {t('refuseReturn')}
            </Button>
          )}
          {isLinked && (
            <Link href={`/agents/${agentId}`} className="self-center underline underline-offset-2">
              {t('openAgent')}
            </Link>
          )}
        </div>
      </div>
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        title={t(asking === 'refuse' ? 'refuseReturnOf' : 'approveReturnOf', { hostname })}
        yes={t(asking === 'refuse' ? 'refuseReturn' : 'approveReturn')}
        danger={asking === 'refuse'}
        mutation={decide}
      >
        <p>{t(asking === 'refuse' ? 'refuseReturnMeans' : 'approveReturnMeans')}</p>
      </ConfirmDialog>
    </Banner>
  );
}
