'use client';

import { AUDIT } from '../../../../../features/audit/index.ts';
import { t } from '../../../../../messages/audit.ts';
import { GridPageSkeleton } from '../../../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('entries')} list={AUDIT} />;
}
