import type { RegistrationState } from '@loopstart/domain';
import { defineDriver } from '../../engine/driver.ts';
import { column, scalar } from '../../engine/source.ts';
import type { PortResolver } from '../../engine/slices/ports.ts';
import { macAddress, sipHost, textOf, whole } from '../../engine/codecs.ts';
import type { NotificationRule } from '../../engine/slices/notifications.ts';
import { plain } from '../../engine/slices/notifications.ts';
import { foldScalars } from '../../engine/resolvers.ts';
import { misunderstood } from '../../engine/answers.ts';
import {
  ifAdminStatus,
  ifAlias,
  ifDescr,
  ifName,
  ifOperStatus,
  ifRows,
  standardNotifications,
} from '../../engine/standard.ts';
import { isAnswer, numberIn, textValue, integerValue } from '../../engine/values.ts';
import { vegaConfig } from './vega.config.ts';

/** vsplatform (VEGA-GATEWAY-MIB): sysObjectID and root of the vendor's objects. */
const VEGA = '1.3.6.1.4.1.4686.11';
const calls = whole({ min: 0, max: 100_000 });

const user = column(`${VEGA}.2.3.1.2`, 'sipRegisterUser', whole({ min: 0, max: 10_000 }));
const status = column(
  `${VEGA}.2.3.1.3`,
  'sipRegisterStatus',
  // The MIB defines an OCTET STRING without its words; these are the ones of its notifications.
  textOf<RegistrationState>({
    Registered: 'registered',
    'Not Registered': 'unregistered',
    Unregistered: 'unregistered',
    Registering: 'registering',
    Failed: 'rejected',
    'Registration Failed': 'rejected',
  }),
);

/**
 * Registration of the SIP user with the port's number: the numbering that provisioning templates for Vega use. The MIB
 * itself does not link a user to a port.
 */
const registration: PortResolver<'registration'> = {
  field: 'registration',
  scalars: [],
  columns: [user, status],
  decode(answers, ports, sink) {
    const indexes = new Map(ports.map(({ position }, at) => [position, at]));
    for (const [key, numbered] of answers.columns.get(user.oid) ?? []) {
      const at = isAnswer(numbered) ? indexes.get(numberIn(numbered) ?? 0) : undefined;
      const value = answers.columns.get(status.oid)?.get(key);
      if (at === undefined || !isAnswer(value)) continue;
      const word = status.codec.decode(value);
      if (word) sink.set(at, word);
      else sink.miss(at, word === null ? 'not-applicable' : 'invalid-value');
      if (word === undefined) sink.problem(`${status.oid}.${key}`, misunderstood(status, value));
    }
  },
  encode: ({ ports, states }) =>
    ports.flatMap(({ position }, at) => {
      const word = states[at]?.registration ?? null;
      if (word === null) return [];
      return [
        { oid: `${user.oid}.${position}`, value: integerValue(position) },
        { oid: `${status.oid}.${position}`, value: status.codec.encode(word) ?? textValue('Failed') },
      ];
    }),
  words: ['registered', 'unregistered', 'registering', 'rejected'],
};

const trap = (number: number, object: string, meaning: Parameters<typeof plain>[2]): NotificationRule =>
  plain(`${VEGA}.0.${number}`, object, meaning);

/** TRAP-TYPEs of the MIB in the v2 form of RFC 3584. They name no port: a poll finds it. */
const traps: NotificationRule[] = [
  trap(21, 'configNotLoaded', {
    kind: 'other',
    severity: 'info',
    text: 'The configuration was not loaded: it has not changed.',
  }),
  trap(22, 'firmwareNotLoaded', {
    kind: 'other',
    severity: 'info',
    text: 'The firmware was not loaded: it is not newer.',
  }),
  trap(23, 'configLoaded', {
    kind: 'config-changed',
    severity: 'info',
    text: 'A configuration was loaded.',
    pollNow: true,
  }),
  trap(24, 'firmwareLoaded', {
    kind: 'firmware-changed',
    severity: 'warning',
    text: 'A firmware was loaded.',
    pollNow: true,
  }),
  trap(25, 'bypassRelayActivated', {
    kind: 'emergency-call',
    severity: 'major',
    text: 'An emergency call holds port 1 or 2 on the bypass relay.',
    pollNow: true,
  }),
  trap(30, 'pktLossThresholdExceed', {
    kind: 'quality-poor',
    severity: 'minor',
    text: 'Packet loss is above its threshold.',
  }),
  trap(31, 'playoutThresholdExceed', {
    kind: 'quality-poor',
    severity: 'minor',
    text: 'Play-out delay is above its threshold.',
  }),
  trap(32, 'jitterThresholdExceed', {
    kind: 'quality-poor',
    severity: 'minor',
    text: 'Jitter is above its threshold.',
  }),
  trap(40, 'sysFanFailed', { kind: 'fan-failed', severity: 'major', text: 'All fans failed.', alarmKey: 'fan' }),
  trap(41, 'sysFanOK', { kind: 'fan-restored', severity: 'cleared', text: 'The fans run again.', alarmKey: 'fan' }),
  trap(42, 'sysOverTempIndication', {
    kind: 'temperature-high',
    severity: 'major',
    text: 'The gateway is too hot.',
    alarmKey: 'temperature',
    pollNow: true,
  }),
  trap(43, 'sysOverTempOK', {
    kind: 'temperature-normal',
    severity: 'cleared',
    text: 'The temperature is normal again.',
    alarmKey: 'temperature',
    pollNow: true,
  }),
  trap(44, 'sysOverPower', {
    kind: 'alarm-raised',
    severity: 'major',
    text: 'The gateway draws too much power.',
    alarmKey: 'power',
    pollNow: true,
  }),
  trap(45, 'sysOverPowerOK', {
    kind: 'alarm-cleared',
    severity: 'cleared',
    text: 'Power consumption is normal again.',
    alarmKey: 'power',
    pollNow: true,
  }),
  trap(46, 'fxsPortShutDown', {
    kind: 'port-fault',
    severity: 'major',
    text: 'An FXS port shut itself down because it was too hot.',
    pollNow: true,
  }),
  trap(50, 'sipRegistrationSuccess', {
    kind: 'registration-restored',
    severity: 'cleared',
    text: 'A SIP user registered.',
    pollNow: true,
  }),
  trap(51, 'sipRegistrationFailure', {
    kind: 'registration-lost',
    severity: 'major',
    text: 'A SIP user could not register.',
    pollNow: true,
  }),
  trap(52, 'sipUnRegistered', {
    kind: 'registration-lost',
    severity: 'warning',
    text: 'A SIP user is no longer registered.',
    pollNow: true,
  }),
  trap(60, 'iSDNLinkUp', {
    kind: 'link-up',
    severity: 'cleared',
    text: 'An ISDN link went up.',
    alarmKey: 'isdn-link',
  }),
  trap(61, 'iSDNLinkDown', {
    kind: 'link-down',
    severity: 'warning',
    text: 'An ISDN link went down.',
    alarmKey: 'isdn-link',
  }),
  trap(62, 'lANLinkUp', { kind: 'link-up', severity: 'cleared', text: 'A LAN link went up.', alarmKey: 'lan-link' }),
  trap(63, 'lANLinkDown', {
    kind: 'link-down',
    severity: 'warning',
    text: 'A LAN link went down.',
    alarmKey: 'lan-link',
  }),
  trap(64, 'cOLDSTART', { kind: 'cold-start', severity: 'warning', text: 'The gateway started cold.', pollNow: true }),
  trap(65, 'wARMSTART', { kind: 'warm-start', severity: 'warning', text: 'The gateway restarted.', pollNow: true }),
  trap(66, 'dspFatalError', {
    kind: 'alarm-raised',
    severity: 'critical',
    text: 'A signal processor failed; the gateway reboots.',
    pollNow: true,
  }),
];

const model = (name: string, fxs: number, fxo: number) => ({
  name,
  fxs,
  fxo,
  sysObjectId: VEGA,
  sysDescr: `${name} gateway`,
  firmware: null,
});

/** Sangoma (Vegastream) Vega gateways. */
export const sangoma = defineDriver({
  id: 'sangoma-vega',
  vendor: 'Sangoma',
  revision: 3,
  evidence: 'mib-only',
  maturityNote:
    'From the MIB only, until a capture proves it. Ports come from IF-MIB; registration is that of the SIP user with ' +
    "the port's number, which is usual in configurations and not defined by the MIB; its status words are not listed " +
    'there either, and unknown ones are shown as unknown. Notifications name no port.',
  models: [model('Vega 50', 8, 2), model('Vega 3000', 24, 2), model('Vega 5000', 50, 2)],
  match: { sysObjectIds: [VEGA] },
  pollIntervalMs: 30_000,
  bulk: { maxRepetitions: 10, columnsPerPdu: 4 },
  gateway: {
    // Its own MIB has neither serial number nor MAC address: that of its first interface recognises the unit (RFC 2863).
    macAddress: [column('1.3.6.1.2.1.2.2.1.6', 'ifPhysAddress', macAddress)],
    sipServer: [column(`${VEGA}.2.3.1.5`, 'sipRegisterRegistrar', sipHost)],
    model: ({ sysDescr }) => /\bVega\s?\d+\w*/i.exec(sysDescr ?? '')?.[0] ?? null,
    resolvers: [
      foldScalars(
        'activeCalls',
        [scalar(`${VEGA}.1.16`, 'inboundCurrUse', calls), scalar(`${VEGA}.1.17`, 'outboundCurrUse', calls)],
        'sum',
      ),
    ],
  },
  ports: {
    rows: ifRows,
    info: { name: [ifName, ifAlias, ifDescr] },
    state: { admin: [ifAdminStatus], oper: [ifOperStatus] },
    resolvers: [registration],
  },
  actions: { rules: {}, absent: 'all its objects are read-only; a Vega is changed by its configuration text.' },
  config: vegaConfig,
  notifications: { rules: [...traps, ...standardNotifications({ rowsAreInterfaces: true })] },
});
