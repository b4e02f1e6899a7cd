'use client';

import { DetailPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/single-sign-on.ts';

export default function LoadingPage() {
  return <DetailPageSkeleton what={t('loading')} />;
}
