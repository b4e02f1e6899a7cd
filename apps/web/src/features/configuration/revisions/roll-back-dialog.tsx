'use client';

import { endpoints } from '@loopstart/contracts';
import { useRouter } from 'next/navigation';
import { call } from '../../../lib/api/browser.ts';
import { t } from '../../../messages/configuration.ts';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';

/** Publishes the settings of a former revision again. Gateways get them with the next deployment. */
export function RollBackDialog({ revision, onClose }: { revision: number; onClose: () => void }) {
  const router = useRouter();
  return (
    <ReasonDialog
      title={t('rollBackTitle', { number: revision })}
      description={t('rollBackAbout')}
      yes={t('rollBack')}
      label={t('reason')}
      hint={t('reasonHint')}
      schema={endpoints.rollBackConfig.body}
      send={(body) => call(endpoints.rollBackConfig, { params: { revision }, body })}
      onDone={({ number }) => router.push(`/configuration/revisions/${number}`)}
      onClose={onClose}
    />
  );
}
