'use client';

import { endpoints, NewProvisioningToken, type SsoConnection } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/provisioning.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { KeyBox } from '../../../ui/key-box.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { addressesOf, LifeFields } from '../../tokens/index.ts';
import { provisioningQuery } from '../queries.ts';

const EMPTY = { name: '', addresses: '', expiresInDays: 365 as number | null };

/** Creates a token for the directory of a connection, and shows it once. Mounted only while open. */
export function TokenDialog({
  connection: { id: connectionId },
  onClose,
}: {
  connection: SsoConnection;
  onClose: () => void;
}) {
  const formId = useId();
  const client = useQueryClient();
  const [draft, setDraft] = useState(EMPTY);
  const [secret, setSecret] = useState<string | null>(null);
  const form = useSubmit(NewProvisioningToken, async (body) => {
    const made = await call(endpoints.createProvisioningToken, { params: { connectionId }, body });
    setSecret(made.secret);
    await client.invalidateQueries({ queryKey: provisioningQuery(connectionId).queryKey });
  });
  const footer =
    secret === null ? (
      <>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button look="primary" type="submit" form={formId} pending={form.pending}>
          {t('create')}
        </Button>
      </>
    ) : (
      <Button look="primary" onClick={onClose}>
        {t('stored')}
      </Button>
    );
  return (
    <Dialog
      // Once the token is shown, a click beside the dialog must not lose it.
      alert={secret !== null}
      open
      onOpenChange={(open) => !open && onClose()}
      title={secret === null ? t('create') : t('madeTitle')}
      footer={footer}
    >
      {secret !== null ? (
        <div className="flex flex-col gap-3">
          <KeyBox label={t('token')} text={secret} />
          <p className="text-sm text-ink-2">{t('shownOnce')}</p>
        </div>
      ) : (
        <form
          id={formId}
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void form.submit({ ...draft, addresses: addressesOf(draft.addresses) });
          }}
        >
          <TextField
            label={t('name')}
            name="name"
            hint={t('nameHint')}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            error={form.errors.name}
            maxLength={120}
          />
          <LifeFields draft={draft} set={(part) => setDraft({ ...draft, ...part })} errors={form.errors} />
          {form.failure !== null && <FailureNote told={form.failure} />}
        </form>
      )}
    </Dialog>
  );
}
