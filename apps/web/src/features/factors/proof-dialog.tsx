'use client';

import { endpoints } from '@loopstart/contracts';
import { useEffect, useId, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { onProofNeeded } from '../../lib/api/prove-again.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/factors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { ownFactorsQuery } from './queries.ts';

type Proof = 'password' | 'totp';

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
  const hasApp = data?.items.some(({ kind }) => kind === 'totp') ?? false;
  const ways: Proof[] = [
    ...(data?.hasPassword === false ? [] : ['password' as const]),
    ...(hasApp ? ['totp' as const] : []),
  ];
  const [chosen, setChosen] = useState<Proof | null>(null);
  const by = chosen ?? ways[0];
  const [value, setValue] = useState('');
  const form = useSubmit(endpoints.proveAgain.body, async (body) => {
    await call(endpoints.proveAgain, { body });
    close(true);
  });
  const other = ways.find((one) => one !== by);
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
            <Button look="primary" type="submit" form={id} pending={form.pending}>
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
            void form.submit(by === 'password' ? { by, password: value } : { by, code: value });
          }}
        >
          {form.failure !== null && <FailureNote told={form.failure} />}
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
          {other !== undefined && (
            <div>
              <Button size="sm" onClick={() => change(other)}>
                {t(other === 'password' ? 'usePassword' : 'useApp')}
              </Button>
            </div>
          )}
        </form>
      )}
    </Dialog>
  );
}
