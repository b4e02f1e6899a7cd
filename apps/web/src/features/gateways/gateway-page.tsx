'use client';

import Link from 'next/link';
import { query } from '../../lib/api/query.ts';
import { vendorAndModel } from '../../lib/words/model.ts';
import { GatewayActions, ActionList } from '../actions/index.ts';
import { SubjectIncidents } from '../alerts/index.ts';
import { AuditLink } from '../audit/index.ts';
import { CallList } from '../calls/index.ts';
import { EventList } from '../events/index.ts';
import { MeasurementsSection } from '../measurements/index.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { CapabilitiesSection } from './capabilities.tsx';
import { GatewayFacts } from './gateway-facts.tsx';
import { GatewaySkeleton } from './gateway-skeleton.tsx';
import { gatewayState } from './gateway-state.ts';
import { RecordActions } from './lifecycle/record-actions.tsx';
import { RecordBanners } from './lifecycle/record-banners.tsx';
import { PortsSection } from './ports-section.tsx';
import { ReadingBanner } from './reading-banner.tsx';
import { RenameGateway } from './rename-dialog.tsx';
import { FailurePage } from '../../ui/failure-page.tsx';
import { useGateway } from './use-gateway.ts';
import { buttonClass } from '../../ui/button-class.ts';
import { t } from '../../messages/gateways.ts';
import { t as configuration } from '../../messages/configuration.ts';
import { t as calls } from '../../messages/calls.ts';
import { t as common } from '../../messages/common.ts';

const MEASURES = ['temperatureC', 'cpuPercent', 'memoryPercent', 'activeCalls'] as const;

/** One gateway: its ports first, then everything else that is known of it. */
export function GatewayPage({ gatewayId }: { gatewayId: string }) {
  const { gateway, error, retry } = useGateway(gatewayId);
  if (gateway === undefined) {
    return error === null ? <GatewaySkeleton /> : <FailurePage title={t('gateway')} error={error} retry={retry} />;
  }
  const { severity, words } = gatewayState(gateway);
  const zone = gateway.site.timeZone;
  return (
    <>
      <PageHeader
        crumbs={[
          { href: '/gateways', label: common('gateways') },
          { href: `/customers/${gateway.customer.id}`, label: gateway.customer.name },
          { href: `/sites/${gateway.site.id}`, label: gateway.site.name },
        ]}
        title={gateway.name}
        state={<SeverityLabel severity={severity}>{words}</SeverityLabel>}
        description={
          <>
            {t.rich('atAddress', {
              what: vendorAndModel(gateway),
              address: gateway.address,
              span: <span className="font-mono" />,
            })}
          </>
        }
        actions={
          <>
            <Link href={`/gateways/${gateway.id}/configuration`} className={buttonClass('plain')}>
              {configuration('configuration')}
            </Link>
            <AuditLink subjectId={gateway.id} />
            <RenameGateway gateway={gateway} />
            <RecordActions gateway={gateway} />
          </>
        }
      />
      <SubjectIncidents siteId={gateway.site.id} agentId={gateway.agentId} gatewayId={gateway.id} />
      <RecordBanners gateway={gateway} />
      {gateway.retired === null && <ReadingBanner gateway={gateway} />}
      <PortsSection gateway={gateway} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <MeasurementsSection
            of={gateway.name}
            order={MEASURES}
            seriesQuery={(range) => query('getGatewaySeries', { params: { gatewayId }, query: range })}
            siteZone={zone}
            syncKey={gatewayId}
            none={t('modelReportsNeitherTemperature')}
          />
          <Section
            title={common('calls')}
            actions={
              <Link href={`/calls?gatewayId=${gatewayId}`} className="text-sm underline underline-offset-2">
                {calls('allCalls')}
              </Link>
            }
            flush
          >
            <CallList gatewayId={gatewayId} />
          </Section>
          <Section
            title={common('events')}
            actions={
              <Link href={`/events?gatewayId=${gatewayId}`} className="text-sm underline underline-offset-2">
                {t('allEvents')}
              </Link>
            }
            flush
          >
            <EventList scope={{ gatewayId, limit: 10 }} place="gateway" />
          </Section>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Section title={t('actions')}>
            {gateway.retired === null && <GatewayActions gateway={gateway} />}
            <div className="-mx-4 mt-4 -mb-4 border-t border-line">
              <ActionList gatewayId={gatewayId} siteZone={zone} />
            </div>
          </Section>
          <GatewayFacts gateway={gateway} />
          <CapabilitiesSection capabilities={gateway.capabilities} />
        </div>
      </div>
    </>
  );
}
