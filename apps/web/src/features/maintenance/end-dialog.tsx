'use client';

import { endpoints, type MaintenanceWindow } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';

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
      toast(`${window.title} has ended.`, 'What is still wrong there is told from now on.');
    },
  });
  const active = window.state === 'active';
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={active ? `End ${window.title} now?` : `Call off ${window.title}?`}
      yes={active ? 'End it now' : 'Call it off'}
      no="Keep it"
      mutation={end}
    >
      <p>
        {active
          ? `What is still wrong at ${window.scopeName} is told from then on.`
          : `${window.scopeName} is watched as usual; nothing of it will begin.`}
      </p>
      {choice && (
        <ChoiceField
          label="What ends"
          name="series"
          value={series ? 'series' : 'one'}
          onChange={(event) => setSeries(event.target.value === 'series')}
        >
          <option value="one">Only this time; it comes again</option>
          <option value="series">The whole series</option>
        </ChoiceField>
      )}
    </ConfirmDialog>
  );
}
