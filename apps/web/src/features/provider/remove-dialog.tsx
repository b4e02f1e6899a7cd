'use client';

import { endpoints, type ProviderOperator } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/provider.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Requests the deletion of an operator, with its name and the count of lines that is shown. */
export function RemoveDialog({ operator, onClose }: { operator: ProviderOperator; onClose: () => void }) {
  const { id, usage } = operator;
  const toast = useToast();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const form = useSubmit(endpoints.requestDeletionOfOperator.body, async (body) => {
    await call(endpoints.requestDeletionOfOperator, { params: { operatorId: id }, body });
    await client.invalidateQueries();
    onClose();
    toast(t('deletionStands'));
  });
  return (
    <FormDialog
      danger
      title={t('deleteTitle', { name: operator.name })}
      description={t('removeAbout', { lines: usage.ports })}
      yes={t('requestDeletion')}
      form={form}
      values={{ name, lines: usage.ports }}
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

/** The act on the deletion of an operator: requests it, or withdraws what the provider requested. */
export function DeletionButton({ operator, onRequest }: { operator: ProviderOperator; onRequest: () => void }) {
  const { id, deletion, suspension } = operator;
  const toast = useToast();
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => call(endpoints.withdrawDeletionOfOperator, { params: { operatorId: id } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      toast(t('deletionWithdrawn'));
    },
    onError: (error) => toast(tell(error).sentence),
  });
  if (deletion === null)
    return (
      <Button size="sm" disabledReason={suspension === null ? null : t('resumeFirst')} onClick={onRequest}>
        {t('remove')}
      </Button>
    );
  return (
    <Button
      size="sm"
      pending={withdraw.isPending}
      disabledReason={deletion.byProvider ? null : t('ownersDeletion')}
      onClick={() => withdraw.mutate()}
    >
      {t('withdrawDeletion')}
    </Button>
  );
}
