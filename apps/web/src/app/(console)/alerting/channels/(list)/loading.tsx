'use client';

import { CHANNEL_COLUMNS } from '../../../../../features/channels/index.ts';
import { ListPageSkeleton } from '../../../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <ListPageSkeleton what="channels" columns={CHANNEL_COLUMNS} filters={2} />;
}
