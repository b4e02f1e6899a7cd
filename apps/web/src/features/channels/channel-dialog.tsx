'use client';

import { type Channel, CHANNEL_KINDS, ChannelInput, type ChannelKind, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { channelsQuery } from '../matching/index.ts';
import { ChannelFields } from './channel-fields.tsx';
import { checkMoved, checkNew, draftOf, headersFault, inputOf, newDraft } from './channel-form.ts';
import { KIND_MEANINGS, KIND_WORDS } from './channel-words.ts';
import { SecretView } from './secret-view.tsx';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Edited; without it a new channel is made. */
  channel?: Channel;
}

/** Adds or changes a channel. Mounted only while open, so that it begins with what is true now. */
export function ChannelDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

interface Made {
  channel: Channel;
  signingSecret: string | null;
}

function OpenDialog({ open, onOpenChange, channel }: Props) {
  const id = useId();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState(() => (channel === undefined ? newDraft('webhook') : draftOf(channel)));
  const [made, setMade] = useState<Made | null>(null);
  const leave = () => {
    onOpenChange(false);
    if (made !== null) router.push(`/alerting/channels/${made.channel.id}`);
  };
  const alsoAllowed = useQuery(channelsQuery()).data?.alsoAllowed ?? [];
  const form = useSubmit(
    ChannelInput,
    async (body) => {
      if (channel === undefined) {
        const answer = await call(endpoints.createChannel, { body });
        await client.invalidateQueries();
        if (body.kind === 'webhook') return setMade(answer);
        onOpenChange(false);
        router.push(`/alerting/channels/${answer.channel.id}`);
        return toast(t('wasAdded', { name: answer.channel.name }), t('sendTestMessageCheck'));
      }
      const saved = await call(endpoints.updateChannel, { params: { channelId: channel.id }, body });
      await client.invalidateQueries();
      onOpenChange(false);
      toast(t('wasChanged', { name: saved.name }));
    },
    (input) => ({
      ...(channel === undefined ? checkNew(input) : checkMoved(channel, input)),
      ...(headersFault(draft.headers) === null ? {} : { headers: t('headerLine') }),
    }),
  );
  if (made !== null) {
    return (
      <Dialog
        alert
        open={open}
        onOpenChange={leave}
        title={t('wasAdded2', { name: made.channel.name })}
        footer={
          <Button look="primary" onClick={leave}>
            {t('iStored')}
          </Button>
        }
      >
        <SecretView answer={made} />
      </Dialog>
    );
  }
  return (
    <Dialog
      wide={draft.kind === 'webhook' || draft.kind === 'ticket'}
      open={open}
      onOpenChange={onOpenChange}
      title={channel === undefined ? t('addAChannel') : t('change', { name: channel.name })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {channel === undefined ? t('addChannel') : common('save')}
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
          void form.submit(inputOf(draft));
        }}
      >
        {channel === undefined && (
          <ChoiceField
            label={t('kind')}
            name="kind"
            value={draft.kind}
            onChange={(event) => {
              form.reset();
              setDraft({ ...newDraft(event.target.value as ChannelKind), name: draft.name });
            }}
            hint={KIND_MEANINGS[draft.kind]}
          >
            {CHANNEL_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {KIND_WORDS[kind]}
              </option>
            ))}
          </ChoiceField>
        )}
        <TextField
          label={common('name')}
          name="name"
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          error={form.errors.name}
          maxLength={120}
        />
        <ChannelFields
          draft={draft}
          alsoAllowed={alsoAllowed}
          stored={channel !== undefined}
          errors={form.errors}
          onChange={(part) => setDraft((old) => ({ ...old, ...part }))}
        />
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
