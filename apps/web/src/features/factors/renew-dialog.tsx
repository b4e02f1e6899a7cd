'use client';

import { endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { t } from '../../messages/factors.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CodesView } from './codes-view.tsx';
import { ownFactorsQuery } from './queries.ts';

/** Asks before the old recovery codes end, then shows the new ones, once. */
export function RenewDialog({ close }: { close: () => void }) {
  const client = useQueryClient();
  const [codes, setCodes] = useState<string[] | null>(null);
  const mutation = useMutation({
    mutationFn: () => call(endpoints.renewRecoveryCodes),
    onSuccess: async ({ recoveryCodes }) => {
      await client.invalidateQueries({ queryKey: ownFactorsQuery().queryKey });
      setCodes(recoveryCodes);
    },
  });
  if (codes === null)
    return (
      <ConfirmDialog open onOpenChange={close} title={t('renewTitle')} yes={t('renew')} mutation={mutation}>
        <p>{t('renewAbout')}</p>
      </ConfirmDialog>
    );
  return (
    <Dialog
      alert
      open
      onOpenChange={close}
      title={t('codesTitle')}
      footer={
        <Button look="primary" onClick={close}>
          {t('codesKept')}
        </Button>
      }
    >
      <CodesView codes={codes} />
    </Dialog>
  );
}
