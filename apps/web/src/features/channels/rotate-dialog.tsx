'use client';

import { type Channel, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { SecretView } from './secret-view.tsx';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

interface Props {
  channel: Channel;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A new signing key beside the old ones, which sign too until the overlap is over. */
export function RotateDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

const OVERLAPS = [
  ['0', t('replaceAtOnce')],
  ['1', t('overlapHours', { n: 1 })],
  ['24', t('overlapDays', { n: 1 })],
  ['168', t('overlapWeeks', { n: 1 })],
  ['720', t('overlapDays', { n: 30 })],
] as const;

function OpenDialog({ channel, open, onOpenChange }: Props) {
  const id = useId();
  const client = useQueryClient();
  const [made, setMade] = useState<{ channel: Channel; signingSecret: string | null } | null>(null);
  const form = useSubmit(endpoints.rotateChannelKey.body, async (body) => {
    setMade(await call(endpoints.rotateChannelKey, { params: { channelId: channel.id }, body }));
    await client.invalidateQueries();
  });
  return (
    <Dialog
      alert={made !== null}
      open={open}
      onOpenChange={onOpenChange}
      title={made === null ? t('rotateSigningKey') : t('newKey')}
      footer={
        made === null ? (
          <>
            <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
            <Button look="primary" type="submit" form={id} pending={form.pending}>
              {t('createNewKey')}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={() => onOpenChange(false)}>
            {t('iStored')}
          </Button>
        )
      }
    >
      {made !== null ? (
        <SecretView answer={made} />
      ) : (
        <form
          id={id}
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const { algorithm, overlapHours } = Object.fromEntries(new FormData(event.currentTarget));
            void form.submit({ algorithm, overlapHours: Number(overlapHours) });
          }}
        >
          <ChoiceField
            label={t('signature')}
            name="algorithm"
            defaultValue={channel.keys.at(-1)?.algorithm ?? 'v1'}
            error={form.errors.algorithm}
          >
            <option value="v1">{t('v1SharedSecretHmac')}</option>
            <option value="v1a">{t('v1aPublicKeyEd25519')}</option>
          </ChoiceField>
          <ChoiceField
            label={t('keepOldKeys')}
            name="overlapHours"
            defaultValue="24"
            error={form.errors.overlapHours}
            hint={t('thenEachMessageCarries')}
          >
            {OVERLAPS.map(([hours, words]) => (
              <option key={hours} value={hours}>
                {words}
              </option>
            ))}
          </ChoiceField>
          {form.failure !== null && <FailureNote told={form.failure} />}
        </form>
      )}
    </Dialog>
  );
}
