'use client';

import { AGENT_COLUMNS } from '../../../../features/agents/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/shell.ts';

export default function LoadingPage() {
  return <ListPageSkeleton what={t('agents')} columns={AGENT_COLUMNS} filters={1} />;
}
