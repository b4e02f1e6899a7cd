'use client';

import { t } from '../../../../../messages/audit-streams.ts';
import { DetailPageSkeleton } from '../../../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <DetailPageSkeleton what={t('loading')} />;
}
