'use client';

import { endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration.ts';
import { AreaField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';

/** Publishes the settings of a former revision again. Gateways get them with the next deployment. */
export function RollBackDialog({ revision, onClose }: { revision: number; onClose: () => void }) {
  const router = useRouter();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const form = useSubmit(endpoints.rollBackConfig.body, async (body) => {
    const { number } = await call(endpoints.rollBackConfig, { params: { revision }, body });
    await client.invalidateQueries();
    onClose();
    router.push(`/configuration/revisions/${number}`);
  });
  return (
    <FormDialog
      title={t('rollBackTitle', { number: revision })}
      description={t('rollBackAbout')}
      yes={t('rollBack')}
      form={form}
      values={{ reason }}
      onClose={onClose}
    >
      <AreaField
        label={t('reason')}
        name="reason"
        value={reason}
        error={form.errors['reason']}
        hint={t('reasonHint')}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
