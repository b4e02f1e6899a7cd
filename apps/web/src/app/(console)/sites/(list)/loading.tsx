'use client';

import { SITES } from '../../../../features/sites/index.ts';
import { t } from '../../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../../ui/grid/grid-skeleton.tsx';
import { Bone } from '../../../../ui/skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('sites')} list={SITES} above={<Bone className="h-66 w-full sm:h-90" />} />;
}
