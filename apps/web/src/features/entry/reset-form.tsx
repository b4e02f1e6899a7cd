'use client';

import { endpoints } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/entry.ts';
import { Button } from '../../ui/button.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { NewPasswordField } from '../session/index.ts';
import { useLink } from './use-link.ts';

/** Sets a new password by the link of a mail. */
export function ResetForm() {
  const link = useLink((token) => call(endpoints.readReset, { body: { token } }));
  const [newPassword, setNewPassword] = useState('');
  const [done, setDone] = useState(false);
  const form = useSubmit(endpoints.useReset.body, async (body) => {
    await call(endpoints.useReset, { body });
    setDone(true);
  });
  if (done) return <p role="status">{t('resetDone')}</p>;
  if (link.state === 'failed') return <FailureNote told={link.told} />;
  if (link.state === 'reading')
    return (
      <Loading what={t('reading')}>
        <Bone className="h-9 w-full" />
      </Loading>
    );
  const { name, email } = link.offer;
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ token: link.token, newPassword });
      }}
    >
      <p className="text-sm text-ink-2">{t('resetAbout', { name, email })}</p>
      {form.failure !== null && <FailureNote told={form.failure} />}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <NewPasswordField
        label={t('newPassword')}
        name="newPassword"
        value={newPassword}
        error={form.errors.newPassword}
        words={[name, email]}
        onChange={setNewPassword}
      />
      <Button look="primary" type="submit" wide pending={form.pending}>
        {t('setPassword')}
      </Button>
    </form>
  );
}
