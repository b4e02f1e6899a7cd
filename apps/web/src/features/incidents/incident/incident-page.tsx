'use client';

import type { Incident } from '@loopstart/contracts';
import { useQuery } from '@tanstack/react-query';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { Absent } from '../../../ui/absent.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { FailurePage } from '../../../ui/failure-page.tsx';
import { Moment, Since } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { DetailPageSkeleton } from '../../../ui/page-skeleton.tsx';
import { Section } from '../../../ui/section.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { IncidentState, PlaceTrail } from '../../alerts/index.ts';
import { RunbookPanel } from '../../runbooks/index.ts';
import { incidentQueryOf } from '../queries.ts';
import { BehindSection } from './behind-section.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentBanners } from './incident-banners.tsx';
import { isUnderWay } from './timeline-items.ts';
import { TimelineSection } from './timeline-section.tsx';
import { TopologySection } from './topology-section.tsx';

const WATCH_MS = 5000;
const CRUMBS = [{ href: '/incidents', label: 'Incidents' }];

/** One incident: what to do first, why we think so, where the cause sits, what was done. */
export function IncidentPage({ incidentId }: { incidentId: string }) {
  const { data, error, refetch } = useQuery({
    ...incidentQueryOf(incidentId),
    // Whether a message arrived is no news of the incident itself, so it is asked for.
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? WATCH_MS : false),
  });
  if (data === undefined) {
    return error === null ? (
      <DetailPageSkeleton what="the incident" />
    ) : (
      <FailurePage title="Incident" error={error} retry={refetch} />
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
            {over ? `Over, was ${SEVERITY_WORDS[data.severity].toLowerCase()}` : SEVERITY_WORDS[data.severity]}
          </SeverityLabel>
        }
        description={
          <>
            <span className="text-ink-3">#{data.number} · </span>
            <PlaceTrail place={data.place} />
          </>
        }
        actions={<IncidentActions incident={data} />}
      />
      <IncidentBanners incident={data} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Section title={over ? 'What it meant' : 'What to do first'}>
            <div className="flex flex-col gap-1.5">
              {!over && <p className="text-lg font-medium">{data.firstStep}</p>}
              <p className="text-ink-2">{data.means}</p>
            </div>
          </Section>
          <BehindSection incident={data} />
          <LineRunbook incident={data} />
          <EvidenceSection incident={data} />
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

function HowItStands({ incident }: { incident: Incident }) {
  const zone = incident.place.site?.timeZone ?? null;
  return (
    <Section title="How it stands">
      <div className="flex flex-col gap-3">
        <IncidentState incident={incident} />
        <Facts
          columns={1}
          items={[
            [
              'Since',
              <span key="since">
                <Moment at={incident.since} siteZone={zone} seconds />
                {incident.state === 'open' && (
                  <>
                    , for <Since at={incident.since} />
                  </>
                )}
              </span>,
            ],
            ['Raised', <Moment key="announced" at={incident.announcedAt} siteZone={zone} seconds />],
            ['Looked after by', incident.assignedTo?.name ?? <Absent key="nobody" why="nobody yet" spelled />],
            ['Policy', incident.policy?.name ?? <Absent key="policy" why="no policy takes it" spelled />],
          ]}
        />
      </div>
    </Section>
  );
}
