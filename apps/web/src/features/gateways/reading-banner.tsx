'use client';

import type { GatewaySummary } from '@loopstart/contracts';
import { answersUnreadably } from '@loopstart/domain';
import Link from 'next/link';
import { Banner } from '../../ui/banner.tsx';
import { Moment, Since } from '../../ui/moment.tsx';

/** Says plainly why what is shown may be old. Nothing when it is fresh. */
export function ReadingBanner({ gateway }: { gateway: GatewaySummary }) {
  const { observedAt, site } = gateway;
  const age =
    observedAt === null ? (
      'Nothing has been read from this gateway yet.'
    ) : (
      <>
        Last read <Since at={observedAt} /> ago, at <Moment at={observedAt} siteZone={site.timeZone} />. What is shown
        is how it was then.
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
      <Banner tone="unknown" title="Nobody knows how this gateway is: the agent of the site is silent">
        {age} Unknown does not mean down.{' '}
        <Link href={`/agents/${gateway.agentId}`} className="underline underline-offset-2">
          Look at the agent
        </Link>
      </Banner>
    );
  }
  if (gateway.freshness === 'live') return null;
  return (
    <Banner tone="unknown" title={gateway.freshness === 'never' ? 'Not read yet' : 'This reading is old'}>
      {age}
    </Banner>
  );
}

function unreadTitle(code: GatewaySummary['unreachableCode']): string {
  if (code === 'target-removed') return 'Nobody reads this gateway any more';
  return code !== null && answersUnreadably(code)
    ? 'This gateway answers, but it cannot be read'
    : 'This gateway does not answer';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
