'use client';

import { endpoints } from '@loopstart/contracts';
import { useEffect, useId, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { onProofNeeded } from '../../lib/api/prove-again.ts';
import { showPasskey, useHasPasskeys, usePasskey } from '../../lib/passkeys/use-passkey.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/factors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { ownFactorsQuery } from './queries.ts';

const USE = { password: 'usePassword', totp: 'useApp', passkey: 'usePasskey' } as const;
type Proof = 'password' | 'totp' | 'passkey';

/** Asks before a dangerous act who the person is, where they proved it more than ten minutes ago. */
export function ProofDialog() {
  const [answer, setAnswer] = useState<((yes: boolean) => void) | null>(null);
  useEffect(() => onProofNeeded(() => new Promise((resolve) => setAnswer(() => resolve))), []);
  if (answer === null) return null;
  const close = (yes: boolean) => {
    answer(yes);
    setAnswer(null);
  };
  return <OpenDialog close={close} />;
}

function OpenDialog({ close }: { close: (yes: boolean) => void }) {
  const id = useId();
  const { data } = useQuery(ownFactorsQuery());
  const kinds = new Set(data?.items.map(({ kind }) => kind));
  const canShow = useHasPasskeys() === true;
  const ways: Proof[] = [
    ...(data?.hasPassword === false ? [] : ['password' as const]),
    ...(kinds.has('totp') ? ['totp' as const] : []),
    ...(kinds.has('passkey') && canShow ? ['passkey' as const] : []),
  ];
  const [chosen, setChosen] = useState<Proof | null>(null);
  const by = chosen ?? ways[0];
  const [value, setValue] = useState('');
  const form = useSubmit(endpoints.proveAgain.body, async (body) => {
    await call(endpoints.proveAgain, { body });
    close(true);
  });
  const passkey = usePasskey(async () => {
    const credential = await showPasskey(await call(endpoints.beginPasskeyProof));
    await call(endpoints.proveAgain, { body: endpoints.proveAgain.body.parse({ by: 'passkey', credential }) });
    close(true);
  });
  const { failure, pending } = by === 'passkey' ? passkey : form;
  const change = (to: Proof) => {
    setChosen(to);
    setValue('');
    form.reset();
  };
  return (
    <Dialog
      alert
      open
      onOpenChange={() => close(false)}
      title={t('proofTitle')}
      description={t('proofAbout')}
      footer={
        <>
          <Button onClick={() => close(false)}>{common('cancel')}</Button>
          {by !== undefined && (
            <Button look="primary" type="submit" form={id} pending={pending}>
              {t('goOn')}
            </Button>
          )}
        </>
      }
    >
      {by === undefined ? (
        <p>{t('proofNone')}</p>
      ) : (
        <form
          id={id}
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (by === 'passkey') void passkey.start();
            else void form.submit(by === 'password' ? { by, password: value } : { by, code: value });
          }}
        >
          {failure !== null && <FailureNote told={failure} />}
          {by === 'passkey' ? (
            <p>{t('passkeyProof')}</p>
          ) : (
            <TextField
              key={by}
              label={t(by === 'password' ? 'password' : 'code')}
              name={by === 'password' ? 'password' : 'code'}
              type={by === 'password' ? 'password' : 'text'}
              inputMode={by === 'password' ? 'text' : 'numeric'}
              autoComplete={by === 'password' ? 'current-password' : 'one-time-code'}
              value={value}
              error={form.errors[by === 'password' ? 'password' : 'code']}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
          {ways.length > 1 && (
            <div className="flex flex-wrap gap-2">
              {ways
                .filter((other) => other !== by)
                .map((other) => (
                  <Button key={other} size="sm" onClick={() => change(other)}>
                    {t(USE[other])}
                  </Button>
                ))}
            </div>
          )}
        </form>
      )}
    </Dialog>
  );
}
