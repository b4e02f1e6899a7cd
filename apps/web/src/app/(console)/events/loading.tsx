'use client';

import { EVENT_COLUMNS } from '../../../features/events/index.ts';
import { ListPageSkeleton } from '../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <ListPageSkeleton what="events" columns={EVENT_COLUMNS.fleet} filters={3} />;
}
