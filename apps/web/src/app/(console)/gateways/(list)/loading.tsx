'use client';

import { GATEWAY_COLUMNS } from '../../../../features/gateways/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <ListPageSkeleton what="gateways" columns={GATEWAY_COLUMNS} filters={4} />;
}
