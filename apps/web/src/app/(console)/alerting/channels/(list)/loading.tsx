'use client';

import { CHANNEL_COLUMNS } from '../../../../../features/channels/index.ts';
import { ListPageSkeleton } from '../../../../../ui/page-skeleton.tsx';
import { t } from '../../../../../messages/shell.ts';

export default function LoadingPage() {
  return <ListPageSkeleton what={t('channels')} columns={CHANNEL_COLUMNS} filters={2} />;
}
