'use client';

import { LINES } from '../../../features/port-search/index.ts';
import { t } from '../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('ports')} list={LINES} />;
}
