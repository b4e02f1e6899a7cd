import { EVENT_KINDS } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { drivers, generic } from '../../drivers.ts';
import { eventsFailure, port } from '../../testing/support.ts';
import { exampleState } from '../example-state.ts';
import { encodeNotification, interpretNotification } from './notifications.ts';
import { textValue } from '../values.ts';

describe.for(drivers.map((driver) => [driver.id, driver] as const))('%s', ([, driver]) => {
  const { ports } = exampleState(driver);
  test('a notification of the simulator is interpreted as it was meant', () => {
    let sent = 0;
    for (const kind of EVENT_KINDS) {
      for (const position of [null, ports[0]?.position ?? null, ports.at(-1)?.position ?? null]) {
        const spoken = encodeNotification(driver.notifications, { kind, position }, ports);
        if (spoken === null) continue;
        sent += 1;
        const interpreted = interpretNotification(driver.notifications, { ...spoken, uptimeTicks: 1 }, ports);
        expect(interpreted.events[0], kind).toMatchObject({ kind, position });
        expect(eventsFailure(interpreted.events)).toBeNull();
      }
    }
    // At least coldStart, warmStart and authenticationFailure.
    expect(sent).toBeGreaterThanOrEqual(3);
  });

  test('no notification can report that a gateway is unreachable', () => {
    expect(encodeNotification(driver.notifications, { kind: 'gateway-unreachable', position: null }, ports)).toBeNull();
  });
});

test('a fault is encoded as the notification for this fault', () => {
  const audiocodes = drivers[0]!;
  const { ports } = exampleState(audiocodes);
  for (const fault of ['ground-fault', 'over-temperature', 'hardware-failure'] as const) {
    const spoken = encodeNotification(audiocodes.notifications, { kind: 'port-fault', position: 2, fault }, ports);
    const interpreted = spoken && interpretNotification(audiocodes.notifications, { ...spoken, uptimeTicks: 1 }, ports);
    expect(interpreted?.implies).toEqual([{ position: 2, fault }]);
  }
  expect(
    encodeNotification(audiocodes.notifications, { kind: 'port-fault', position: 2, fault: 'no-exchange-line' }, ports),
  ).toBeNull();
});

test('an unknown notification is an event without consequences', () => {
  const varbinds = [{ oid: '1.3.6.1.4.1.1.2.0', value: textValue('hello') }];
  const interpreted = interpretNotification(
    generic.notifications,
    { trapOid: '1.3.6.1.4.1.1.0.5', varbinds, uptimeTicks: 1 },
    [port(1, '1')],
  );
  expect(interpreted).toEqual({
    events: [
      {
        kind: 'other',
        severity: 'info',
        position: null,
        text: 'The gateway sent notification 1.3.6.1.4.1.1.0.5, which this driver does not know.',
        alarmKey: null,
        detail: { notification: '1.3.6.1.4.1.1.0.5', '1.3.6.1.4.1.1.2.0': 'hello' },
      },
    ],
    implies: [],
    pollNow: false,
  });
});

test('a community that a proxy added is not kept', () => {
  const varbinds = [{ oid: '1.3.6.1.6.3.18.1.4.0', value: textValue('s3cret') }];
  const interpreted = interpretNotification(
    generic.notifications,
    { trapOid: '1.3.6.1.6.3.1.1.5.1', varbinds, uptimeTicks: 1 },
    [],
  );
  expect(JSON.stringify(interpreted)).not.toContain('s3cret');
});
