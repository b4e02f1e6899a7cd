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
  ['0', 'Replace at once'],
  ['1', '1 hour'],
  ['24', '1 day'],
  ['168', '1 week'],
  ['720', '30 days'],
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
      title={made === null ? 'Rotate the signing key' : 'The new key'}
      footer={
        made === null ? (
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button look="primary" type="submit" form={id} pending={form.pending}>
              Make a new key
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={() => onOpenChange(false)}>
            I have stored it
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
            label="Signature"
            name="algorithm"
            defaultValue={channel.keys.at(-1)?.algorithm ?? 'v1'}
            error={form.errors.algorithm}
          >
            <option value="v1">v1: shared secret (HMAC-SHA256)</option>
            <option value="v1a">v1a: public key (ed25519)</option>
          </ChoiceField>
          <ChoiceField
            label="Old keys sign too for"
            name="overlapHours"
            defaultValue="24"
            error={form.errors.overlapHours}
            hint="Until then each message carries both signatures, so the receiver can change over at any moment."
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
