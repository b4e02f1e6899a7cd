'use client';

import { ApiError, endpoints } from '@loopstart/contracts';
import type { SecondStep } from '@loopstart/domain';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { t } from '../../messages/session.ts';
import { PasskeySignIn } from './passkey-sign-in.tsx';
import { SecondStepForm } from './second-step-form.tsx';
import { SignOnOptions } from './sign-on-options.tsx';

/** Signing in. `begun`: how a sign-in that was begun before can be finished. */
export function SignInForm({ next, begun = [] }: { next: string; begun?: readonly SecondStep[] }) {
  const [steps, setSteps] = useState(begun);
  const [email, setEmail] = useState('');
  /** The address once it was entered: nothing is asked while somebody types. */
  const [entered, setEntered] = useState('');
  const [password, setPassword] = useState('');
  const form = useSubmit(endpoints.signIn.body, async (body) => {
    try {
      await call(endpoints.signIn, { body });
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.code !== 'second-factor-needed') throw error;
      setPassword('');
      setSteps((await call(endpoints.getSecondStep)).steps);
      return;
    }
    // A full load: nothing of an earlier session may stay in memory.
    window.location.assign(next);
    await new Promise(() => undefined);
  });
  if (steps.length > 0) return <SecondStepForm steps={steps} next={next} restart={() => setSteps([])} />;
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
        onBlur={() => setEntered(email.trim())}
      />
      {entered !== '' && <SignOnOptions email={entered} next={next} />}
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
      <PasskeySignIn next={next} />
    </form>
  );
}
