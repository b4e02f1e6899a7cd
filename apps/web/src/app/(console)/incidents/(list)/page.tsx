import type { Metadata } from 'next';
import { allHeldAlertsQuery } from '../../../../features/alerts/index.ts';
import { IncidentFilters, IncidentsPage, incidentsQuery } from '../../../../features/incidents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../../lib/url/filters.ts';
import { t as common } from '../../../../messages/common.ts';

export const metadata: Metadata = { title: common('incidents') };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const filters = parseFilters(IncidentFilters, await searchParams);
  return (
    <Prefetch also={[incidentsQuery(filters), allHeldAlertsQuery()]}>
      <IncidentsPage />
    </Prefetch>
  );
}
