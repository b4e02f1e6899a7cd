'use client';

import type { GatewaySummary } from '@loopstart/contracts';
import { answersUnreadably } from '@loopstart/domain';
import Link from 'next/link';
import { Banner } from '../../ui/banner.tsx';
import { Moment, Since } from '../../ui/moment.tsx';
import { t } from '../../messages/gateways.ts';

/** Says plainly why what is shown may be old. Nothing when it is fresh. */
export function ReadingBanner({ gateway }: { gateway: GatewaySummary }) {
  const { observedAt, site } = gateway;
  const age =
    observedAt === null ? (
      t('gatewayNotReadYet')
    ) : (
      <>
        {t.rich('lastReadAgoPage', {
          since: <Since at={observedAt} />,
          moment: <Moment at={observedAt} siteZone={site.timeZone} />,
        })}
      </>
    );
  if (gateway.reachability === 'unreachable') {
    return (
      <Banner tone="major" title={unreadTitle(gateway.unreachableCode)}>
        {gateway.unreachableReason !== null && <>{sentence(gateway.unreachableReason)} </>}
        {age}
      </Banner>
    );
  }
  if (gateway.reachability === 'unknown') {
    return (
      <Banner tone="unknown" title={t('stateGatewayUnknownAgent')}>
        {age}{' '}
        {t.rich('unknownNotDown', {
          link: <Link href={`/agents/${gateway.agentId}`} className="underline underline-offset-2" />,
        })}
      </Banner>
    );
  }
  if (gateway.freshness === 'live') return null;
  return (
    <Banner tone="unknown" title={gateway.freshness === 'never' ? t('notReadYet') : t('readingOld')}>
      {age}
    </Banner>
  );
}

function unreadTitle(code: GatewaySummary['unreachableCode']): string {
  if (code === 'target-removed') return t('gatewayNotPolledAny');
  return code !== null && answersUnreadably(code) ? t('gatewayRespondsButCannot') : t('gatewayUnreachable');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
