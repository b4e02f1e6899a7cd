'use client';

import { type Channel, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { t } from '../../messages/channels.ts';

interface Props {
  channel: Channel;
  others: readonly Channel[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Switches a channel off, or on again; and says who tells when it fails for long. */
export function SwitchDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ channel, others, open, onOpenChange }: Props) {
  const client = useQueryClient();
  const toast = useToast();
  const [fallback, setFallback] = useState(channel.fallbackChannelId ?? '');
  const enabled = channel.state === 'disabled';
  const change = useMutation({
    mutationFn: () =>
      call(endpoints.setChannelState, {
        params: { channelId: channel.id },
        body: { enabled, fallbackChannelId: fallback === '' ? null : fallback },
      }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onOpenChange(false);
      toast(t('switched', { name: channel.name, enabledIs: enabled ? 'yes' : 'no' }));
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('switchQuestion', { name: channel.name, enabledIs: enabled ? 'yes' : 'no' })}
      yes={enabled ? t('turnOn') : t('turnOff')}
      mutation={change}
    >
      <p>{enabled ? t('channelTriedAgainOnce') : t('nothingSentChannelTurned')}</p>
      {enabled && (
        <ChoiceField
          label={t('lastingFailureNotify')}
          name="fallbackChannelId"
          value={fallback}
          onChange={(event) => setFallback(event.target.value)}
        >
          <option value="">{t('allOtherChannels')}</option>
          {others
            .filter((one) => one.id !== channel.id)
            .map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
        </ChoiceField>
      )}
    </ConfirmDialog>
  );
}
