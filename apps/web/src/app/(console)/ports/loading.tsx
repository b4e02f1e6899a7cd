'use client';

import { PORT_COLUMNS } from '../../../features/port-search/index.ts';
import { ListPageSkeleton } from '../../../ui/page-skeleton.tsx';
import { t } from '../../../messages/shell.ts';

export default function LoadingPage() {
  return <ListPageSkeleton what={t('ports')} columns={PORT_COLUMNS} filters={4} />;
}
