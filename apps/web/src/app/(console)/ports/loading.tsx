'use client';

import { PORT_COLUMNS } from '../../../features/port-search/index.ts';
import { ListPageSkeleton } from '../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <ListPageSkeleton what="ports" columns={PORT_COLUMNS} filters={4} />;
}
