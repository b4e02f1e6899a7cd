import type { Agent } from '@loopstart/contracts';
import Link from 'next/link';
import { count } from '../../../lib/format/number.ts';
import { t } from '../../../messages/agents.ts';
import { t as common } from '../../../messages/common.ts';
import { Absent } from '../../../ui/absent.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Ago, Moment } from '../../../ui/moment.tsx';
import { AgentState } from '../agent-state.tsx';
import { Concerns } from './concerns.tsx';

/** An agent in short, beside the list. */
export function AgentPanel({ agent }: { agent: Agent }) {
  const { site } = agent;
  return (
    <div className="flex flex-col gap-4">
      <AgentState state={agent.state} />
      <Concerns agent={agent} />
      <Facts
        items={[
          [
            t('lastContact'),
            agent.lastSeenAt === null ? (
              <Absent key="never" spelled why={t('neverConnected')} />
            ) : (
              <Ago key="seen" at={agent.lastSeenAt} siteZone={site.timeZone} />
            ),
          ],
          [
            common('gateways'),
            <Link key="gateways" href={`/gateways?agentId=${agent.id}`} className="hover:underline">
              {count(agent.gatewayCount)}
            </Link>,
          ],
          [
            t('site'),
            <Link key="site" href={`/sites/${site.id}`} className="hover:underline">
              {site.name}
            </Link>,
          ],
          [
            t('customer'),
            <Link key="customer" href={`/customers/${site.customerId}`} className="hover:underline">
              {site.customerName}
            </Link>,
          ],
          [
            t('backlog'),
            agent.backlogMessages === null ? (
              <Absent key="backlog" spelled why={t('notConnectedYet')} />
            ) : (
              count(agent.backlogMessages)
            ),
          ],
          [t('lostMessages'), count(agent.lostMessages)],
          [t('version'), agent.version],
          [t('platform'), agent.platform ?? <Absent key="platform" spelled why={t('notConnectedYet')} />],
          [
            t('certificateExpires'),
            <Moment key="certificate" at={agent.certificateExpiresAt} siteZone={site.timeZone} />,
          ],
          [t('enrolled'), <Moment key="enrolled" at={agent.enrolledAt} siteZone={site.timeZone} />],
        ]}
      />
    </div>
  );
}
