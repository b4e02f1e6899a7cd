import type { Metadata } from 'next';
import { IncidentPage } from '../../../../features/incidents/index.ts';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('incident') };

export default async function Page({ params }: { params: Promise<{ incidentId: string }> }) {
  return <IncidentPage incidentId={(await params).incidentId} />;
}
