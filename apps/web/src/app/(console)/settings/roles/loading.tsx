'use client';

import { DetailPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/roles.ts';

export default function LoadingPage() {
  return <DetailPageSkeleton what={t('loading')} />;
}
