'use client';

import { endpoints, type OperatorDeletion } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/provider.ts';
import { TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useUser } from '../session/index.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

/** Requests the deletion: with the name, and the figures that are shown. */
export function DeleteDialog({ deletion, onClose }: { deletion: OperatorDeletion; onClose: () => void }) {
  const { operator } = useUser();
  const toast = useToast();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const form = useSubmit(endpoints.requestOperatorDeletion.body, async (body) => {
    await call(endpoints.requestOperatorDeletion, { body });
    await client.invalidateQueries();
    onClose();
    toast(t('deletionStands'));
  });
  return (
    <FormDialog
      danger
      title={t('deleteTitle', { name: operator.name })}
      description={t('deletionMeans', deletion.touched)}
      yes={t('deleteAll')}
      form={form}
      values={{ name, confirm: deletion.touched }}
      onClose={onClose}
    >
      <TextField
        label={t('deleteConfirm', { name: operator.name })}
        name="name"
        value={name}
        error={form.errors['name']}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
