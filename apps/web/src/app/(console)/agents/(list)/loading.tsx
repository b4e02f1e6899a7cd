'use client';

import { AGENT_COLUMNS } from '../../../../features/agents/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <ListPageSkeleton what="agents" columns={AGENT_COLUMNS} filters={1} />;
}
