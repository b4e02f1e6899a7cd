import type { Metadata } from 'next';
import { CustomerFilters, CustomersPage, customersQuery } from '../../../../features/customers/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../../lib/url/filters.ts';
import { t as common } from '../../../../messages/common.ts';

export const metadata: Metadata = { title: common('customers') };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const filters = parseFilters(CustomerFilters, await searchParams);
  return (
    <Prefetch also={[customersQuery(filters.q)]}>
      <CustomersPage />
    </Prefetch>
  );
}
