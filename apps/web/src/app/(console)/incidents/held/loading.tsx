'use client';

import { HELD_COLUMNS } from '../../../../features/alerts/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <ListPageSkeleton what="alerts that are held back" columns={HELD_COLUMNS} />;
}
