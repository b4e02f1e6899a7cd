import type { AdminState, OperState, PortKind, RegistrationState } from '@loopstart/domain';
import { booleanOf, enumOf, identityText, macAddress, sipHost, text } from '../../engine/codecs.ts';
import { column, scalar } from '../../engine/source.ts';
import { defineDriver } from '../../engine/driver.ts';
import { modelByObjectId } from '../../engine/model.ts';
import { jointEnum } from '../../engine/joint.ts';
import { joinByText } from '../../engine/resolvers.ts';
import { standardNotifications } from '../../engine/standard.ts';
import { mediatrixConfig } from './mediatrix.config.ts';
import { countries } from './mediatrix.countries.ts';
import { exchangeLine } from './mediatrix.exchange-line.ts';
import { firmwareInUse } from './mediatrix.firmware.ts';
import { endpointActions } from './mediatrix.lock.ts';

/** Root of the DGW services, and its products (MX-PRODUCTS2-MIB). */
const DGW = '1.3.6.1.4.1.4935.1000.100.200.100';
const PRODUCTS = '1.3.6.1.4.1.4935.1000.100.100';
const ENDPOINT = `${DGW}.1500.1.200.1`;
const LINE = `${DGW}.1800.1.100.1`;
const REGISTRATION = `${DGW}.1400.1.800.10000.1`;

/** MxEnableState: disable 0, enable 1. */
const enabled = booleanOf([1], [0]);

const model = (name: string, product: number, fxs: number, fxo = 0) => ({
  name,
  fxs,
  fxo,
  sysObjectId: `${PRODUCTS}.${product}`,
  sysDescr: `${name} Dgw`,
  firmware: 'Dgw 48.0.2340',
});
const models = [
  model('Mediatrix C710', 600, 4),
  model('Mediatrix 4108', 300, 8),
  model('Mediatrix 4124', 300, 24),
  model('Mediatrix C730', 600, 4, 4),
  model('Mediatrix S724', 900, 24),
  model('Mediatrix G7', 800, 8),
  model('Mediatrix Sentinel', 700, 8),
  model('Mediatrix LP24', 400, 24),
];

/** MX-POTS-MIB lineState: idle 100, inUse 200, disabled 300, bypass 400, down 500. It does not show the hook. */
const lineState = jointEnum(['oper', 'call'], {
  100: { oper: 'in-service', call: 'idle' },
  200: { oper: 'in-service', call: 'in-use' },
  300: { oper: 'out-of-service' },
  400: { oper: 'out-of-service' },
  500: { oper: 'out-of-service' },
});

/** Media5 (Mediatrix) units with DGW firmware: everything is readable by SNMP, rows are named by a text. */
export const mediatrixDgw = defineDriver({
  id: 'mediatrix-dgw',
  vendor: 'Mediatrix',
  revision: 2,
  evidence: 'mib-only',
  maturityNote:
    'From the MIB only, until a capture proves it; the objects are in real use by a provisioning project. The row ' +
    'index is a text that is read from the walk and never built; that lines and endpoints share it is not proven, ' +
    'nor that sysObjectID carries the product. Its SNMPv3 offers MD5, SHA-1 and DES only.',
  models,
  // unitInfoProductName, should sysObjectID not carry the product.
  match: { sysObjectIds: [PRODUCTS], probes: [`${DGW}.2000.1.100.100.0`] },
  pollIntervalMs: 30_000,
  bulk: { maxRepetitions: 10, columnsPerPdu: 5 },
  gateway: {
    modelText: [scalar(`${DGW}.2000.1.100.100`, 'unitInfoProductName', identityText(128))],
    model: (unit) => unit.modelText ?? modelByObjectId(models, unit),
    serial: [scalar(`${DGW}.2000.1.100.200`, 'unitInfoSerialNumber', identityText(128))],
    macAddress: [scalar(`${DGW}.2000.1.100.300`, 'unitInfoMacAddress', macAddress)],
    sipServer: [
      scalar(`${DGW}.1400.1.800.500`, 'defaultStaticRegistrarServerHost', sipHost),
      scalar(`${DGW}.1400.1.500.100`, 'defaultStaticProxyHomeDomainHost', sipHost),
    ],
    hardwareRevision: [scalar(`${DGW}.2000.1.100.400`, 'unitInfoHardwareRevision', identityText(128))],
    textResolvers: [firmwareInUse(`${DGW}.1300.1.100.1`)],
  },
  ports: {
    rows: {
      kinds: [column(`${LINE}.200`, 'lineTypeStatus', enumOf<PortKind>({ 100: 'fxs', 200: 'fxo' }))],
      // OCTET STRING index: its length, then its characters (RFC 2578 section 7.7).
      keyOf: (position) => indexOf(endpointName(position)),
    },
    nameOf: endpointName,
    info: {
      name: [column(`${ENDPOINT}.100`, 'endpointEpId', text(128)), column(`${LINE}.100`, 'lineId', text(128))],
      number: [column(`${DGW}.1400.1.400.1.200`, 'userAgentUsername', text(64))],
    },
    shared: {
      countryProfile: [scalar(`${DGW}.1775.1.100`, 'countrySelection', countries)],
      t38: [scalar(`${DGW}.1600.1.100.700.100`, 'defaultCodecT38DataEnable', enabled)],
    },
    codecs: {
      switches: [
        { name: 'PCMU', source: scalar(`${DGW}.1600.1.100.300.100.100`, 'defaultCodecG711MulawVoiceEnable', enabled) },
        { name: 'PCMA', source: scalar(`${DGW}.1600.1.100.300.200.100`, 'defaultCodecG711AlawVoiceEnable', enabled) },
        { name: 'G729', source: scalar(`${DGW}.1600.1.100.600.100`, 'defaultCodecG729VoiceEnable', enabled) },
      ],
    },
    state: {
      admin: [
        column(
          `${ENDPOINT}.300`,
          'endpointAdminState',
          enumOf<AdminState>({ 100: 'unlocked', 200: 'shutting-down', 300: 'locked' }),
        ),
      ],
      oper: [
        column(`${LINE}.300`, 'lineState', lineState.oper),
        column(`${ENDPOINT}.400`, 'endpointOpState', enumOf<OperState>({ 0: 'out-of-service', 1: 'in-service' })),
      ],
      call: [
        column(`${LINE}.300`, 'lineState', lineState.call),
        // idle 100, active 200, busy 300, idle-unusable 400.
        column(
          `${ENDPOINT}.500`,
          'endpointUsageState',
          enumOf({ 100: 'idle', 200: 'in-use', 300: 'in-use', 400: null }),
        ),
      ],
    },
    resolvers: [
      exchangeLine(`${DGW}.1800.1.20000.10100.100.1.200`),
      joinByText({
        field: 'registration',
        by: column(`${REGISTRATION}.300`, 'registrationStatusEndpoint', text(128)),
        value: column(
          `${REGISTRATION}.400`,
          'registrationStatusState',
          enumOf<RegistrationState>({
            100: 'unregistered',
            200: 'registering',
            300: 'registered',
            // A refresh keeps the existing registration.
            400: 'registered',
            500: 'unregistered',
            600: 'unreachable',
            700: 'auth-failed',
            800: 'rejected',
            900: 'rejected',
            1000: 'rejected',
          }),
        ),
        nameOf: ({ name }) => name,
        order: ['registered', 'registering', 'unregistered', 'unreachable', 'rejected', 'auth-failed'],
      }),
    ],
  },
  actions: {
    rules: endpointActions(ENDPOINT),
    absent: 'the grammar of its SNMP command object is not proven; it can be rebooted by its web page or CLI.',
  },
  config: mediatrixConfig,
  notifications: { rules: standardNotifications({ rowsAreInterfaces: false }) },
});

function endpointName(position: number): string {
  return `Port${String(position).padStart(2, '0')}`;
}

function indexOf(name: string): string {
  return [name.length, ...Array.from(name, (character) => character.charCodeAt(0))].join('.');
}
