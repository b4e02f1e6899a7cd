'use client';

import { endpoints } from '@loopstart/contracts';
import type { SecondStep } from '@loopstart/domain';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { PasskeyStep } from './passkey-step.tsx';

/** The second step of signing in. */
export function SecondStepForm(props: { steps: readonly SecondStep[]; next: string; restart: () => void }) {
  const { steps, next } = props;
  const [step, setStep] = useState<SecondStep>(steps[0] ?? 'totp');
  const [code, setCode] = useState('');
  const form = useSubmit(endpoints.takeSecondStep.body, async (body) => {
    await call(endpoints.takeSecondStep, { body });
    // A full load: nothing of an earlier session may stay in memory.
    window.location.assign(next);
    await new Promise(() => undefined);
  });
  const change = (to: SecondStep) => {
    setStep(to);
    setCode('');
    form.reset();
  };
  const others = (
    <div className="flex flex-wrap gap-2">
      {steps
        .filter((other) => other !== step)
        .map((other) => (
          <Button key={other} size="sm" onClick={() => change(other)}>
            {t(USE[other])}
          </Button>
        ))}
      <Button size="sm" onClick={props.restart}>
        {t('beginAgain')}
      </Button>
    </div>
  );
  if (step === 'passkey') return <PasskeyStep next={next}>{others}</PasskeyStep>;
  const isApp = step === 'totp';
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ step, code });
      }}
    >
      <p className="text-sm text-ink-2">{isApp ? t('secondStepAbout') : t('recoveryAbout')}</p>
      {form.failure !== null && <FailureNote told={form.failure} />}
      <TextField
        key={step}
        label={isApp ? t('code') : t('recoveryCode')}
        name="code"
        autoFocus
        inputMode={isApp ? 'numeric' : 'text'}
        autoComplete={isApp ? 'one-time-code' : 'off'}
        maxLength={100}
        value={code}
        error={form.errors['code']}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button look="primary" type="submit" wide pending={form.pending}>
        {form.pending ? t('signingIn') : t('signIn')}
      </Button>
      {others}
    </form>
  );
}

const USE = { passkey: 'usePasskey', totp: 'useApp', 'recovery-code': 'useRecovery' } as const;
