'use client';

import { type Channel, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { useZone } from '../../lib/preferences/zone.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { checkReplay, type ReplayDraft, replayInput } from './replay-form.ts';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

interface Props {
  channel: Channel;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Sends all that failed, or a range, again. */
export function ReplayDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ channel, open, onOpenChange }: Props) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const zone = useZone(null);
  const [draft, setDraft] = useState<ReplayDraft>({ which: 'failed', from: '', to: '' });
  const form = useSubmit(
    endpoints.replayDeliveries.body,
    async (body) => {
      const { replayed } = await call(endpoints.replayDeliveries, { params: { channelId: channel.id }, body });
      await client.invalidateQueries();
      onOpenChange(false);
      toast(replayed === 0 ? t('noMessagesMatch') : t('messageSentAgain2', { replayed }));
    },
    checkReplay,
  );
  const time = (field: 'from' | 'to', label: string) => (
    <TextField
      label={label}
      name={field}
      type="datetime-local"
      optional={draft.which === 'failed' || field === 'to'}
      value={draft[field]}
      onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
      error={form.errors[field]}
    />
  );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('resendSeveralMessages')}
      description={t('eachMessageKeepsWebhook')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {t('resend')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(replayInput(draft, zone));
        }}
      >
        <ChoiceField
          label={t('messages')}
          name="which"
          value={draft.which}
          onChange={(event) => setDraft({ ...draft, which: event.target.value as ReplayDraft['which'] })}
          error={form.errors.which}
        >
          <option value="failed">{t('allThatFailed')}</option>
          <option value="all">{t('allPeriod')}</option>
        </ChoiceField>
        <div className="grid gap-4 sm:grid-cols-2">
          {time('from', t('from'))}
          {time('to', t('until'))}
        </div>
        <p className="-mt-2 text-xs text-ink-3">{t('timesAreIn', { zone })}</p>
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
