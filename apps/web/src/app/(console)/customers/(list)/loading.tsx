'use client';

import { CUSTOMER_COLUMNS } from '../../../../features/customers/index.ts';
import { ListPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/shell.ts';

export default function LoadingPage() {
  return <ListPageSkeleton what={t('customers')} columns={CUSTOMER_COLUMNS} filters={0} />;
}
