import type { Metadata } from 'next';
import { customerIncidentsQuery } from '../../../../features/alerts/index.ts';
import { CustomerPage } from '../../../../features/customers/index.ts';
import { sitesQuery } from '../../../../features/sites/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('customer') };

export default async function Page({ params }: { params: Promise<{ customerId: string }> }) {
  const { customerId } = await params;
  return (
    <Prefetch also={[sitesQuery({ customerId }), customerIncidentsQuery(customerId)]}>
      <CustomerPage customerId={customerId} />
    </Prefetch>
  );
}
