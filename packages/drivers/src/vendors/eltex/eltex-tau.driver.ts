import type { PortKind, RegistrationState } from '@loopstart/domain';
import { celsius, enumOf, identityText, numberInText, sipHost, text, textOf } from '../../engine/codecs.ts';
import { column, scalar } from '../../engine/source.ts';
import { defineDriver } from '../../engine/driver.ts';
import { modelByName } from '../../engine/model.ts';
import { jointEnum } from '../../engine/joint.ts';
import { foldScalars } from '../../engine/resolvers.ts';
import { standardNotifications } from '../../engine/standard.ts';
import { snmp } from '../../engine/steps.ts';
import { integerValue } from '../../engine/values.ts';
import { portSwitch } from './eltex.actions.ts';
import { lineTest } from './eltex.line-test.ts';
import { eltexConfig } from './eltex.config.ts';

/** fxs72 (ELTEX-FXS72 with ELTEX-SMI-ACTUAL). */
const TAU = '1.3.6.1.4.1.35265.1.9';
const MONITOR = `${TAU}.12.1.1`;
const CONFIG = `${TAU}.12.2.1`;
const STATE = `${MONITOR}.3`;

const inService = { admin: 'unlocked', oper: 'in-service' } as const;
const offHook = { hook: 'off-hook', ...inService } as const;

/**
 * FxsPortState. The names mislead: 'hangdown' 0 is off hook and 'hangup' 1 is on hook, by the MIB's own comments and a
 * field template. The MIB does not define hook and call of 'blocked' 12 and 'void' 15.
 */
const portState = jointEnum(['call', 'hook', 'admin', 'oper'], {
  0: offHook,
  1: { hook: 'on-hook', call: 'idle', ...inService },
  2: { ...offHook, call: 'dialling' },
  3: { ...offHook, call: 'seizing' },
  4: { ...offHook, call: 'ring-back' },
  5: { hook: 'on-hook', call: 'ringing', ...inService },
  6: { ...offHook, call: 'talking' },
  7: { ...offHook, call: 'busy-tone' },
  8: { ...offHook, call: 'hold' },
  // holdDial: dialling while the other party is held.
  9: { ...offHook, call: 'hold' },
  // dvo: a supplementary service.
  10: { ...offHook, call: 'in-use' },
  11: { admin: 'unlocked', oper: 'testing' },
  12: { admin: 'unlocked', oper: 'out-of-service' },
  13: { ...offHook, call: 'seizing' },
  14: { ...offHook, call: 'conference' },
  15: {},
  16: offHook,
  17: { hook: 'on-hook', call: 'idle', ...inService },
  255: { admin: 'locked', oper: 'out-of-service' },
});

const temperature = (nth: number) =>
  scalar(`${TAU}.10.${4 + nth}`, `fxsMonitoringTemp${nth}`, celsius({ min: -40, max: 150 }));

const model = (name: string, fxs: number) => ({
  name,
  fxs,
  fxo: 0,
  sysObjectId: null,
  sysDescr: name,
  firmware: null,
});

const models = [
  model('TAU-36.IP', 36),
  model('TAU-72.IP', 72),
  model('TAU-32M.IP', 32),
  model('TAU-24.IP', 24),
  model('TAU-16.IP', 16),
  model('FXS-72', 72),
];

/** Eltex TAU-72, TAU-36, TAU-32M, TAU-24 and TAU-16. */
export const eltexTau = defineDriver({
  id: 'eltex-tau',
  vendor: 'Eltex',
  revision: 2,
  evidence: 'mib-only',
  maturityNote:
    'From the MIB only, until a capture proves it; a field template agrees on the line states. sysObjectID is not ' +
    'known, so recognition asks for the device name. Disabling a port writes its configuration row; it is not saved, ' +
    'so a restart brings the port back. The line test is there from TAU-SIP 2.7 on. Jitter and loss objects give no unit in the MIB and are not read. Notifications ' +
    'of the vendor are not in the MIB.',
  models,
  // fxsDevName.
  match: { probes: [`${TAU}.1.0`] },
  pollIntervalMs: 30_000,
  bulk: { maxRepetitions: 20, columnsPerPdu: 4 },
  gateway: {
    modelText: [
      scalar(`${TAU}.2`, 'fxsDevType', enumOf({ 16: 'FXS-72', 17: 'TAU-72.IP', 33: 'TAU-36.IP', 50: 'TAU-32M.IP' })),
      scalar(`${TAU}.1`, 'fxsDevName', identityText(128)),
    ],
    // fxsDevName counts where it is a model of the table: it may also be a name that a person gave the unit.
    model: ({ modelText }) => modelByName(models, modelText) ?? modelByName(models, modelText && `${modelText}.IP`),
    // Of the first SIP profile.
    sipServer: [
      column(`${TAU}.30.1.3.1.16`, 'sipProfileRegrar0', sipHost),
      column(`${TAU}.30.1.3.1.15`, 'sipProfileProxy0', sipHost),
    ],
    powerSource: [scalar(`${TAU}.10.14`, 'fxsMonitoringDevicePower', enumOf({ 1: 'mains', 2: 'dc' }))],
    measures: { cpuPercent: [scalar(`${TAU}.8`, 'fxsCpuUsage', numberInText({ min: 0, max: 100 }, '%'))] },
    resolvers: [foldScalars('temperatureC', [temperature(1), temperature(2), temperature(3), temperature(4)], 'max')],
  },
  ports: {
    rows: {
      kinds: [
        column(`${CONFIG}.62`, 'fxsPortType', textOf<PortKind>({ FXS: 'fxs', FXO: 'fxo', NONE: null })),
        column(STATE, 'fxsPortState', {
          ...enumOf<PortKind>({ 16: 'fxo', 17: 'fxo' }),
          decode: (value) =>
            value.type !== 'integer' ? undefined : value.value === 16 || value.value === 17 ? 'fxo' : 'fxs',
          encode: () => undefined,
        }),
      ],
      // fxsPortNumber (1..72).
      positionOf: (key) => Number(/^\d{1,3}$/.exec(key)?.[0] ?? 0) || null,
      keyOf: String,
    },
    info: {
      name: [column(`${MONITOR}.4`, 'fxsPortUserName', text(128))],
      number: [column(`${MONITOR}.2`, 'fxsPortPhoneNumber', text(64))],
    },
    state: {
      call: [column(STATE, 'fxsPortState', portState.call)],
      hook: [column(STATE, 'fxsPortState', portState.hook)],
      admin: [column(STATE, 'fxsPortState', portState.admin)],
      oper: [column(STATE, 'fxsPortState', portState.oper)],
      registration: [
        column(
          `${MONITOR}.10`,
          'fxsPortSipConnecteState',
          enumOf<RegistrationState>({ 0: 'not-used', 1: 'registered', 2: 'unregistered' }),
        ),
      ],
    },
  },
  actions: {
    rules: {
      ...portSwitch({
        // fxsPortConfigDisabled (TruthValue), committed with fxsPortConfigRowStatus active 1.
        write: ({ key }, locked) => [
          { oid: `${CONFIG}.21.${key}`, value: integerValue(locked ? 1 : 2) },
          { oid: `${CONFIG}.34.${key}`, value: integerValue(1) },
        ],
        read: ({ key }) => `${STATE}.${key}`,
        isLocked: (state) => state === 255,
      }),
      // fxsReboot: 1.
      reboot: { scope: 'gateway', steps: () => [snmp.set([{ oid: `${TAU}.19.0`, value: integerValue(1) }])] },
    },
    absent: 'no object for it was found in its MIB.',
  },
  lineTest: lineTest(`${TAU}.39`, { oid: STATE, decoder: portState.hook }),
  config: eltexConfig(models.map(({ name }) => name)),
  notifications: { rules: standardNotifications({ rowsAreInterfaces: false }) },
});
