'use client';

import { SILENCES } from '../../../../features/maintenance/index.ts';
import { t } from '../../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('silences2')} list={SILENCES} />;
}
