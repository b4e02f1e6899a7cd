'use client';

import { endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { t } from '../../messages/provider.ts';
import { TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { HandOver, type Link } from '../people/index.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

/** Creates an operator and invites its first owner; where no mail is sent, shows the link to hand over. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const toast = useToast();
  const client = useQueryClient();
  const [values, setValues] = useState({ name: '', ownerEmail: '' });
  const [link, setLink] = useState<Link | null>(null);
  const form = useSubmit(endpoints.createOperator.body, async (body) => {
    const created = await call(endpoints.createOperator, { body });
    await client.invalidateQueries();
    if (created.link !== null) return setLink({ url: created.link, email: body.ownerEmail });
    onClose();
    toast(t('created', { name: body.name }), t('mailGoes'));
  });
  if (link !== null) return <HandOver link={link} onClose={onClose} />;
  return (
    <FormDialog
      title={t('create')}
      description={t('createAbout')}
      yes={t('create')}
      form={form}
      values={values}
      onClose={onClose}
    >
      <TextField
        label={t('organisation')}
        name="name"
        value={values.name}
        error={form.errors['name']}
        onChange={(event) => setValues({ ...values, name: event.target.value })}
      />
      <TextField
        label={t('ownerEmail')}
        name="ownerEmail"
        type="email"
        inputMode="email"
        value={values.ownerEmail}
        error={form.errors['ownerEmail']}
        onChange={(event) => setValues({ ...values, ownerEmail: event.target.value })}
      />
    </FormDialog>
  );
}
