'use client';

import { HELD_COLUMNS } from '../../../../features/alerts/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/shell.ts';

export default function LoadingPage() {
  return <ListPageSkeleton what={t('suppressedAlerts')} columns={HELD_COLUMNS} />;
}
