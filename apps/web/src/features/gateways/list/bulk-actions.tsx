'use client';

import { endpoints, type GatewaySummary } from '@loopstart/contracts';
import { useMemo } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/gateways.ts';
import { TextField } from '../../../ui/field.tsx';
import type { BulkAction } from '../../../ui/grid/use-bulk.ts';
import { requestAction } from '../../actions/index.ts';
import { useRefusal } from '../../session/index.ts';

/** What can be done to several gateways at once. */
export function useGatewayActions(): readonly BulkAction<GatewaySummary>[] {
  const refusal = useRefusal('actions.request');
  const retireRefusal = useRefusal('gateways.retire');
  return useMemo(
    () => [
      { id: 'read', label: t('readNow'), refusal, run: ({ id }) => requestAction(id, 'poll-now') },
      {
        id: 'retire',
        label: t('retire'),
        refusal: retireRefusal,
        field: (note, setNote) => (
          <div className="flex flex-col gap-3">
            <p>{t('retireSeveral')}</p>
            <TextField
              label={common('reason')}
              name="note"
              optional
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
        ),
        run: ({ id }, note) => call(endpoints.retireGateway, { params: { gatewayId: id }, body: { note } }),
      },
    ],
    [refusal, retireRefusal],
  );
}
