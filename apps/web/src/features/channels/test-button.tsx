'use client';

import { type Channel, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { AttemptList } from './attempt-list.tsx';
import { deliveryStanding, isSettled } from './channel-words.ts';
import { deliveryQuery } from './queries.ts';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

const LOOK_MS = 700;

/** Sends a test message and shows what came back. */
export function TestButton({ channel }: { channel: Channel }) {
  const role = useRefusal('channels.test');
  const [open, setOpen] = useState(false);
  const send = useMutation({
    mutationFn: () => call(endpoints.testChannel, { params: { channelId: channel.id } }),
  });
  const off = channel.state === 'disabled' ? t('channelTurnedOff') : null;
  return (
    <>
      <Button
        look="primary"
        disabledReason={role ?? off}
        onClick={() => {
          setOpen(true);
          send.mutate();
        }}
        icon={<Send aria-hidden="true" className="size-4" />}
      >
        {t('sendATest')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('testOf', { name: channel.name })}
        description={t('sendsTestMessage', { target: channel.target })}
        footer={<Button onClick={() => setOpen(false)}>{common('close')}</Button>}
      >
        {send.error !== null && <FailureNote told={tell(send.error)} />}
        {send.isPending && <p role="status">{t('sending')}</p>}
        {send.data !== undefined && <Answer deliveryId={send.data.id} />}
      </Dialog>
    </>
  );
}

function Answer({ deliveryId }: { deliveryId: string }) {
  const client = useQueryClient();
  const { data, error } = useQuery({
    ...deliveryQuery(deliveryId),
    refetchInterval: ({ state }) => (state.data !== undefined && isSettled(state.data) ? false : LOOK_MS),
  });
  const settled = data !== undefined && isSettled(data);
  useEffect(() => {
    if (!settled) return;
    void client.invalidateQueries({ queryKey: ['listDeliveries'] });
    void client.invalidateQueries({ queryKey: ['getChannel'] });
  }, [client, settled]);
  if (error !== null) return <FailureNote told={tell(error)} />;
  if (data === undefined || !settled) return <p role="status">{t('sending')}</p>;
  const { severity, word } = deliveryStanding(data);
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-lg">
        <SeverityLabel severity={severity}>{word}</SeverityLabel>
      </p>
      <AttemptList attempts={data.attemptList} />
    </div>
  );
}
