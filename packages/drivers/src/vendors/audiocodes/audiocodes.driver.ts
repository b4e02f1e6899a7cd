import type { CapabilityField, PortKind } from '@loopstart/domain';
import {
  booleanOf,
  celsius,
  enumOf,
  identityText,
  numberAsText,
  sipHost,
  text,
  textMatch,
  whole,
} from '../../engine/codecs.ts';
import { column, ofChassis, scalar } from '../../engine/source.ts';
import { defineDriver } from '../../engine/driver.ts';
import type { ModelSpec } from '../../engine/model.ts';
import { modelByName, modelByObjectId } from '../../engine/model.ts';
import { standardNotifications, SYSTEM } from '../../engine/standard.ts';
import { snmp } from '../../engine/steps.ts';
import { integerValue } from '../../engine/values.ts';
import { alarmedCall, alarmedFault } from './audiocodes.alarms.ts';
import { coderNames } from './audiocodes.coders.ts';
import { lineTest } from './audiocodes.line-test.ts';
import { channelNumbers } from './audiocodes.numbers.ts';
import { activeAlarms, boardNotifications } from './audiocodes.traps.ts';
import { audiocodesConfig } from './audiocodes.config.ts';

/** audioCodes enterprise (AUDIOCODES-TYPES-MIB). */
const AC = '1.3.6.1.4.1.5003';
const PRODUCT = `${AC}.8.1.1`;
const GATEWAY = `${AC}.9.10.3.1.1`;
const SYSTEM_MIB = `${AC}.9.10.10`;

/** Ports of AC-ANALOG-MIB and AcBoard are counted from 0. */
const positionOf = (key: string) => (/^\d{1,4}$/.test(key) ? Number(key) + 1 : null);

const model = (name: string, product: number, fxs: number, proven?: readonly CapabilityField[]): ModelSpec => ({
  name,
  fxs,
  fxo: 0,
  sysObjectId: `${PRODUCT}.${product}`,
  sysDescr: `Product: GW ${fxs} FXS;SW Version: 6.60A.309.001`,
  firmware: '6.60A.309.001',
  ...(proven && { evidence: 'recording', proven }),
});

/** acProduct… of AUDIOCODES-TYPES-MIB. */
const models = [
  model('MP-118', 56, 8, ['hook', 'uptimeS']),
  model('MP-114', 57, 4),
  model('MP-112', 58, 2),
  model('MP-124', 3, 24),
  model('Mediant 1000', 47, 24),
  model('Mediant 600', 65, 8),
  model('Mediant 800 E-SBC', 72, 12),
  model('Mediant 500 E-SBC', 77, 4),
];

/** AudioCodes MediaPack and Mediant gateways with analogue ports. */
export const audiocodes = defineDriver({
  id: 'audiocodes',
  vendor: 'AudioCodes',
  revision: 3,
  evidence: 'recording',
  maturityNote:
    'A recorded walk of an MP-118 (8 FXS, 6.60A) proves recognition, port list, hook state, phone numbers, caller ' +
    'names, firmware and serial number. Everything else, and every other model, is from the MIB texts only: call ' +
    'state, faults by the active alarm table, temperature, CPU, memory, codecs, line test, reset and notifications. ' +
    'No object for the SIP registration of a port was found. Line voltage and loop current come from a line test only, on the first line (MP-124: on all but two) and up to ' +
    'firmware 6.5.',
  models,
  match: { sysObjectIds: [PRODUCT] },
  pollIntervalMs: 30_000,
  bulk: { maxRepetitions: 10, columnsPerPdu: 6 },
  gateway: {
    modelText: [scalar(`${SYSTEM_MIB}.2.3.1`, 'acSysIdName', identityText(128))],
    // acSysIdName is the product's name, but can be changed: it counts where it is in the table.
    model: (unit) => modelByObjectId(models, unit) ?? modelByName(models, unit.modelText),
    firmware: [
      scalar(`${SYSTEM_MIB}.2.2.1`, 'acSysVersionSoftware', identityText(128)),
      {
        oid: SYSTEM.sysDescr,
        object: 'sysDescr',
        codec: textMatch(/SW Version:\s*([^;]+)/, 128, (version) => `SW Version: ${version}`),
      },
    ],
    serial: [
      scalar(`${SYSTEM_MIB}.2.3.2`, 'acSysIdSerialNumber', numberAsText),
      ofChassis(11, 'entPhysicalSerialNum', identityText(128)),
    ],
    sipServer: [
      scalar(`${AC}.9.10.3.1.2.6.2`, 'sipRegistrationIP', sipHost),
      column(`${AC}.9.10.3.1.2.1.21.1.5`, 'proxyIPProxyIP', sipHost),
    ],
    measures: {
      temperatureC: [
        scalar(`${SYSTEM_MIB}.2.5.1`, 'acSysStateTemperature', celsius({ min: -40, max: 100 })),
        scalar(`${AC}.9.10.8.2.1.2`, 'acAnalogStatusMiscBoardTemperature', celsius({ min: -40, max: 100 })),
      ],
      cpuPercent: [scalar(`${SYSTEM_MIB}.2.5.8`, 'acSysStateDataCpuUtilization', whole({ min: 0, max: 100 }))],
      memoryPercent: [scalar(`${SYSTEM_MIB}.2.5.9`, 'acSysStateDataMemoryUtilization', whole({ min: 0, max: 100 }))],
    },
  },
  ports: {
    rows: {
      kinds: [
        column(`${AC}.9.10.8.2.20.1.1.2`, 'acAnalogFxsFxoType', enumOf<PortKind>({ 0: 'fxo', 1: 'fxs', 2: null })),
        column(`${AC}.9.10.1.4.1.1.17`, 'fXSorFXO', enumOf<PortKind>({ [-1]: null, 0: 'fxo', 1: 'fxs' })),
      ],
      positionOf,
      keyOf: (position) => String(position - 1),
    },
    info: {
      name: [
        column(`${GATEWAY}.4.15.21.1.5`, 'namesPortName', text(128)),
        column(`${GATEWAY}.4.13.21.1.5`, 'callerDisplayCallerDisplay', text(128)),
      ],
    },
    infoResolvers: [channelNumbers(`${GATEWAY}.1.21.1`)],
    shared: {
      // FXS of AudioCodes is loop start; the switch adds polarity reversal on answer.
      signalling: [
        scalar(`${GATEWAY}.4.1`, 'analogGWEnableReversalPolarity', enumOf({ 0: 'loop-start', 1: 'polarity-reversal' })),
      ],
      countryProfile: [
        scalar(
          `${AC}.9.10.8.1.3.1.12`,
          'acAnalogFxsCountryCoefficients',
          enumOf({ 66: 'Europe', 70: 'United States' }),
        ),
      ],
      // miscIsFaxUsed: noFax 0, t38 1, g711 2, fallBack 3 (T.38 first).
      t38: [scalar(`${GATEWAY}.11.7`, 'miscIsFaxUsed', booleanOf([1, 3], [0, 2]))],
    },
    codecs: { column: column(`${GATEWAY}.6.1.1.5`, 'codersName', coderNames) },
    state: {
      hook: [
        column(`${AC}.9.10.8.2.20.1.1.4`, 'acAnalogFxsFxoHookState', enumOf({ 1: 'on-hook', 2: 'off-hook' })),
        // The older object has the opposite values, and lists ports that are not analogue.
        column(`${AC}.9.10.1.4.1.1.18`, 'channelHookState', enumOf({ [-1]: null, 0: 'off-hook', 1: 'on-hook' })),
      ],
    },
    resolvers: [alarmedCall, alarmedFault],
  },
  actions: {
    rules: {
      'reset-port': {
        scope: 'port',
        // acAnalogCommonChannelAction: reset 1.
        steps: ({ key }) => [snmp.set([{ oid: `${AC}.9.10.8.3.3.1.1.2.${key}`, value: integerValue(1) }])],
      },
      reboot: {
        scope: 'gateway',
        steps: () => [
          // acSysActionSetResetControl: resetFromFlashAfterBurn 1, so that the current settings survive the reset.
          snmp.set([{ oid: `${SYSTEM_MIB}.3.1.1.2.0`, value: integerValue(1) }]),
          // acSysActionSetReset.
          snmp.set([{ oid: `${SYSTEM_MIB}.3.1.1.1.0`, value: { type: 'gauge32', value: 1 } }]),
        ],
      },
    },
    absent: 'AudioCodes can lock the whole gateway only, never a single port.',
  },
  lineTest,
  activeAlarms,
  config: audiocodesConfig,
  notifications: {
    rules: [...boardNotifications, ...standardNotifications({ rowsAreInterfaces: false })],
    // The prefix can be configured (SNMPTrapEnterpriseOid): the last two numbers identify the notification.
    trapOidTail: /\.0\.\d+$/,
  },
});
