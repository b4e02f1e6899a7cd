'use client';

import { GATEWAYS } from '../../../../features/gateways/index.ts';
import { t } from '../../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('gateways')} list={GATEWAYS} />;
}
