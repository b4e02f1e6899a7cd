'use client';

import { ApiError, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { problemByField } from '../../lib/forms/issues.ts';
import { makePasskey, useHasPasskeys, usePasskey } from '../../lib/passkeys/use-passkey.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/factors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { CodesView } from './codes-view.tsx';
import { ownFactorsQuery } from './queries.ts';

/** What is wrong with the name; undefined where it is something else. */
const nameErrorOf = (error: unknown): string | undefined =>
  error instanceof ApiError ? problemByField(error.problem)['name'] : undefined;

/** Adds a passkey: a name, what the browser makes, and with the first factor recovery codes. */
export function PasskeyDialog({ close }: { close: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const has = useHasPasskeys();
  const [name, setName] = useState<string>(t('thisDevice'));
  const [error, setError] = useState<string>();
  const [codes, setCodes] = useState<string[] | null>(null);
  const { pending, failure, start } = usePasskey(async () => {
    const valid = endpoints.addPasskey.body.shape.name.safeParse(name);
    setError(valid.success ? undefined : t('nameMissing'));
    if (!valid.success) return;
    const credential = await makePasskey(await call(endpoints.beginPasskey));
    const body = endpoints.addPasskey.body.parse({ name: valid.data, credential });
    try {
      const { recoveryCodes } = await call(endpoints.addPasskey, { body });
      await client.invalidateQueries({ queryKey: ownFactorsQuery().queryKey });
      toast(t('addedNow', { name: valid.data }));
      if (recoveryCodes === null) close();
      else setCodes(recoveryCodes);
    } catch (refusal) {
      const wrong = nameErrorOf(refusal);
      if (wrong === undefined) throw refusal;
      setError(wrong);
    }
  });
  return (
    <Dialog
      // Codes are shown once: a click beside the dialog must not lose them.
      alert={codes !== null}
      open
      onOpenChange={(open) => !open && close()}
      title={codes === null ? t('addPasskey') : t('codesTitle')}
      footer={
        codes !== null ? (
          <Button look="primary" onClick={close}>
            {t('codesKept')}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{common('cancel')}</Button>
            {has !== false && (
              <Button look="primary" type="submit" form={id} pending={pending}>
                {t('next')}
              </Button>
            )}
          </>
        )
      }
    >
      {codes !== null ? (
        <CodesView codes={codes} />
      ) : has === false ? (
        <p>{t('noPasskeysHere')}</p>
      ) : (
        <form
          id={id}
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void start();
          }}
        >
          {failure !== null && <FailureNote told={failure} />}
          <p className="text-sm text-ink-2">{t('passkeyAbout')}</p>
          <TextField
            label={t('passkeyName')}
            name="name"
            hint={t('passkeyNameHint')}
            maxLength={60}
            value={name}
            error={error}
            onChange={(event) => setName(event.target.value)}
          />
        </form>
      )}
    </Dialog>
  );
}
