'use client';

import { GATEWAY_COLUMNS } from '../../../../features/gateways/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/shell.ts';

export default function LoadingPage() {
  return <ListPageSkeleton what={t('gateways')} columns={GATEWAY_COLUMNS} filters={4} />;
}
