'use client';

import { endpoints, type ProviderOperator } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/provider.ts';
import { Button } from '../../ui/button.tsx';
import { AreaField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';

/** Suspends an operator, after showing what that stops and what it does not. */
export function SuspendDialog({ operator, onClose }: { operator: ProviderOperator; onClose: () => void }) {
  const { id, name, usage } = operator;
  const toast = useToast();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const form = useSubmit(endpoints.suspendOperator.body, async (body) => {
    await call(endpoints.suspendOperator, { params: { operatorId: id }, body });
    await client.invalidateQueries();
    onClose();
    toast(t('suspendedNow', { name }));
  });
  return (
    <FormDialog
      danger
      title={t('suspendTitle', { name })}
      description={t('suspendAbout', { lines: usage.ports })}
      yes={t('suspend')}
      form={form}
      values={{ reason }}
      onClose={onClose}
    >
      <AreaField
        label={t('reason')}
        name="reason"
        value={reason}
        error={form.errors['reason']}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

export function ResumeButton({ operator: { id, name } }: { operator: ProviderOperator }) {
  const toast = useToast();
  const client = useQueryClient();
  const resume = useMutation({
    mutationFn: () => call(endpoints.resumeOperator, { params: { operatorId: id } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      toast(t('resumed', { name }));
    },
    onError: (error) => toast(tell(error).sentence),
  });
  return (
    <Button size="sm" pending={resume.isPending} onClick={() => resume.mutate()}>
      {t('resume')}
    </Button>
  );
}
