'use client';

import { INCIDENT_COLUMNS } from '../../../../features/incidents/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <ListPageSkeleton what="incidents" columns={INCIDENT_COLUMNS} filters={5} />;
}
