import type { Metadata } from 'next';
import { DELIVERIES, DeliveriesPage } from '../../../../features/channels/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/shell.ts';
import { firstPage } from '../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../ui/grid/model.ts';

export const metadata: Metadata = { title: t('deliveryLog') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  return (
    <Prefetch also={[firstPage(DELIVERIES, await searchParams)]}>
      <DeliveriesPage />
    </Prefetch>
  );
}
