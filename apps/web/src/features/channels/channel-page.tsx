'use client';

import { Pencil, Power, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { count } from '../../lib/format/number.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { DetailPageSkeleton } from '../../ui/page-skeleton.tsx';
import { Section } from '../../ui/section.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { AuditLink } from '../audit/index.ts';
import { channelsQuery, matchWords, useNames } from '../matching/index.ts';
import { useRefusal } from '../session/index.ts';
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
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

const CRUMBS = [{ href: '/alerting/channels', label: t('channels') }];

export function ChannelPage({ channelId }: { channelId: string }) {
  const { data: channel, error, refetch } = useQuery({ ...channelQuery(channelId), refetchInterval: CHANNEL_POLL_MS });
  const others = useQuery(channelsQuery()).data?.items ?? [];
  const names = useNames(channel === undefined ? [] : [channel.filters]);
  const refusal = useRefusal('channels.write');
  const deleteRefusal = useRefusal('channels.delete');
  const [open, setOpen] = useState<'edit' | 'switch' | 'delete' | null>(null);
  if (channel === undefined) {
    return error === null ? <DetailPageSkeleton what={t('theChannel')} /> : <Failure error={error} retry={refetch} />;
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
            <AuditLink subjectId={channel.id} />
            <TestButton channel={channel} />
            <Button
              disabledReason={refusal}
              onClick={() => setOpen('switch')}
              icon={<Power aria-hidden="true" className="size-4" />}
            >
              {off ? t('turnOn') : t('turnOff')}
            </Button>
            <Button
              disabledReason={refusal}
              onClick={() => setOpen('edit')}
              icon={<Pencil aria-hidden="true" className="size-4" />}
            >
              {common('edit')}
            </Button>
            <Button
              look="danger"
              disabledReason={deleteRefusal}
              onClick={() => setOpen('delete')}
              icon={<Trash2 aria-hidden="true" className="size-4" />}
            >
              {t('delete')}
            </Button>
          </>
        }
      />
      {channel.state === 'circuit-open' && (
        <Banner tone="major" title={t('pausedAfterRepeatedFailures')}>
          {t('nothingSentNextAttempt')}
        </Banner>
      )}
      {channel.kind === 'opsgenie' && (
        <Banner tone="minor" title={t('opsgenieEnds')}>
          {t('opsgenieFollower')}
        </Banner>
      )}
      {off && (
        <Banner tone="unknown" title={t('channelSendsNothing')}>
          {t('policiesUseOnlyChannel', { disabledReason: channel.disabledReason ?? t('channelTurnedOff') })}
        </Banner>
      )}
      <Section title={t('details')}>
        <Facts
          columns={3}
          items={[
            [t('lastDelivered'), <LastDelivered key="last" channel={channel} />],
            [t('delivered24H'), count(channel.deliveredLastDay)],
            [t('failed24H'), count(channel.failedLastDay)],
            [t('waiting'), count(channel.waiting)],
            [
              t('onLastingFailure'),
              fallback === undefined ? t('allOtherChannelsNotified') : t('isNotified', { name: fallback.name }),
            ],
            [
              common('incidents'),
              hasFilters(channel.kind)
                ? names === undefined
                  ? '…'
                  : matchWords(channel.filters, names)
                : t('incidentsWhosePoliciesUse'),
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
