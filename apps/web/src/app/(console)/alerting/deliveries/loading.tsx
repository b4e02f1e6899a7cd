'use client';

import { DELIVERIES } from '../../../../features/channels/index.ts';
import { t } from '../../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('deliveryLog')} list={DELIVERIES} />;
}
