import type { Metadata } from 'next';
import { allHeldAlertsQuery } from '../../../../features/alerts/index.ts';
import { IncidentFilters, IncidentsPage, incidentsQuery } from '../../../../features/incidents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../../lib/url/filters.ts';

export const metadata: Metadata = { title: 'Incidents' };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const filters = parseFilters(IncidentFilters, await searchParams);
  return (
    <Prefetch also={[incidentsQuery(filters), allHeldAlertsQuery()]}>
      <IncidentsPage />
    </Prefetch>
  );
}
