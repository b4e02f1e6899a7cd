'use client';

import { HELD } from '../../../../features/alerts/index.ts';
import { t } from '../../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('suppressedAlerts')} list={HELD} />;
}
