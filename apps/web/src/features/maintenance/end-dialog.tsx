'use client';

import { endpoints, type MaintenanceWindow } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { t } from '../../messages/maintenance.ts';

interface Props {
  window: MaintenanceWindow | null;
  onClose: () => void;
}

/** Ends the present occurrence, or the whole series. */
export function EndDialog({ window, onClose }: Props) {
  return window === null ? null : <OpenDialog window={window} onClose={onClose} />;
}

function OpenDialog({ window, onClose }: { window: MaintenanceWindow; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const choice = window.recurrence !== null && window.state === 'active';
  const [series, setSeries] = useState(!choice);
  const end = useMutation({
    mutationFn: () => call(endpoints.endMaintenance, { params: { windowId: window.id }, body: { series } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onClose();
      toast(t('hasEnded', { title: window.title }), t('problemsRemainNotifiedNow'));
    },
  });
  const active = window.state === 'active';
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={active ? t('endNow', { title: window.title }) : t('cancel', { title: window.title })}
      yes={active ? t('endItNow') : t('cancelMaintenance')}
      no={t('keepIt')}
      mutation={end}
    >
      <p>
        {active
          ? t('problemsRemainNotifiedThen', { scopeName: window.scopeName })
          : t('monitoredUsualMaintenanceNot', { scopeName: window.scopeName })}
      </p>
      {choice && (
        <ChoiceField
          label={t('whatEnds')}
          name="series"
          value={series ? 'series' : 'one'}
          onChange={(event) => setSeries(event.target.value === 'series')}
        >
          <option value="one">{t('onlyOccurrenceSeriesContinues')}</option>
          <option value="series">{t('theWholeSeries')}</option>
        </ChoiceField>
      )}
    </ConfirmDialog>
  );
}
