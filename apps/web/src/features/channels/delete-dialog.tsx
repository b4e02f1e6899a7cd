'use client';

import { type Channel, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { call } from '../../lib/api/browser.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { t } from '../../messages/channels.ts';

export function DeleteChannelDialog(props: { channel: Channel; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { channel } = props;
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => call(endpoints.deleteChannel, { params: { channelId: channel.id } }),
    onSuccess: async () => {
      router.push('/alerting/channels');
      toast(t('wasDeleted', { name: channel.name }));
      await client.invalidateQueries({ queryKey: ['listChannels'] });
    },
  });
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('delete2', { name: channel.name })}
      yes={t('deleteChannelLog')}
      no={t('keepTheChannel')}
      mutation={remove}
    >
      <p>{t('deliveryLogWaitingMessages')}</p>
    </ConfirmDialog>
  );
}
