'use client';

import { endpoints } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/entry.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { NewPasswordField } from '../session/index.ts';

const EMPTY = { code: '', operator: '', name: '', email: '', password: '' };

/** Makes the first operator and its owner, and signs them in. */
export function SetupForm() {
  const [values, setValues] = useState(EMPTY);
  const form = useSubmit(endpoints.setUp.body, async (body) => {
    await call(endpoints.setUp, { body });
    window.location.assign('/');
    await new Promise(() => undefined);
  });
  const field = (name: keyof typeof EMPTY) => ({
    name,
    value: values[name],
    error: form.errors[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  });
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit(values);
      }}
    >
      <p className="text-sm text-ink-2">{t('setUpAbout')}</p>
      {form.failure !== null && <FailureNote told={form.failure} />}
      <TextField label={t('code')} hint={t('codeHint')} spellCheck={false} {...field('code')} />
      <TextField label={t('organisation')} autoComplete="organization" {...field('operator')} />
      <TextField label={t('yourName')} autoComplete="name" {...field('name')} />
      <TextField label={t('eMail')} type="email" inputMode="email" autoComplete="username" {...field('email')} />
      <NewPasswordField
        label={t('password')}
        name="password"
        value={values.password}
        error={form.errors.password}
        words={[values.operator, values.name, values.email]}
        onChange={(password) => setValues({ ...values, password })}
      />
      <Button look="primary" type="submit" wide pending={form.pending}>
        {t('setUp')}
      </Button>
    </form>
  );
}
