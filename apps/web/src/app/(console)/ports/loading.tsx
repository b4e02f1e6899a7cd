'use client';

import { LINE_COLUMNS } from '../../../features/port-search/index.ts';
import { t } from '../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('ports')} columns={LINE_COLUMNS} filters={8} />;
}
