'use client';

import { endpoints, type Line } from '@loopstart/contracts';
import { LINE_DEVICE_CLASSES, type LineDeviceClass } from '@loopstart/domain';
import { useMemo } from 'react';
import { call } from '../../lib/api/browser.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { t } from '../../messages/lines.ts';
import { ChoiceField } from '../../ui/field.tsx';
import type { BulkAction } from '../../ui/grid/use-bulk.ts';
import { requestAction } from '../actions/index.ts';
import { useRefusal } from '../session/index.ts';

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
      {
        id: 'test',
        label: t('testLine'),
        refusal,
        run: (line) => requestAction(line.gatewayId, 'line-test', line.position),
      },
      {
        id: 'lock',
        label: t('lockPort'),
        refusal,
        run: (line) => requestAction(line.gatewayId, 'lock-port', line.position),
      },
      {
        id: 'unlock',
        label: t('unlockPort'),
        refusal,
        run: (line) => requestAction(line.gatewayId, 'unlock-port', line.position),
      },
    ],
    [changeRefusal, refusal],
  );
}
