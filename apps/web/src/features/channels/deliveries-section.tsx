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
import { useRoleRefusal } from '../session/index.ts';
import { DELIVERY_WORDS } from './channel-words.ts';
import { deliveryColumns } from './delivery-columns.tsx';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { DeliveryFilters } from './filters.schema.ts';
import { CHANNEL_POLL_MS, deliveriesQuery } from './queries.ts';
import { ReplayDialog } from './replay-dialog.tsx';
import { spanStart } from './span.ts';

const STATES = DELIVERY_STATES.map((state) => [state, DELIVERY_WORDS[state].toLowerCase()] as const);
const SPANS = [
  ['1h', 'the last hour'],
  ['24h', 'the last 24 hours'],
  ['7d', 'the last 7 days'],
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
  const refusal = useRoleRefusal('technician');
  const [shown, setShown] = useState<Delivery | null>(null);
  const [replaying, setReplaying] = useState(false);
  const columns = useMemo(() => deliveryColumns(setShown, channel.retryAt), [channel.retryAt]);
  const filtered = filters.state !== undefined || filters.within !== undefined;
  return (
    <Section
      title="Delivery log"
      note="Newest first"
      flush
      actions={
        <Button
          size="sm"
          disabledReason={refusal}
          onClick={() => setReplaying(true)}
          icon={<RotateCcw aria-hidden="true" className="size-3.5" />}
        >
          Send several again
        </Button>
      }
    >
      <div className="border-b border-line px-4 py-2">
        <Toolbar label="Narrow the log">
          <FilterChoice label="State" value={filters.state} options={STATES} onChange={(state) => set({ state })} />
          <FilterChoice
            label="Within"
            value={filters.within}
            options={SPANS}
            onChange={(within) => set({ within })}
            unset="any time"
          />
        </Toolbar>
      </div>
      <ListTable
        list={list}
        what="deliveries"
        caption={`What was sent through ${channel.name}`}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          filtered ? (
            <Empty
              title="Nothing in the log matches"
              action={<Button onClick={() => set({ state: undefined, within: undefined })}>Clear the filters</Button>}
            />
          ) : (
            <Empty icon={<History />} title="Nothing was sent yet">
              Send a test message to see whether it arrives.
            </Empty>
          )
        }
      />
      <DeliveryDialog delivery={shown} onClose={() => setShown(null)} />
      <ReplayDialog channel={channel} open={replaying} onOpenChange={setReplaying} />
    </Section>
  );
}
