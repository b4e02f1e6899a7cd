'use client';

import type { Channel } from '@loopstart/contracts';
import { History, RotateCcw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { t } from '../../messages/channels.ts';
import { Button } from '../../ui/button.tsx';
import { Grid } from '../../ui/grid/grid.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { DeliveryPanel } from './log/delivery-panel.tsx';
import { deliveriesOfChannel } from './log/list.ts';
import { ReplayDialog } from './replay-dialog.tsx';

/** The messages that a channel sent, and sending them again. */
export function DeliveriesSection({ channel }: { channel: Channel }) {
  const list = useMemo(() => deliveriesOfChannel(channel.id), [channel.id]);
  const refusal = useRefusal('deliveries.replay');
  const [replaying, setReplaying] = useState(false);
  return (
    <section aria-labelledby="deliveries" className="flex flex-col gap-2.5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="deliveries" className="font-semibold">
          {t('deliveryLog')}
        </h2>
        <Button
          size="sm"
          disabledReason={refusal}
          onClick={() => setReplaying(true)}
          icon={<RotateCcw aria-hidden="true" className="size-3.5" />}
        >
          {t('resendSeveral')}
        </Button>
      </div>
      <Grid
        list={list}
        renderPanel={(delivery) => <DeliveryPanel delivery={delivery} retryAt={channel.retryAt} />}
        empty={
          <Empty icon={<History />} title={t('noDeliveriesYet')}>
            {t('sendTestMessageCheck')}
          </Empty>
        }
      />
      <ReplayDialog channel={channel} open={replaying} onOpenChange={setReplaying} />
    </section>
  );
}
