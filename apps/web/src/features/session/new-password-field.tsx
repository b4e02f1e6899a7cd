'use client';

import { endpoints, PASSWORD_MIN, type PasswordStrength } from '@loopstart/contracts';
import { useEffect, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { t } from '../../messages/entry.ts';
import { TextField } from '../../ui/field.tsx';

/** How long typing must rest before the API estimates the password. */
const REST_MS = 350;

/** A new password with how well it resists guessing. The list of common passwords is a megabyte, so the API estimates. */
export function NewPasswordField(props: {
  label: string;
  name: string;
  value: string;
  error: string | undefined;
  /** What a guesser would try: names, address. */
  words: readonly string[];
  onChange: (value: string) => void;
}) {
  const { value, words } = props;
  const asked = JSON.stringify({ password: value, words: words.filter((word) => word !== '').slice(0, 10) });
  const [answer, setAnswer] = useState<{ asked: string; strength: PasswordStrength } | null>(null);
  const isLong = value.length >= PASSWORD_MIN;
  useEffect(() => {
    if (!isLong) return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      const body = JSON.parse(asked) as { password: string; words: string[] };
      call(endpoints.estimatePassword, { body, signal: control.signal })
        .then((strength) => setAnswer({ asked, strength }))
        // Without an estimate the form still works: the API checks again when it is sent.
        .catch(() => undefined);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [asked, isLong]);
  const strength = answer?.asked === asked ? answer.strength : null;
  return (
    <TextField
      label={props.label}
      name={props.name}
      type="password"
      autoComplete="new-password"
      maxLength={500}
      value={value}
      error={props.error}
      hint={<span aria-live="polite">{wordsFor(value, strength)}</span>}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function wordsFor(value: string, strength: PasswordStrength | null): string {
  if (value === '') return t('strengthHint', { min: PASSWORD_MIN });
  if (value.length < PASSWORD_MIN) return t('strengthShort', { missing: PASSWORD_MIN - value.length });
  if (strength === null) return t('strengthChecking');
  return strength.reason ?? t('strengthAccepted');
}
