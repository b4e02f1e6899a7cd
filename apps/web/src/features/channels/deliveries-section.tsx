'use client';

import { type Channel, type Delivery, DELIVERY_STATES } from '@loopstart/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History, RotateCcw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useNow } from '../../lib/clock/now.tsx';
import { useFilters } from '../../lib/url/use-filters.ts';
import { Button } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useRefusal } from '../session/index.ts';
import { DELIVERY_WORDS } from './channel-words.ts';
import { deliveryColumns } from './delivery-columns.tsx';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { DeliveryFilters } from './filters.schema.ts';
import { CHANNEL_POLL_MS, deliveriesQuery } from './queries.ts';
import { ReplayDialog } from './replay-dialog.tsx';
import { spanStart } from './span.ts';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

const STATES = DELIVERY_STATES.map((state) => [state, DELIVERY_WORDS[state].toLowerCase()] as const);
const SPANS = [
  ['1h', t('lastHour')],
  ['24h', t('last24Hours')],
  ['7d', t('last7Days')],
] as const;

/** What was sent through a channel, and sending it again. */
export function DeliveriesSection({ channel }: { channel: Channel }) {
  const { filters, set } = useFilters(DeliveryFilters);
  const from = spanStart(filters.within, useNow(60_000));
  const list = useInfiniteQuery({
    ...deliveriesQuery(channel.id, filters.state, from),
    refetchInterval: CHANNEL_POLL_MS,
    placeholderData: (old) => old,
  });
  const refusal = useRefusal('deliveries.replay');
  const [shown, setShown] = useState<Delivery | null>(null);
  const [replaying, setReplaying] = useState(false);
  const columns = useMemo(() => deliveryColumns(setShown, channel.retryAt), [channel.retryAt]);
  const filtered = filters.state !== undefined || filters.within !== undefined;
  return (
    <Section
      title={t('deliveryLog')}
      note={t('newestFirst')}
      flush
      actions={
        <Button
          size="sm"
          disabledReason={refusal}
          onClick={() => setReplaying(true)}
          icon={<RotateCcw aria-hidden="true" className="size-3.5" />}
        >
          {t('resendSeveral')}
        </Button>
      }
    >
      <div className="border-b border-line px-4 py-2">
        <Toolbar label={t('filterTheLog')}>
          <FilterChoice
            label={common('state')}
            value={filters.state}
            options={STATES}
            onChange={(state) => set({ state })}
          />
          <FilterChoice
            label={t('period')}
            value={filters.within}
            options={SPANS}
            onChange={(within) => set({ within })}
            unset={t('anyTime')}
          />
        </Toolbar>
      </div>
      <ListTable
        list={list}
        what={t('deliveries')}
        caption={t('messagesSentThrough', { name: channel.name })}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          filtered ? (
            <Empty
              title={t('noDeliveriesMatchFilters')}
              action={
                <Button onClick={() => set({ state: undefined, within: undefined })}>{common('clearFilters')}</Button>
              }
            />
          ) : (
            <Empty icon={<History />} title={t('noDeliveriesYet')}>
              {t('sendTestMessageCheck')}
            </Empty>
          )
        }
      />
      <DeliveryDialog delivery={shown} onClose={() => setShown(null)} />
      <ReplayDialog channel={channel} open={replaying} onOpenChange={setReplaying} />
    </Section>
  );
}
