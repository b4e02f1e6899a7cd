'use client';

import { History } from 'lucide-react';
import { t } from '../../../messages/channels.ts';
import { Grid } from '../../../ui/grid/grid.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { DeliveryPanel } from './delivery-panel.tsx';
import { DELIVERIES } from './list.ts';

/** The messages of all channels: who was notified of what, and when. */
export function DeliveriesPage() {
  return (
    <>
      <PageHeader title={t('deliveryLog')} description={t('messagesOfAllChannels')} />
      <Grid
        list={DELIVERIES}
        renderPanel={(delivery) => <DeliveryPanel delivery={delivery} retryAt={null} />}
        empty={
          <Empty icon={<History />} title={t('noDeliveriesYet')}>
            {t('messagesAppearHere')}
          </Empty>
        }
      />
    </>
  );
}
