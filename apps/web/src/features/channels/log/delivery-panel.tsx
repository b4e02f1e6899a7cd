'use client';

import { type Delivery, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { call } from '../../../lib/api/browser.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { t } from '../../../messages/channels.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure, FailureNote } from '../../../ui/state-panel.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useRefusal } from '../../session/index.ts';
import { AttemptList } from '../attempt-list.tsx';
import { isSettled, nextTry } from '../channel-words.ts';
import { deliveryQuery } from '../queries.ts';
import { DeliveryIncident, DeliveryState } from './columns.tsx';

/** A delivery beside the log: its attempts with their responses, what was sent, and sending it again. */
export function DeliveryPanel({ delivery, retryAt }: { delivery: Delivery; retryAt: string | null }) {
  const client = useQueryClient();
  const toast = useToast();
  const refusal = useRefusal('deliveries.replay');
  const { data, error, refetch } = useQuery({
    ...deliveryQuery(delivery.id),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data !== undefined && isSettled(state.data) ? false : 1000),
  });
  const replay = useMutation({
    mutationFn: () => call(endpoints.replayDelivery, { params: { deliveryId: delivery.id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['listDeliveries'] });
      toast(t('messageSentAgain'), t('keepsWebhookIdReceiver'));
    },
  });
  const shown = data ?? delivery;
  const next = nextTry(shown, retryAt);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <DeliveryState delivery={shown} />
        <Button
          size="sm"
          disabledReason={refusal}
          pending={replay.isPending}
          onClick={() => replay.mutate()}
          icon={<RotateCcw aria-hidden="true" className="size-3.5" />}
        >
          {t('resend')}
        </Button>
      </div>
      {replay.error !== null && <FailureNote told={tell(replay.error)} />}
      <Facts
        items={[
          [t('incidentColumn'), <DeliveryIncident key="incident" delivery={shown} />],
          [t('recipient'), shown.recipient ?? t('addressChannel')],
          [t('created'), <Moment key="made" at={shown.createdAt} siteZone={null} seconds />],
          ...(shown.deliveredAt === null
            ? []
            : [[t('deliveredColumn'), <Moment key="at" at={shown.deliveredAt} siteZone={null} seconds />] as const]),
          ...(next === null
            ? []
            : [[t('nextAttemptAt'), <Moment key="next" at={next} siteZone={null} seconds />] as const]),
          [
            'webhook-id',
            <code key="id" className="font-mono text-sm break-all select-all">
              {shown.webhookId}
            </code>,
          ],
        ]}
      />
      {data === undefined ? (
        error === null ? (
          <Loading what={t('theDelivery')} className="flex flex-col gap-3">
            <Bone className="h-12 w-full" />
            <Bone className="h-24 w-full" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : (
        <>
          <section aria-label={t('attempts')} className="flex flex-col gap-2">
            <h3 className="font-semibold">{t('attempts')}</h3>
            <AttemptList attempts={data.attemptList} />
          </section>
          <Payload payload={data.payload} />
        </>
      )}
    </div>
  );
}

function Payload({ payload }: { payload: Record<string, unknown> }) {
  const text = JSON.stringify(payload, null, 2);
  return (
    <section aria-label={t('payload')} className="overflow-clip rounded-md border border-line">
      <div className="flex items-center justify-between gap-2 border-b border-line py-1.5 pr-2 pl-3">
        <h3 className="font-semibold">{t('payload')}</h3>
        <CopyButton text={text} what={t('payload2')} />
      </div>
      <ScrollBox label={t('payloadAsJson')} className="max-h-80 bg-sunken">
        <pre className="px-3 py-2 font-mono text-xs wrap-anywhere whitespace-pre-wrap">{text}</pre>
      </ScrollBox>
    </section>
  );
}
