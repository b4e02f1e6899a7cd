'use client';

import { CUSTOMERS } from '../../../../features/customers/index.ts';
import { t } from '../../../../messages/shell.ts';
import { GridPageSkeleton } from '../../../../ui/grid/grid-skeleton.tsx';

export default function LoadingPage() {
  return <GridPageSkeleton what={t('customers')} list={CUSTOMERS} />;
}
