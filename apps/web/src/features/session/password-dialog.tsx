'use client';

import { endpoints } from '@loopstart/contracts';
import { useId, useState } from 'react';
import { z } from 'zod';
import { call } from '../../lib/api/browser.ts';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { useUser } from './user.tsx';
import { t } from '../../messages/session.ts';
import { t as common } from '../../messages/common.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const Form = endpoints.changePassword.body.extend({ again: z.string() });
const EMPTY = { currentPassword: '', newPassword: '', again: '' };

/** Changes one's own password. Mounted only while open, so that no password stays in memory. */
export function PasswordDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ open, onOpenChange }: Props) {
  const id = useId();
  const user = useUser();
  const toast = useToast();
  const [values, setValues] = useState(EMPTY);
  const form = useSubmit(
    Form,
    async ({ again: _again, ...body }) => {
      await call(endpoints.changePassword, { body });
      onOpenChange(false);
      toast(t('passwordChanged'), t('signedOutEverywhereElse'));
    },
    ({ newPassword, again }): FieldErrors => (newPassword === again ? {} : { again: t('notSameNewPassword') }),
  );
  const field = (name: keyof typeof EMPTY) => ({
    name,
    type: 'password',
    value: values[name],
    error: form.errors[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('changeYourPassword')}
      description={t('otherSessionsEndOne')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {t('changePassword')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(values);
        }}
      >
        {/* By which a password manager knows whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={user.email} />
        <TextField label={t('currentPassword')} autoComplete="current-password" {...field('currentPassword')} />
        <NewPasswordField
          label={t('newPassword')}
          name="newPassword"
          value={values.newPassword}
          error={form.errors['newPassword']}
          words={[user.name, user.email, user.operator.name]}
          onChange={(newPassword) => setValues({ ...values, newPassword })}
        />
        <TextField label={t('newPasswordAgain')} autoComplete="new-password" {...field('again')} />
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
