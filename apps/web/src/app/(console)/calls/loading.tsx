'use client';

import { CALLS } from '../../../features/calls/index.ts';
import { t } from '../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('calls')} list={CALLS} />;
}
