'use client';

import { endpoints } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { t } from '../../messages/session.ts';

export function SignInForm({ next }: { next: string }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useSubmit(endpoints.signIn.body, async (body) => {
    await call(endpoints.signIn, { body });
    // A full load: nothing of an earlier session may stay in memory.
    window.location.assign(next);
    await new Promise(() => undefined);
  });
  return (
    <form
      // Sent by the browser itself before scripts have loaded, the password must not stand in the address.
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ email, password });
      }}
    >
      {form.failure !== null && <FailureNote told={form.failure} />}
      <TextField
        label={t('eMail')}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        value={email}
        error={form.errors.email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        error={form.errors.password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button look="primary" type="submit" wide pending={form.pending}>
        {form.pending ? t('signingIn') : t('signIn')}
      </Button>
    </form>
  );
}
