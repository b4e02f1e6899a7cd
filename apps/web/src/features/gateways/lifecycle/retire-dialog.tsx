'use client';

import { endpoints, type Gateway } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useLifecycle } from './use-lifecycle.ts';
import { t } from '../../../messages/gateways.ts';
import { t as common } from '../../../messages/common.ts';

/** Asks before a gateway is taken out of service. */
export function RetireDialog(props: { gateway: Gateway; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { gateway } = props;
  const [note, setNote] = useState('');
  const retire = useLifecycle(
    () => call(endpoints.retireGateway, { params: { gatewayId: gateway.id }, body: { note } }),
    { say: t('wasRetired', { name: gateway.name }), after: () => props.onOpenChange(false) },
  );
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('retire2', { name: gateway.name })}
      yes={t('retireTheGateway')}
      no={t('keepService')}
      mutation={retire}
    >
      <p>{t('openIncidentsEndNobody', { total: gateway.ports.total })}</p>
      <TextField
        label={common('reason')}
        name="note"
        optional
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </ConfirmDialog>
  );
}
