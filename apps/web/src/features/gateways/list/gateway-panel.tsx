import type { GatewaySummary } from '@loopstart/contracts';
import Link from 'next/link';
import { vendorAndModelWithReason } from '../../../lib/words/model.ts';
import { t } from '../../../messages/gateways.ts';
import { Absent } from '../../../ui/absent.tsx';
import { CountsBar, CountsLegend } from '../../../ui/counts-bar.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Ago } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { gatewayState } from '../gateway-state.ts';
import { GatewayTags, measure, temperatureOf } from './columns.tsx';

/** A gateway in short, beside the list. */
export function GatewayPanel({ gateway }: { gateway: GatewaySummary }) {
  const { severity, words } = gatewayState(gateway);
  const { site, customer } = gateway;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <SeverityLabel severity={severity} className="text-base">
          {words}
        </SeverityLabel>
        {gateway.unreachableReason !== null && <p className="mt-0.5 text-sm text-ink-3">{gateway.unreachableReason}</p>}
        <p className="mt-1.5 flex flex-wrap gap-1.5 empty:hidden">
          <GatewayTags gateway={gateway} />
        </p>
      </div>
      <div className="flex flex-col gap-2">
        <CountsBar counts={gateway.ports} tall />
        <CountsLegend counts={gateway.ports} />
      </div>
      <Facts
        items={[
          [
            t('lastRead'),
            gateway.observedAt === null ? (
              <Absent key="never" spelled why={t('neverRead')} />
            ) : (
              <Ago key="read" at={gateway.observedAt} siteZone={site.timeZone} />
            ),
          ],
          [
            t('site'),
            <Link key="site" href={`/sites/${site.id}`} className="hover:underline">
              {site.name}
            </Link>,
          ],
          [
            t('customer'),
            <Link key="customer" href={`/customers/${customer.id}`} className="hover:underline">
              {customer.name}
            </Link>,
          ],
          [t('vendorAndModel'), vendorAndModelWithReason(gateway)],
          [t('firmware'), gateway.firmware ?? <Absent key="none" spelled why={t('gatewayNotReport')} />],
          [
            t('address'),
            <span key="address" className="font-mono text-sm">
              {gateway.address}
            </span>,
          ],
          [t('calls'), measure(gateway, gateway.activeCalls)],
          [t('temperature'), temperatureOf(gateway)],
          [
            t('polledBy'),
            <Link key="agent" href={`/agents/${gateway.agentId}`} className="hover:underline">
              {t('theAgentOf', { name: site.name })}
            </Link>,
          ],
        ]}
      />
      {gateway.notices.map(({ code, text }) => (
        <p key={code} className="rounded-md bg-sunken px-3 py-2 text-sm text-ink-2">
          {text}
        </p>
      ))}
    </div>
  );
}
