'use client';

import { EVENTS } from '../../../features/events/index.ts';
import { t } from '../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('events')} list={EVENTS} />;
}
