'use client';

import type { Incident } from '@loopstart/contracts';
import { useQuery } from '../../../lib/api/use-query.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { Absent } from '../../../ui/absent.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { FailurePage } from '../../../ui/failure-page.tsx';
import { Moment, Since } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { DetailPageSkeleton } from '../../../ui/page-skeleton.tsx';
import { Section } from '../../../ui/section.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { AuditLink } from '../../audit/index.ts';
import { IncidentState, PlaceTrail } from '../../alerts/index.ts';
import { ChangeTimeline } from '../../configuration/index.ts';
import { RunbookPanel } from '../../runbooks/index.ts';
import { useRefusal } from '../../session/index.ts';
import { incidentQueryOf } from '../queries.ts';
import { BehindSection } from './behind-section.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentBanners } from './incident-banners.tsx';
import { isUnderWay } from './timeline-items.ts';
import { TimelineSection } from './timeline-section.tsx';
import { TopologySection } from './topology-section.tsx';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

const WATCH_MS = 5000;
const CRUMBS = [{ href: '/incidents', label: common('incidents') }];

/** One incident: what to do first, why we think so, where the cause sits, what was done. */
export function IncidentPage({ incidentId }: { incidentId: string }) {
  const { data, error, refetch } = useQuery({
    ...incidentQueryOf(incidentId),
    // Whether a message arrived is no news of the incident itself, so it is asked for.
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? WATCH_MS : false),
  });
  if (data === undefined) {
    return error === null ? (
      <DetailPageSkeleton what={t('theIncident')} />
    ) : (
      <FailurePage title={t('incident')} error={error} retry={refetch} />
    );
  }
  const over = data.state === 'resolved';
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={data.title}
        state={
          <SeverityLabel severity={over ? 'ok' : data.severity}>
            {over
              ? t('resolvedWas', { severity: SEVERITY_WORDS[data.severity].toLowerCase() })
              : SEVERITY_WORDS[data.severity]}
          </SeverityLabel>
        }
        description={
          <>
            <span className="text-ink-3">#{data.number} · </span>
            <PlaceTrail place={data.place} />
          </>
        }
        actions={
          <>
            <AuditLink subjectId={data.id} />
            <IncidentActions incident={data} />
          </>
        }
      />
      <IncidentBanners incident={data} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Section title={over ? t('whatItMeant') : t('whatFirst')}>
            <div className="flex flex-col gap-1.5">
              {!over && <p className="text-lg font-medium">{data.firstStep}</p>}
              <p className="text-ink-2">{data.means}</p>
            </div>
          </Section>
          <BehindSection incident={data} />
          <LineRunbook incident={data} />
          <EvidenceSection incident={data} />
          <ChangesBefore incident={data} />
          <TopologySection incident={data} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <HowItStands incident={data} />
          <TimelineSection incident={data} />
        </div>
      </div>
    </>
  );
}

/** Where the incident is about one line, it can be looked into from here. */
function LineRunbook({ incident }: { incident: Incident }) {
  const { gateway, port, site } = incident.place;
  if (gateway === null || port === null) return null;
  return (
    <RunbookPanel
      gatewayId={gateway.id}
      position={port.position}
      incidentId={incident.id}
      device={port.lineDeviceClass}
      siteZone={site?.timeZone ?? null}
    />
  );
}

/** What was changed for the gateway or line, beside the moment at which the incident began. */
function ChangesBefore({ incident: { id, title, since, place } }: { incident: Incident }) {
  const { gateway, port, site } = place;
  const refusal = useRefusal('configuration.read');
  if (gateway === null || refusal !== null) return null;
  return (
    <ChangeTimeline
      gatewayId={gateway.id}
      {...(port !== null && { position: port.position })}
      marks={[{ id, title, at: since, href: `/incidents/${id}` }]}
      siteZone={site?.timeZone ?? null}
    />
  );
}

function HowItStands({ incident }: { incident: Incident }) {
  const zone = incident.place.site?.timeZone ?? null;
  return (
    <Section title={t('status')}>
      <div className="flex flex-col gap-3">
        <IncidentState incident={incident} />
        <Facts
          columns={1}
          items={[
            [
              common('since'),
              <span key="since">
                {incident.state === 'open' ? (
                  t.rich('forSince', {
                    moment: <Moment at={incident.since} siteZone={zone} seconds />,
                    since: <Since at={incident.since} />,
                  })
                ) : (
                  <Moment at={incident.since} siteZone={zone} seconds />
                )}
              </span>,
            ],
            [t('raised'), <Moment key="announced" at={incident.announcedAt} siteZone={zone} seconds />],
            [t('assignedTo'), incident.assignedTo?.name ?? <Absent key="nobody" why={t('nobodyYet')} spelled />],
            [t('policy'), incident.policy?.name ?? <Absent key="policy" why={t('noPolicyMatches')} spelled />],
          ]}
        />
      </div>
    </Section>
  );
}
