'use client';

import { CUSTOMER_COLUMNS } from '../../../../features/customers/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <ListPageSkeleton what="customers" columns={CUSTOMER_COLUMNS} filters={0} />;
}
