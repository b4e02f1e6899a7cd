'use client';

import { endpoints, type ProviderOperator } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/provider.ts';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';

/** Suspends an operator, after showing what that stops and what it does not. */
export function SuspendDialog({ operator, onClose }: { operator: ProviderOperator; onClose: () => void }) {
  const { id, name, usage } = operator;
  const toast = useToast();
  return (
    <ReasonDialog
      danger
      title={t('suspendTitle', { name })}
      description={t('suspendAbout', { lines: usage.ports })}
      yes={t('suspend')}
      label={t('reason')}
      schema={endpoints.suspendOperator.body}
      send={(body) => call(endpoints.suspendOperator, { params: { operatorId: id }, body })}
      onDone={() => toast(t('suspendedNow', { name }))}
      onClose={onClose}
    />
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
