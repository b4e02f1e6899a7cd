'use client';

import { ApiError } from '@loopstart/contracts';
import Link from 'next/link';
import { query } from '../../lib/api/query.ts';
import { LINE_DEVICE_WORDS, MEASURE_ORDER } from '../../lib/words/port.ts';
import { longState, portTitle } from '../../lib/words/port-summary.ts';
import { FailurePage } from '../../ui/failure-page.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { ActionList, PortActions } from '../actions/index.ts';
import { SubjectIncidents, useSubjectIncidents } from '../alerts/index.ts';
import { AuditLink } from '../audit/index.ts';
import { CallList } from '../calls/index.ts';
import { ChangeTimeline } from '../configuration/index.ts';
import { EventList } from '../events/index.ts';
import { ReadingBanner, useGateway } from '../gateways/index.ts';
import { MeasurementsSection } from '../measurements/index.ts';
import { RunbookPanel } from '../runbooks/index.ts';
import { LineFacts } from './line-facts.tsx';
import { Neighbours } from './neighbours.tsx';
import { PortSkeleton } from './port-skeleton.tsx';
import { StateNow } from './state-facts.tsx';
import { TimelineSection } from './timeline-section.tsx';
import { t } from '../../messages/ports.ts';
import { t as calls } from '../../messages/calls.ts';
import { t as common } from '../../messages/common.ts';

const NO_SUCH_PORT = new ApiError({
  type: 'about:blank',
  title: t('gatewayNoSuchPort'),
  status: 404,
  code: 'not-found',
  requestId: '',
});

/** One port: how it is, how it was, what can be done. */
export function PortPage({ gatewayId, position }: { gatewayId: string; position: number }) {
  const { gateway, error, retry } = useGateway(gatewayId);
  if (gateway === undefined) {
    return error === null ? <PortSkeleton /> : <FailurePage title={t('port')} error={error} retry={retry} />;
  }
  const port = gateway.portList.find((candidate) => candidate.position === position);
  if (port === undefined) return <FailurePage title={t('port')} error={NO_SUCH_PORT} retry={retry} />;
  const zone = gateway.site.timeZone;
  const title = portTitle(port);
  const knownUntilMs =
    gateway.freshness === 'live' || gateway.observedAt === null
      ? Number.POSITIVE_INFINITY
      : Date.parse(gateway.observedAt);
  return (
    <>
      <PageHeader
        crumbs={[
          { href: '/gateways', label: common('gateways') },
          { href: `/sites/${gateway.site.id}`, label: gateway.site.name },
          { href: `/gateways/${gateway.id}`, label: gateway.name },
        ]}
        title={title}
        state={
          <SeverityLabel severity={port.severity}>
            {port.severity === 'unknown' ? 'Unknown' : longState(port)}
          </SeverityLabel>
        }
        description={[t('portN', { position }), LINE_DEVICE_WORDS[port.lineDeviceClass], port.number]
          .filter(Boolean)
          .join(' · ')}
        actions={
          <>
            <AuditLink subjectId={`${gateway.id}/${position}`} />
            <Neighbours port={port} ports={gateway.portList} />
          </>
        }
      />
      <SubjectIncidents siteId={gateway.site.id} agentId={gateway.agentId} gatewayId={gateway.id} position={position} />
      <ReadingBanner gateway={gateway} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <StateNow port={port} gateway={gateway} />
          <TimelineSection
            port={port}
            siteZone={zone}
            knownUntilMs={knownUntilMs}
            firstKnownMs={Date.parse(gateway.firstSeenAt)}
          />
          <MeasurementsSection
            of={t('portOfGateway', { position, name: gateway.name })}
            order={MEASURE_ORDER}
            seriesQuery={(range) => query('getPortSeries', { params: { gatewayId, position }, query: range })}
            siteZone={zone}
            syncKey={`${gatewayId} ${position}`}
            none={t('modelMeasuresNeitherElectrical')}
          />
          <RunbookPanel gatewayId={gatewayId} position={position} device={port.lineDeviceClass} siteZone={zone} />
          <LineChanges
            siteId={gateway.site.id}
            agentId={gateway.agentId}
            siteZone={zone}
            {...{ gatewayId, position }}
          />
          <Section
            title={common('calls')}
            actions={
              <Link
                href={`/calls?gatewayId=${gatewayId}&position=${position}`}
                className="text-sm underline underline-offset-2"
              >
                {calls('allCalls')}
              </Link>
            }
            flush
          >
            <CallList gatewayId={gatewayId} position={position} />
          </Section>
          <Section title={common('events')} flush>
            <EventList scope={{ gatewayId, position, limit: 10 }} place="port" />
          </Section>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Section title={t('actions')}>
            <PortActions port={port} />
            <div className="-mx-4 mt-4 -mb-4 border-t border-line">
              <ActionList gatewayId={gatewayId} position={position} siteZone={zone} />
            </div>
          </Section>
          <LineFacts port={port} />
        </div>
      </div>
    </>
  );
}

/** What changed for the line, beside the beginning of each incident that concerns it and is not over. */
function LineChanges(props: {
  siteId: string;
  agentId: string;
  gatewayId: string;
  position: number;
  siteZone: string;
}) {
  const { siteId, siteZone, ...subject } = props;
  const marks = useSubjectIncidents(siteId, subject).map(({ id, title, since }) => ({
    id,
    title,
    at: since,
    href: `/incidents/${id}`,
  }));
  return <ChangeTimeline gatewayId={subject.gatewayId} position={subject.position} marks={marks} siteZone={siteZone} />;
}
