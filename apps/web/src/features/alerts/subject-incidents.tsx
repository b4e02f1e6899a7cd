'use client';

import type { IncidentSummary } from '@loopstart/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { placeSteps } from '../../lib/words/incident.ts';
import { SEVERITY_WORDS } from '../../lib/words/port.ts';
import { Banner } from '../../ui/banner.tsx';
import { Since } from '../../ui/moment.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { concerns, type Subject } from './covers.ts';
import { IncidentState } from './incident-state.tsx';
import { customerIncidentsQuery, heldAlertsQuery, siteIncidentsQuery } from './queries.ts';
import { t } from '../../messages/alerts.ts';

/** As many as fit above what the page is about; the inbox has the rest. */
const SHOWN = 3;

/** Incidents that are not over and concern what a page is about. */
export function useSubjectIncidents(siteId: string, subject: Subject): IncidentSummary[] {
  const list = useInfiniteQuery(siteIncidentsQuery(siteId));
  return (list.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => concerns(one, subject));
}

/** Incidents that are not over and concern what a page is about, with the way to each. Nothing where there is none. */
export function SubjectIncidents({ siteId, ...subject }: { siteId: string } & Subject) {
  const incidents = useSubjectIncidents(siteId, subject);
  const { gatewayId, position } = subject;
  const where = new URLSearchParams(
    gatewayId === undefined
      ? { siteId }
      : { gatewayId, ...(position === undefined ? {} : { position: `${position}` }) },
  );
  return (
    <>
      <IncidentBanner incidents={incidents} total={incidents.length} more={`/incidents?${where}`} />
      {gatewayId !== undefined && incidents.length === 0 && (
        <ExplainedElsewhere gatewayId={gatewayId} {...(position === undefined ? {} : { position })} />
      )}
    </>
  );
}

/** Incidents that are not over at any site of a customer, with the way to each. */
export function CustomerIncidents({ customerId }: { customerId: string }) {
  const page = useInfiniteQuery(customerIncidentsQuery(customerId)).data?.pages[0];
  if (page === undefined) return null;
  return <IncidentBanner incidents={page.items} total={page.total} more={`/incidents?customerId=${customerId}`} />;
}

/** What is wrong here is part of something bigger, such as a SIP server that many sites lost. */
function ExplainedElsewhere(scope: { gatewayId: string; position?: number }) {
  const list = useInfiniteQuery(heldAlertsQuery(scope));
  const alerts = list.data?.pages.flatMap((page) => page.items) ?? [];
  const explained = alerts.find((alert) => alert.hold?.reason === 'suppressed' && alert.incidentId !== null);
  if (explained === undefined || explained.hold?.by === null) return null;
  return (
    <Banner tone="info" title={t('partLargerOutage')}>
      {t.rich('explainedBy', {
        title: explained.title,
        cause: explained.hold?.by.title ?? '',
        link: <Link href={`/incidents/${explained.incidentId}`} className="underline underline-offset-2" />,
      })}
    </Banner>
  );
}

/** The most urgent incidents, each with its link, in a banner of the colour of the worst. */
function IncidentBanner(props: { incidents: readonly IncidentSummary[]; total: number; more: string }) {
  const { incidents, total } = props;
  const worst = incidents[0];
  if (worst === undefined) return null;
  const unattended = incidents.some((incident) => incident.attention === 'open');
  return (
    <Banner
      tone={unattended ? worst.severity : 'unknown'}
      title={t('incidentsHere', { total, unattendedIs: unattended ? 'yes' : 'no' })}
    >
      <ul className="mt-0.5 flex flex-col">
        {incidents.slice(0, SHOWN).map((incident) => (
          <li key={incident.id} className="flex flex-wrap items-center gap-x-2">
            <SeverityMark severity={incident.severity} className="size-3.5" />
            <span className="sr-only">{SEVERITY_WORDS[incident.severity]}: </span>
            <Link
              href={`/incidents/${incident.id}`}
              className="inline-flex min-h-6 items-center font-medium text-ink underline underline-offset-2"
            >
              {incident.title}
            </Link>
            <span>{nearest(incident)}</span>
            <span>{t.rich('for', { since: <Since at={incident.since} /> })}</span>
            <IncidentState incident={incident} brief />
          </li>
        ))}
      </ul>
      {total > SHOWN && (
        <Link href={props.more} className="inline-flex min-h-6 items-center underline underline-offset-2">
          {t('allIncident', { total })}
        </Link>
      )}
    </Banner>
  );
}

/** Where it is, as near as it is known. */
function nearest({ place }: IncidentSummary): ReactNode {
  const steps = placeSteps(place);
  return steps.at(-1)?.label ?? t('severalSites2');
}
