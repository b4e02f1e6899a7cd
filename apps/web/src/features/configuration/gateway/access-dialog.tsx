'use client';

import { endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration.ts';
import { TextField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';

const orNull = (text: string) => (text === '' ? null : text);

/** Sets the login of a gateway anew: what is stored is never shown, so all of it is entered again. */
export function AccessDialog(props: { gatewayId: string; user: string; onClose: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState({ user: props.user, password: '', enable: '', sipUser: '', sipPassword: '' });
  const form = useSubmit(endpoints.setConfigAccess.body, async (body) => {
    await call(endpoints.setConfigAccess, { params: { gatewayId: props.gatewayId }, body });
    await client.invalidateQueries();
    props.onClose();
  });
  const field = (key: keyof typeof draft, label: string, name: string, isSecret: boolean) => (
    <TextField
      label={label}
      name={name}
      type={isSecret ? 'password' : 'text'}
      autoComplete={isSecret ? 'new-password' : 'off'}
      value={draft[key]}
      error={form.errors[name]}
      onChange={(event) => setDraft((old) => ({ ...old, [key]: event.target.value }))}
    />
  );
  return (
    <FormDialog
      title={t('access')}
      description={t('accessAbout')}
      yes={t('saveAccess')}
      form={form}
      values={{
        access: {
          user: orNull(draft.user),
          password: orNull(draft.password),
          enablePassword: orNull(draft.enable),
          sip: draft.sipUser === '' ? null : { user: draft.sipUser, password: draft.sipPassword },
        },
      }}
      onClose={props.onClose}
    >
      {field('user', t('user'), 'access.user', false)}
      {field('password', t('password'), 'access.password', true)}
      {field('enable', t('enablePassword'), 'access.enablePassword', true)}
      {field('sipUser', t('sipUser'), 'access.sip.user', false)}
      {field('sipPassword', t('sipPassword'), 'access.sip.password', true)}
    </FormDialog>
  );
}
