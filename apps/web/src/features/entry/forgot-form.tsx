'use client';

import { endpoints } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/entry.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';

/** Asks for a link that sets a new password. */
export function ForgotForm() {
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useSubmit(endpoints.askReset.body, async (body) => {
    await call(endpoints.askReset, { body });
    setSentTo(body.email);
  });
  if (sentTo !== null) return <p role="status">{t('forgotSent', { email: sentTo })}</p>;
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ email });
      }}
    >
      <p className="text-sm text-ink-2">{t('forgotAbout')}</p>
      {form.failure !== null && <FailureNote told={form.failure} />}
      <TextField
        label={t('eMail')}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        value={email}
        error={form.errors.email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Button look="primary" type="submit" wide pending={form.pending}>
        {t('sendLink')}
      </Button>
    </form>
  );
}
