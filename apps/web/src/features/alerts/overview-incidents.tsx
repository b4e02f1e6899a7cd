'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { countsWords } from '../../lib/words/incident.ts';
import { MonitoringBanner } from './monitoring-banner.tsx';
import { topIncidentsQuery } from './queries.ts';
import { ReachesNobodyBanner } from './reaches-nobody-banner.tsx';
import { IncidentBanner } from './subject-incidents.tsx';
import { useIncidentCounts } from './use-counts.ts';

/** On the first page: whether monitoring works, what reaches nobody, and the most urgent incidents nobody looks after. */
export function OverviewIncidents() {
  const counts = useIncidentCounts();
  const top = useInfiniteQuery(topIncidentsQuery());
  const page = top.data?.pages[0];
  return (
    <>
      <MonitoringBanner />
      <ReachesNobodyBanner />
      {counts !== undefined && page !== undefined && (
        <IncidentBanner
          incidents={page.items}
          total={page.total}
          more="/incidents"
          title={`Incidents, ${countsWords(counts)}`}
        />
      )}
    </>
  );
}
