import { describe, expect, test } from 'vitest';
import { interpretNotification } from '../../engine/slices/notifications.ts';
import { integerValue, textValue } from '../../engine/values.ts';
import { port, portsInWords } from '../../testing/support.ts';
import { ciscoIos } from './cisco-ios.driver.ts';

const MGMT = '1.3.6.1.4.1.9.9';
const vg = (more: string) => `1.3.6.1.2.1.1.1.0|4|Cisco IOS Software, VG Software, Version 15.7(3)M8, RELEASE
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1.2767
1.3.6.1.2.1.2.2.1.3.1|2|6
1.3.6.1.2.1.2.2.1.3.9|2|102
1.3.6.1.2.1.2.2.1.3.10|2|101
1.3.6.1.2.1.2.2.1.3.20|2|104
1.3.6.1.2.1.2.2.1.3.21|2|100
1.3.6.1.2.1.31.1.1.1.1.9|4|Fo0/1/0
1.3.6.1.2.1.2.2.1.7.9|2|1
1.3.6.1.2.1.2.2.1.8.9|2|5
${more}`;

describe('IOS voice ports', () => {
  test('are the FXS and FXO interfaces, not peers and not E&M', () => {
    const { gateway, rows, ports } = portsInWords(
      vg(`${MGMT}.62.1.4.2.1.1.9|2|2
${MGMT}.62.1.3.2.1.1.10|2|3
${MGMT}.62.1.4.2.1.2.9|2|2
${MGMT}.62.1.3.2.1.2.10|2|1
${MGMT}.62.1.4.1.1.1.9|2|2
${MGMT}.62.1.1.1.1.1.9|2|2
${MGMT}.64.1.1.1.1.12.9|4|CH`),
    );
    expect(gateway).toMatchObject({ model: 'VG400-2FXS2FXO', firmware: '15.7(3)M8' });
    expect(rows).toEqual([
      { position: 1, kind: 'fxs', admin: 'unlocked', oper: 'in-service', hook: 'off-hook' },
      { position: 2, kind: 'fxo', hook: 'off-hook', call: 'ringing' },
    ]);
    expect(ports[0]).toMatchObject({
      key: '9',
      name: 'Fo0/1/0',
      signalling: 'ground-start',
      impedance: '600r',
      countryProfile: 'CH',
    });
  });

  test('not ringing gives no call state', () => {
    expect(portsInWords(vg(`${MGMT}.62.1.4.2.1.2.9|2|2`)).why('call', 0)).toBe('not-applicable');
  });

  test('a port is registered where any of its call agents has it', () => {
    const voice = `${MGMT}.393.1`;
    const { rows, why } = portsInWords(
      vg(`${voice}.2.1.1.2.77|6|1.3.6.1.2.1.2.2.1.1.9
${voice}.2.1.1.2.78|6|1.3.6.1.2.1.2.2.1.1.10
${voice}.3.1.1.2.77.1|2|4
${voice}.3.1.1.2.77.2|2|3
${voice}.3.1.1.2.78.1|2|1`),
    );
    expect(rows[0]).toMatchObject({ registration: 'registered' });
    expect(why('registration', 1)).toBe('not-applicable');
  });
});

describe('notifications', () => {
  const interpret = (trapOid: string, varbinds: { oid: string; value: ReturnType<typeof integerValue> }[]) =>
    interpretNotification(ciscoIos.notifications, { trapOid, varbinds, uptimeTicks: 1 }, [port(1, '9')]);

  test.for([
    ['a sensor becomes critical', 3, 'temperature-high', 'critical'],
    ['a sensor is normal again', 1, 'temperature-normal', 'cleared'],
    ['a sensor in a state beyond the MIB', 99, 'temperature-high', 'warning'],
  ] as const)('%s', ([, state, kind, severity]) => {
    const interpreted = interpret(`${MGMT}.13.3.0.7`, [
      { oid: `${MGMT}.13.1.3.1.2.1`, value: textValue('chassis') },
      { oid: `${MGMT}.13.1.3.1.6.1`, value: integerValue(state) },
    ]);
    expect(interpreted.events[0]).toMatchObject({
      kind,
      severity,
      alarmKey: 'ciscoEnvMonTempStatusChangeNotif/chassis',
    });
  });

  test('a link names the port by its ifIndex', () => {
    const interpreted = interpret('1.3.6.1.6.3.1.1.5.3', [{ oid: '1.3.6.1.2.1.2.2.1.1.9', value: integerValue(9) }]);
    expect(interpreted.events[0]).toMatchObject({
      kind: 'link-down',
      severity: 'major',
      position: 1,
      alarmKey: 'link/9',
    });
    expect(interpreted.implies).toEqual([{ position: 1, oper: 'out-of-service' }]);
  });

  test('another link matches no port', () => {
    const interpreted = interpret('1.3.6.1.6.3.1.1.5.4', [{ oid: '1.3.6.1.2.1.2.2.1.1.1', value: integerValue(1) }]);
    expect(interpreted.events[0]).toMatchObject({ kind: 'link-up', severity: 'cleared', position: null });
    expect(interpreted.implies).toEqual([]);
  });

  test('a lost registration causes a poll', () => {
    const interpreted = interpret(`${MGMT}.393.0.1`, [
      { oid: `${MGMT}.393.1.2.1.1.3.4`, value: textValue('AN1') },
      { oid: `${MGMT}.393.1.3.1.1.2.4.1`, value: integerValue(5) },
    ]);
    expect(interpreted.events[0]).toMatchObject({
      kind: 'registration-lost',
      severity: 'major',
      text: 'Registration of "AN1" is now rejected.',
    });
    expect(interpreted.pollNow).toBe(true);
  });

  test('a log message is repeated, not evaluated', () => {
    const interpreted = interpret(`${MGMT}.41.2.0.1`, [
      { oid: `${MGMT}.41.1.2.3.1.3.1`, value: integerValue(4) },
      { oid: `${MGMT}.41.1.2.3.1.5.1`, value: textValue('Voice port 0/1/0 down') },
    ]);
    expect(interpreted.events[0]).toMatchObject({
      kind: 'other',
      severity: 'major',
      text: 'The gateway logged: Voice port 0/1/0 down',
    });
  });
});
