import { celsius, enumOf, identityText, text, textMatch, whole } from '../../engine/codecs.ts';
import { column, ofChassis, scalar } from '../../engine/source.ts';
import { defineDriver } from '../../engine/driver.ts';
import { modelByObjectId } from '../../engine/model.ts';
import {
  ifAdminStatus,
  ifAlias,
  ifDescr,
  ifName,
  ifOperStatus,
  ifRows,
  standardNotifications,
  SYSTEM,
} from '../../engine/standard.ts';
import { callAgentRegistration } from './cisco-ios.registration.ts';
import { iosNotifications } from './cisco-ios.traps.ts';
import { ciscoIosConfig } from './cisco-ios.config.ts';

/** ciscoProducts (CISCO-PRODUCTS-MIB) and ciscoMgmt (CISCO-SMI). */
const PRODUCTS = '1.3.6.1.4.1.9.1';
const MGMT = '1.3.6.1.4.1.9.9';

const chassis = (arc: number, object: string) => ofChassis(arc, object, identityText(128));
const calls = whole({ min: 0, max: 65_535 });

const model = (name: string, product: number, fxs: number, fxo = 0) => ({
  name,
  fxs,
  fxo,
  sysObjectId: `${PRODUCTS}.${product}`,
  sysDescr: 'Cisco IOS Software, Version 15.7(3)M8, RELEASE SOFTWARE',
  firmware: '15.7(3)M8',
});

const models = [
  model('VG204XM', 1747, 4),
  model('VG200', 279, 4),
  model('VG202', 964, 2),
  model('VG202XM', 1746, 2),
  model('VG204', 963, 4),
  model('VG224', 558, 24),
  model('VG248', 404, 48),
  model('VG310', 1769, 24),
  model('VG320', 1770, 48),
  model('VG350', 1557, 160),
  model('VG400-2FXS2FXO', 2767, 2, 2),
  model('VG400-4FXS4FXO', 2768, 4, 4),
  model('VG400-6FXS6FXO', 2769, 6, 6),
  model('VG400-8FXS', 2770, 8),
  model('VG410-24FXS', 3258, 24),
  model('VG410-48FXS', 3259, 48),
  model('VG420-144FXS', 3071, 144),
  model('VG420-132FXS6FXO', 3072, 132, 6),
  model('VG420-84FXS6FXO', 3073, 84, 6),
  model('VG450', 2693, 144),
];

/** cvaIf…HookStatus: a trunked port is permanently connected, so its loop is closed. */
const hook = enumOf({ 1: 'on-hook', 2: 'off-hook', 3: 'off-hook' });
/** TruthValue of ringing: false does not show whether there is a call. */
const ringing = enumOf({ 1: 'ringing', 2: null }, { otherwise: 2 });

/** Cisco IOS and IOS-XE voice gateways, and routers with analogue voice ports. */
export const ciscoIos = defineDriver({
  id: 'cisco-ios',
  vendor: 'Cisco',
  revision: 2,
  evidence: 'mib-only',
  maturityNote:
    'From the MIB only for analogue ports. A recorded walk of an ISR4321 without them proves model, serial number, ' +
    'firmware and active calls, and that its voice peers are not taken for ports. A Cisco device is shown with ports ' +
    'only where ifType 101 or 102 rows exist. The registration object is that of ports controlled by a call agent; a ' +
    'SIP registration is not in SNMP.',
  models,
  match: { sysObjectIds: [PRODUCTS] },
  pollIntervalMs: 30_000,
  bulk: { maxRepetitions: 20, columnsPerPdu: 6 },
  gateway: {
    modelText: [chassis(13, 'entPhysicalModelName')],
    model: (unit) => modelByObjectId(models, unit) ?? unit.modelText,
    firmware: [
      {
        oid: SYSTEM.sysDescr,
        object: 'sysDescr',
        codec: textMatch(/Version ([^,\s]+)/, 128, (version) => `Version ${version}`),
      },
      chassis(10, 'entPhysicalSoftwareRev'),
    ],
    hardwareRevision: [chassis(8, 'entPhysicalHardwareRev')],
    serial: [chassis(11, 'entPhysicalSerialNum')],
    measures: {
      temperatureC: [
        {
          ...column(`${MGMT}.13.1.3.1.3`, 'ciscoEnvMonTemperatureStatusValue', celsius({ min: -40, max: 150 })),
          fold: 'max',
        },
      ],
      activeCalls: [
        scalar(`${MGMT}.63.1.3.8.2`, 'cvCallVolConnTotalActiveConnections', calls),
        // One row a protocol; answered by an ISR4321 where the total is absent.
        { ...column(`${MGMT}.63.1.3.8.1.1.2`, 'cvCallVolConnActiveConnection', calls), fold: 'sum' },
      ],
    },
  },
  ports: {
    rows: ifRows,
    info: {
      name: [ifName, ifAlias, ifDescr],
      signalling: [
        column(`${MGMT}.62.1.4.1.1.1`, 'cvaIfFXSCfgSignalType', enumOf({ 1: 'loop-start', 2: 'ground-start' })),
      ],
      impedance: [
        column(
          `${MGMT}.62.1.1.1.1.1`,
          'cvaIfCfgImpedance',
          enumOf({ 1: 'other', 2: '600r', 3: '600c', 4: '900c', 5: 'complex 1', 6: 'complex 2' }),
        ),
      ],
      countryProfile: [column(`${MGMT}.64.1.1.1.1.12`, 'cvIfCfgRegionalTone', text(64))],
    },
    state: {
      admin: [ifAdminStatus],
      oper: [ifOperStatus],
      hook: [
        column(`${MGMT}.62.1.4.2.1.1`, 'cvaIfFXSHookStatus', hook),
        column(`${MGMT}.62.1.3.2.1.1`, 'cvaIfFXOHookStatus', hook),
      ],
      call: [
        column(`${MGMT}.62.1.4.2.1.2`, 'cvaIfFXSRingActive', ringing),
        column(`${MGMT}.62.1.3.2.1.2`, 'cvaIfFXORingDetect', ringing),
      ],
    },
    resolvers: [callAgentRegistration],
  },
  actions: { rules: {}, absent: 'IOS takes its analogue settings by configuration text only.' },
  config: ciscoIosConfig,
  notifications: { rules: [...iosNotifications, ...standardNotifications({ rowsAreInterfaces: true })] },
});
