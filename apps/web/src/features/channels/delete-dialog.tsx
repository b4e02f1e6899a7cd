'use client';

import { type Channel, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { call } from '../../lib/api/browser.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';

export function DeleteChannelDialog(props: { channel: Channel; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { channel } = props;
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => call(endpoints.deleteChannel, { params: { channelId: channel.id } }),
    onSuccess: async () => {
      router.push('/alerting/channels');
      toast(`${channel.name} was removed.`);
      await client.invalidateQueries({ queryKey: ['listChannels'] });
    },
  });
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`Remove ${channel.name}?`}
      yes="Remove it and its log"
      no="Keep it"
      mutation={remove}
    >
      <p>
        What it delivered and what still waits goes with it. This cannot be undone; to stop it for a while, switch it
        off instead. While a policy uses it, it stays.
      </p>
    </ConfirmDialog>
  );
}
