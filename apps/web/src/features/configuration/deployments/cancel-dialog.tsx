'use client';

import { endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration.ts';
import { AreaField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';

/** Cancels what still waits. What an agent has begun, it brings to its end. */
export function CancelDialog({ deploymentId, onClose }: { deploymentId: string; onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const form = useSubmit(endpoints.cancelConfigDeployment.body, async (body) => {
    await call(endpoints.cancelConfigDeployment, { params: { deploymentId }, body });
    await client.invalidateQueries();
    onClose();
  });
  return (
    <FormDialog
      danger
      title={t('cancelTitle')}
      description={t('cancelAbout')}
      yes={t('cancelWaiting')}
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
