'use client';

import { endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/library.ts';
import { TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Copies a shared object, under a name of one's own. */
export function CopyDialog(props: {
  from: { id: string; name: string };
  copy: (publicationId: string, name: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { id } = props.from;
  const toast = useToast();
  const client = useQueryClient();
  const [name, setName] = useState(props.from.name);
  // Both kinds of object take the same.
  const form = useSubmit(endpoints.copyPublishedPolicy.body.required(), async (body) => {
    await props.copy(id, body.name);
    await client.invalidateQueries();
    props.onClose();
    toast(t('copyDone', { name: body.name }));
  });
  return (
    <FormDialog
      title={t('copyOf', { name: props.from.name })}
      description={t('copyAbout')}
      yes={t('copy')}
      form={form}
      values={{ name }}
      onClose={props.onClose}
    >
      <TextField
        label={t('copyName')}
        name="name"
        value={name}
        maxLength={120}
        error={form.errors['name']}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
