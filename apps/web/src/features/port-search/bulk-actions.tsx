'use client';

import { endpoints, type Line } from '@loopstart/contracts';
import { type ActionType, LINE_DEVICE_CLASSES, type LineDeviceClass } from '@loopstart/domain';
import { useMemo } from 'react';
import { call } from '../../lib/api/browser.ts';
import { uuid } from '../../lib/uuid.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { t } from '../../messages/lines.ts';
import { ChoiceField } from '../../ui/field.tsx';
import type { BulkAction } from '../../ui/grid/bulk-bar.tsx';
import { useRefusal } from '../session/index.ts';

/** Asks for an action as the page of one line does; what would interrupt somebody is refused line by line. */
const act =
  (type: ActionType) =>
  ({ gatewayId, position }: Line): Promise<unknown> =>
    call(endpoints.createAction, { params: { gatewayId }, body: { type, position, idempotencyKey: uuid() } });

/** What can be done to several lines at once. */
export function useLineActions(): readonly BulkAction<Line>[] {
  const changeRefusal = useRefusal('ports.write');
  const refusal = useRefusal('actions.request');
  return useMemo(
    () => [
      {
        id: 'device',
        label: t('setDevice'),
        refusal: changeRefusal,
        initial: 'phone',
        field: (value, onChange) => (
          <ChoiceField
            label={t('device')}
            name="lineDeviceClass"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          >
            {LINE_DEVICE_CLASSES.map((device) => (
              <option key={device} value={device}>
                {LINE_DEVICE_WORDS[device]}
              </option>
            ))}
          </ChoiceField>
        ),
        run: ({ gatewayId, position }, value) =>
          call(endpoints.updatePort, {
            params: { gatewayId, position },
            body: { lineDeviceClass: value as LineDeviceClass },
          }),
      },
      { id: 'test', label: t('testLine'), refusal, run: act('line-test') },
      { id: 'lock', label: t('lockPort'), refusal, run: act('lock-port') },
      { id: 'unlock', label: t('unlockPort'), refusal, run: act('unlock-port') },
    ],
    [changeRefusal, refusal],
  );
}
