'use client';

import { useQuery } from '@tanstack/react-query';
import { Pencil, Power, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { count } from '../../lib/format/number.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { DetailPageSkeleton } from '../../ui/page-skeleton.tsx';
import { Section } from '../../ui/section.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { channelsQuery, matchWords, useNames } from '../matching/index.ts';
import { useRoleRefusal } from '../session/index.ts';
import { ChannelDialog } from './channel-dialog.tsx';
import { hasFilters } from './channel-form.ts';
import { ChannelState, LastDelivered } from './channel-state.tsx';
import { KIND_WORDS } from './channel-words.ts';
import { DeleteChannelDialog } from './delete-dialog.tsx';
import { DeliveriesSection } from './deliveries-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { CHANNEL_POLL_MS, channelQuery } from './queries.ts';
import { SwitchDialog } from './switch-dialog.tsx';
import { TestButton } from './test-button.tsx';

const CRUMBS = [{ href: '/alerting/channels', label: 'Channels' }];

export function ChannelPage({ channelId }: { channelId: string }) {
  const { data: channel, error, refetch } = useQuery({ ...channelQuery(channelId), refetchInterval: CHANNEL_POLL_MS });
  const others = useQuery(channelsQuery()).data?.items ?? [];
  const names = useNames(channel === undefined ? [] : [channel.filters]);
  const refusal = useRoleRefusal('admin');
  const [open, setOpen] = useState<'edit' | 'switch' | 'delete' | null>(null);
  if (channel === undefined) {
    return error === null ? <DetailPageSkeleton what="the channel" /> : <Failure error={error} retry={refetch} />;
  }
  const off = channel.state === 'disabled';
  const fallback = others.find((one) => one.id === channel.fallbackChannelId);
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={channel.name}
        state={<ChannelState channel={channel} />}
        description={`${KIND_WORDS[channel.kind]}, ${channel.target}`}
        actions={
          <>
            <TestButton channel={channel} />
            <Button
              disabledReason={refusal}
              onClick={() => setOpen('switch')}
              icon={<Power aria-hidden="true" className="size-4" />}
            >
              {off ? 'Switch on' : 'Switch off'}
            </Button>
            <Button
              disabledReason={refusal}
              onClick={() => setOpen('edit')}
              icon={<Pencil aria-hidden="true" className="size-4" />}
            >
              Edit
            </Button>
            <Button
              look="danger"
              disabledReason={refusal}
              onClick={() => setOpen('delete')}
              icon={<Trash2 aria-hidden="true" className="size-4" />}
            >
              Remove
            </Button>
          </>
        }
      />
      {channel.state === 'circuit-open' && (
        <Banner tone="major" title="Paused: it failed again and again">
          Nothing is sent until the next try above. What waits is kept and sent then, in order.
        </Banner>
      )}
      {off && (
        <Banner tone="unknown" title="Nothing is sent through this channel">
          {channel.disabledReason ?? 'It is switched off.'} Policies that name it are shown in red where they reach
          nobody else.
        </Banner>
      )}
      <Section title="About it">
        <Facts
          columns={3}
          items={[
            ['Last delivered', <LastDelivered key="last" channel={channel} />],
            ['Delivered in 24 h', count(channel.deliveredLastDay)],
            ['Failed in 24 h', count(channel.failedLastDay)],
            ['Waiting', count(channel.waiting)],
            ['If it fails for long', fallback === undefined ? 'Every other channel tells' : `${fallback.name} tells`],
            [
              'Hears of',
              hasFilters(channel.kind)
                ? names === undefined
                  ? '…'
                  : matchWords(channel.filters, names)
                : 'What policies send it',
            ],
          ]}
        />
      </Section>
      {channel.kind === 'webhook' && <KeysSection channel={channel} />}
      <DeliveriesSection channel={channel} />
      <ChannelDialog channel={channel} open={open === 'edit'} onOpenChange={close} />
      <SwitchDialog channel={channel} others={others} open={open === 'switch'} onOpenChange={close} />
      <DeleteChannelDialog channel={channel} open={open === 'delete'} onOpenChange={close} />
    </>
  );
}
