'use client';

import { type Delivery, endpoints } from '@loopstart/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Moment } from '../../ui/moment.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure, FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';
import { AttemptList } from './attempt-list.tsx';
import { deliveryStanding, isSettled, messageWord } from './channel-words.ts';
import { deliveryQuery } from './queries.ts';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

/** One delivery: its attempts with their answers, and what was sent. */
export function DeliveryDialog({ delivery, onClose }: { delivery: Delivery | null; onClose: () => void }) {
  return delivery === null ? null : <OpenDialog delivery={delivery} onClose={onClose} />;
}

function OpenDialog({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
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
      onClose();
      toast(t('messageSentAgain'), t('keepsWebhookIdReceiver'));
    },
  });
  return (
    <Dialog
      wide
      open
      onOpenChange={onClose}
      title={messageWord(delivery.type)}
      description={delivery.incident === null ? undefined : `#${delivery.incident.number} ${delivery.incident.title}`}
      footer={
        <>
          <Button onClick={onClose}>{common('close')}</Button>
          <Button
            disabledReason={refusal}
            pending={replay.isPending}
            onClick={() => replay.mutate()}
            icon={<RotateCcw aria-hidden="true" className="size-4" />}
          >
            {t('resend')}
          </Button>
        </>
      }
    >
      {replay.error !== null && <FailureNote told={tell(replay.error)} />}
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
        <div className="flex flex-col gap-4">
          <Facts
            items={[
              [
                common('state'),
                <SeverityLabel key="state" severity={deliveryStanding(data).severity}>
                  {deliveryStanding(data).word}
                </SeverityLabel>,
              ],
              [t('created'), <Moment key="made" at={data.createdAt} siteZone={null} seconds />],
              [
                'webhook-id',
                <code key="id" className="font-mono text-sm select-all">
                  {data.webhookId}
                </code>,
              ],
              [t('recipient'), data.recipient ?? t('addressChannel')],
            ]}
          />
          <section aria-label={t('attempts')} className="flex flex-col gap-2">
            <h3 className="font-semibold">{t('attempts')}</h3>
            <AttemptList attempts={data.attemptList} />
          </section>
          <Payload payload={data.payload} />
        </div>
      )}
    </Dialog>
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
