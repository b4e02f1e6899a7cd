'use client';

import { endpoints, type Gateway } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useLifecycle } from './use-lifecycle.ts';

/** Asks before a gateway is taken out of service. */
export function RetireDialog(props: { gateway: Gateway; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { gateway } = props;
  const [note, setNote] = useState('');
  const retire = useLifecycle(
    () => call(endpoints.retireGateway, { params: { gatewayId: gateway.id }, body: { note } }),
    { say: `${gateway.name} was retired.`, after: () => props.onOpenChange(false) },
  );
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`Retire ${gateway.name}?`}
      yes="Retire it"
      no="Keep it in service"
      mutation={retire}
    >
      <p>
        Its open incidents end, nobody is notified about its {gateway.ports.total} lines any more, and it leaves lists
        and counts. Its history is kept, and it can be restored.
      </p>
      <TextField
        label="Reason"
        name="note"
        optional
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </ConfirmDialog>
  );
}
