import type { Metadata } from 'next';
import { CUSTOMERS, CustomersPage } from '../../../../features/customers/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t as common } from '../../../../messages/common.ts';
import { firstPage } from '../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../ui/grid/model.ts';

export const metadata: Metadata = { title: common('customers') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  return (
    <Prefetch also={[firstPage(CUSTOMERS, await searchParams)]}>
      <CustomersPage />
    </Prefetch>
  );
}
