import { expect, test } from 'vitest';
import { interpretNotification } from '../../engine/slices/notifications.ts';
import { port, portsInWords } from '../../testing/support.ts';
import { sangoma } from './sangoma.driver.ts';

const VEGA = '1.3.6.1.4.1.4686.11';
const unit = `1.3.6.1.2.1.1.1.0|4|Vega 50 6FXS gateway
1.3.6.1.2.1.1.2.0|6|${VEGA}
1.3.6.1.2.1.2.2.1.3.5|2|102
1.3.6.1.2.1.2.2.1.3.6|2|102
1.3.6.1.2.1.2.2.1.8.6|2|2`;

test('ports by ifTable, registration by the user of the same number', () => {
  const { gateway, rows, why, poll } = portsInWords(`${unit}
${VEGA}.2.3.1.2.1|2|1
${VEGA}.2.3.1.3.1|4|registered
${VEGA}.2.3.1.2.2|2|2
${VEGA}.2.3.1.3.2|4|backing off
${VEGA}.2.3.1.2.3|2|3
${VEGA}.2.3.1.3.3|4|Registered
${VEGA}.1.16.0|65|2
${VEGA}.1.17.0|65|1`);
  expect(gateway.model).toBe('Vega 50');
  expect(rows).toEqual([
    { position: 1, kind: 'fxs', registration: 'registered' },
    { position: 2, kind: 'fxs', oper: 'out-of-service' },
  ]);
  expect(why('registration', 1)).toBe('invalid-value');
  expect(poll.gatewayMeasures.activeCalls).toBe(3);
});

test('a part of the calls is not their sum', () => {
  expect(portsInWords(`${unit}\n${VEGA}.1.16.0|65|2`).poll.gatewayMeasures.activeCalls).toBeNull();
});

test.for([
  [46, 'port-fault', 'major', true],
  [50, 'registration-restored', 'cleared', true],
  [51, 'registration-lost', 'major', true],
  [52, 'registration-lost', 'warning', true],
  [40, 'fan-failed', 'major', false],
  [42, 'temperature-high', 'major', true],
  [25, 'emergency-call', 'major', true],
  [66, 'alarm-raised', 'critical', true],
] as const)('trap %i', ([number, kind, severity, pollNow]) => {
  const interpreted = interpretNotification(
    sangoma.notifications,
    { trapOid: `${VEGA}.0.${number}`, varbinds: [], uptimeTicks: null },
    [port(1, '5')],
  );
  expect(interpreted).toMatchObject({ events: [{ kind, severity, position: null }], implies: [], pollNow });
});
