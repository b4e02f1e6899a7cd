'use client';

import { INCIDENTS } from '../../../../features/incidents/index.ts';
import { t } from '../../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('incidents')} list={INCIDENTS} />;
}
