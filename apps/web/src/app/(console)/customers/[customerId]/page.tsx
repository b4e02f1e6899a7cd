import type { Metadata } from 'next';
import { customerIncidentsQuery } from '../../../../features/alerts/index.ts';
import { CustomerPage } from '../../../../features/customers/index.ts';
import { sitesOfCustomer } from '../../../../features/sites/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { firstPage } from '../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../ui/grid/model.ts';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('customer') };

export default async function Page(props: {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<Parameters>;
}) {
  const { customerId } = await props.params;
  const sites = firstPage(sitesOfCustomer(customerId), await props.searchParams);
  return (
    <Prefetch also={[sites, customerIncidentsQuery(customerId)]}>
      <CustomerPage customerId={customerId} />
    </Prefetch>
  );
}
