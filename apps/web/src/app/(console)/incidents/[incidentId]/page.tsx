import type { Metadata } from 'next';
import { IncidentPage, incidentQueryOf } from '../../../../features/incidents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Incident' };

export default async function Page({ params }: { params: Promise<{ incidentId: string }> }) {
  const { incidentId } = await params;
  return (
    <Prefetch subject={incidentQueryOf(incidentId)}>
      <IncidentPage incidentId={incidentId} />
    </Prefetch>
  );
}
