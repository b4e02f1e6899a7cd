'use client';

import { endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/factors.ts';
import { TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ownFactorsQuery } from './queries.ts';

/** Gives a second factor another name. */
export function RenameDialog({ item, close }: { item: { id: string; name: string }; close: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState(item.name);
  const form = useSubmit(endpoints.renameOwnFactor.body, async (body) => {
    await call(endpoints.renameOwnFactor, { params: { factorId: item.id }, body });
    await client.invalidateQueries({ queryKey: ownFactorsQuery().queryKey });
    toast(t('renamed', { name: body.name }));
    close();
  });
  return (
    <FormDialog
      title={t('renameTitle', { name: item.name })}
      yes={t('rename')}
      form={form}
      values={{ name }}
      onClose={close}
    >
      <TextField
        label={t('newName')}
        name="name"
        maxLength={60}
        value={name}
        error={form.errors['name']}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
