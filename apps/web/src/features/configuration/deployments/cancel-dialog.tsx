'use client';

import { endpoints } from '@loopstart/contracts';
import { call } from '../../../lib/api/browser.ts';
import { t } from '../../../messages/configuration.ts';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';

/** Cancels what still waits. What an agent has begun, it brings to its end. */
export function CancelDialog({ deploymentId, onClose }: { deploymentId: string; onClose: () => void }) {
  return (
    <ReasonDialog
      danger
      title={t('cancelTitle')}
      description={t('cancelAbout')}
      yes={t('cancelWaiting')}
      label={t('reason')}
      schema={endpoints.cancelConfigDeployment.body}
      send={(body) => call(endpoints.cancelConfigDeployment, { params: { deploymentId }, body })}
      onClose={onClose}
    />
  );
}
