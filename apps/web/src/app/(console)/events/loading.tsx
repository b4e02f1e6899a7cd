'use client';

import { EVENT_COLUMNS } from '../../../features/events/index.ts';
import { ListPageSkeleton } from '../../../ui/page-skeleton.tsx';
import { t } from '../../../messages/shell.ts';

export default function LoadingPage() {
  return <ListPageSkeleton what={t('events')} columns={EVENT_COLUMNS.fleet} filters={3} />;
}
