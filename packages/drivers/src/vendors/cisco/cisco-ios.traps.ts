import type { EventKind } from '@loopstart/contracts';
import {
  carried,
  carriedNumber,
  carriedText,
  keyed,
  plain,
  type EventSeverity,
  type NotificationRule,
} from '../../engine/slices/notifications.ts';
import { integerValue, textValue } from '../../engine/values.ts';
import { registrationStatus } from './cisco-ios.registration.ts';

const MGMT = '1.3.6.1.4.1.9.9';

/** CiscoEnvMonState: normal 1, warning 2, critical 3, shutdown 4, notPresent 5, notFunctioning 6. */
const ENV_SEVERITY: readonly EventSeverity[] = [
  'warning',
  'cleared',
  'warning',
  'critical',
  'critical',
  'warning',
  'major',
];
const ENV_WORDS = ['unknown', 'normal', 'warning', 'critical', 'shut down', 'not present', 'not functioning'];

/** A change of state of a sensor, fan or supply (CISCO-ENVMON-MIB). */
function environment(
  number: number,
  object: string,
  what: string,
  kinds: { bad: EventKind; good: EventKind },
  names: { descr: readonly [string, string]; state: readonly [string, string] },
): NotificationRule {
  const [descrOid, descrName] = names.descr;
  const [stateOid, stateName] = names.state;
  return {
    trapOid: `${MGMT}.13.3.0.${number}`,
    object,
    pollNow: true,
    means: keyed([kinds.bad, kinds.good], 'gateway'),
    carries: { [descrOid]: descrName, [stateOid]: stateName },
    interpret(input) {
      const state = carriedNumber(input, stateOid) ?? 0;
      const severity = ENV_SEVERITY[state] ?? 'warning';
      const name = carriedText(input, descrOid);
      return {
        kind: severity === 'cleared' ? kinds.good : kinds.bad,
        severity,
        position: null,
        text: `${what}${name ? ` "${name}"` : ''} is ${ENV_WORDS[state] ?? 'in an unknown state'}.`,
        alarmKey: `${object}/${name ?? ''}`,
      };
    },
    encode(wish) {
      if (wish.position !== null || (wish.kind !== kinds.bad && wish.kind !== kinds.good)) return null;
      return [
        { oid: `${descrOid}.1`, value: textValue('chassis') },
        { oid: `${stateOid}.1`, value: integerValue(wish.kind === kinds.good ? 1 : 3) },
      ];
    },
  };
}

const CLOG = `${MGMT}.41.1.2.3.1`;
/** SyslogSeverity of CISCO-SYSLOG-MIB is RFC 5424's plus one: emergency 1 … debug 8. */
const CLOG_SEVERITY: readonly EventSeverity[] = [
  'info',
  'critical',
  'critical',
  'critical',
  'major',
  'warning',
  'info',
  'info',
  'info',
];

const syslogMessage: NotificationRule = {
  trapOid: `${MGMT}.41.2.0.1`,
  object: 'clogMessageGenerated',
  pollNow: false,
  means: [{ kind: 'other', about: 'gateway', keyed: false }],
  carries: {
    [`${CLOG}.2`]: 'clogHistFacility',
    [`${CLOG}.3`]: 'clogHistSeverity',
    [`${CLOG}.4`]: 'clogHistMsgName',
    [`${CLOG}.5`]: 'clogHistMsgText',
  },
  interpret: (input) => ({
    kind: 'other',
    severity: CLOG_SEVERITY[carriedNumber(input, `${CLOG}.3`) ?? 0] ?? 'info',
    position: null,
    text: `The gateway logged: ${carriedText(input, `${CLOG}.5`) ?? 'a message without text'}`,
    alarmKey: null,
  }),
};

const DEVICE_NAME = `${MGMT}.393.1.2.1.1.3`;

/** Names the device, not the port: the poll that follows finds the port, so there is nothing to clear. */
const registrationChange: NotificationRule = {
  trapOid: `${MGMT}.393.0.1`,
  object: 'cvcPortRegistrationStatusChange',
  pollNow: true,
  means: [
    { kind: 'registration-lost', about: 'gateway', keyed: false },
    { kind: 'registration-restored', about: 'gateway', keyed: false },
  ],
  carries: { [DEVICE_NAME]: 'cvcPortDeviceName', [registrationStatus.oid]: 'cvcRegistrationStatus' },
  interpret(input) {
    const status = carried(input, registrationStatus.oid);
    const word = status && registrationStatus.codec.decode(status.value);
    const name = carriedText(input, DEVICE_NAME);
    const registered = word === 'registered';
    return {
      kind: registered ? 'registration-restored' : 'registration-lost',
      severity: registered ? 'cleared' : word ? 'major' : 'warning',
      position: null,
      text: `Registration of ${name ? `"${name}"` : 'a port'} is now ${word ?? 'unknown'}.`,
      alarmKey: null,
    };
  },
  encode(wish) {
    if (wish.position !== null || (wish.kind !== 'registration-lost' && wish.kind !== 'registration-restored'))
      return null;
    const word = wish.kind === 'registration-restored' ? 'registered' : 'unregistered';
    const value = registrationStatus.codec.encode(word);
    return [
      { oid: `${DEVICE_NAME}.1`, value: textValue('AN0000000000001') },
      ...(value ? [{ oid: `${registrationStatus.oid}.1.1`, value }] : []),
    ];
  },
};

const ENV = `${MGMT}.13.1`;

/** Notifications of CISCO-ENVMON, -SYSLOG, -CONFIG-MAN, -VOICE-DIAL-CONTROL and -VOICE-CONNECTIVITY-MIB. */
export const iosNotifications: readonly NotificationRule[] = [
  environment(
    7,
    'ciscoEnvMonTempStatusChangeNotif',
    'Temperature sensor',
    { bad: 'temperature-high', good: 'temperature-normal' },
    {
      descr: [`${ENV}.3.1.2`, 'ciscoEnvMonTemperatureStatusDescr'],
      state: [`${ENV}.3.1.6`, 'ciscoEnvMonTemperatureState'],
    },
  ),
  environment(
    8,
    'ciscoEnvMonFanStatusChangeNotif',
    'Fan',
    { bad: 'fan-failed', good: 'fan-restored' },
    { descr: [`${ENV}.4.1.2`, 'ciscoEnvMonFanStatusDescr'], state: [`${ENV}.4.1.3`, 'ciscoEnvMonFanState'] },
  ),
  environment(
    9,
    'ciscoEnvMonSuppStatusChangeNotif',
    'Power supply',
    { bad: 'power-lost', good: 'power-restored' },
    { descr: [`${ENV}.5.1.2`, 'ciscoEnvMonSupplyStatusDescr'], state: [`${ENV}.5.1.3`, 'ciscoEnvMonSupplyState'] },
  ),
  syslogMessage,
  plain(`${MGMT}.43.2.0.1`, 'ciscoConfigManEvent', {
    kind: 'config-changed',
    severity: 'info',
    text: 'The configuration was changed or copied.',
    pollNow: true,
  }),
  plain(`${MGMT}.63.2.0.1`, 'cvdcPoorQoVNotification', {
    kind: 'quality-poor',
    severity: 'minor',
    text: 'A call had poor voice quality.',
  }),
  registrationChange,
];
