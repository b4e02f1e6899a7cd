'use client';

import { endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import type { ResponseOf } from '../../lib/api/query.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/factors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { KeyBox } from '../../ui/key-box.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { CodesView } from './codes-view.tsx';
import { QrCode } from './qr-code.tsx';
import { ownFactorsQuery } from './queries.ts';

/** Adds an authenticator app: a name, the key, a code of it, and with the first app recovery codes. */
export function AppDialog({ close }: { close: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState<string>(t('phone'));
  const [code, setCode] = useState('');
  const [begun, setBegun] = useState<ResponseOf<'beginTotp'> | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const begin = useSubmit(endpoints.beginTotp.body, async (body) => {
    setBegun(await call(endpoints.beginTotp, { body }));
  });
  const confirm = useSubmit(endpoints.confirmTotp.body, async (body) => {
    const params = { factorId: begun!.id };
    const { recoveryCodes } = await call(endpoints.confirmTotp, { params, body });
    await client.invalidateQueries({ queryKey: ownFactorsQuery().queryKey });
    toast(t('addedNow', { name }));
    if (recoveryCodes === null) close();
    else setCodes(recoveryCodes);
  });
  const form = begun === null ? begin : confirm;
  return (
    <Dialog
      // Keys and codes are shown once: a click beside the dialog must not lose them.
      alert={begun !== null}
      open
      onOpenChange={(open) => !open && close()}
      title={codes === null ? t('addApp') : t('codesTitle')}
      footer={
        codes === null ? (
          <>
            <Button onClick={close}>{common('cancel')}</Button>
            <Button look="primary" type="submit" form={id} pending={form.pending}>
              {begun === null ? t('next') : t('confirm')}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={close}>
            {t('codesKept')}
          </Button>
        )
      }
    >
      {codes !== null ? (
        <CodesView codes={codes} />
      ) : (
        <form
          id={id}
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void (begun === null ? begin.submit({ name }) : confirm.submit({ code }));
          }}
        >
          {form.failure !== null && <FailureNote told={form.failure} />}
          {begun === null ? (
            <TextField
              label={t('name')}
              name="name"
              hint={t('nameHint')}
              maxLength={60}
              value={name}
              error={form.errors['name']}
              onChange={(event) => setName(event.target.value)}
            />
          ) : (
            <>
              <p className="text-sm text-ink-2">{t('scan')}</p>
              <QrCode text={begun.uri} label={t('qr')} />
              <KeyBox label={t('typeKey')} text={begun.key} />
              <CodeField value={code} error={form.errors['code']} onChange={setCode} />
            </>
          )}
        </form>
      )}
    </Dialog>
  );
}

function CodeField(props: { value: string; error: string | undefined; onChange: (code: string) => void }) {
  return (
    <TextField
      label={t('code')}
      name="code"
      hint={t('codeHint')}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={20}
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
