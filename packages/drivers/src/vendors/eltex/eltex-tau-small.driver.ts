import type { AdminState, PortKind } from '@loopstart/domain';
import { enumOf, sipHost, text } from '../../engine/codecs.ts';
import { column } from '../../engine/source.ts';
import { defineDriver } from '../../engine/driver.ts';
import { standardNotifications } from '../../engine/standard.ts';
import { snmp } from '../../engine/steps.ts';
import { integerValue } from '../../engine/values.ts';
import { portSwitch } from './eltex.actions.ts';
import { eltexConfig } from './eltex.config.ts';

/** tau8 (ELTEX-TAU8). */
const TAU8 = '1.3.6.1.4.1.35265.1.55';
const PORT = `${TAU8}.1.1.2.1`;
const ENABLED = `${PORT}.2`;

const model = (name: string, fxs: number) => ({
  name,
  fxs,
  fxo: 0,
  sysObjectId: null,
  sysDescr: name,
  firmware: null,
});

/** Eltex TAU-4.IP and TAU-8.IP: configuration rows only, no line state. */
export const eltexTauSmall = defineDriver({
  id: 'eltex-tau-small',
  vendor: 'Eltex',
  revision: 2,
  evidence: 'mib-only',
  maturityNote:
    'From the MIB only, until a capture proves it. The MIB has the configuration of the ports and none of their line ' +
    'state: whether a port is enabled, its number and its polarity reversal are all it reports.',
  models: [model('TAU-8.IP', 8), model('TAU-4.IP', 4)],
  // fxsPortEnabled of the first port.
  match: { probes: [`${ENABLED}.1`] },
  pollIntervalMs: 60_000,
  bulk: { maxRepetitions: 8, columnsPerPdu: 4 },
  gateway: {
    model: ({ ports }) => (ports.length === 4 || ports.length === 8 ? `TAU-${ports.length}.IP` : null),
    // Of the first SIP profile.
    sipServer: [
      column(`${TAU8}.1.3.2.1.7`, 'sipProRegistrarip', sipHost),
      column(`${TAU8}.1.3.2.1.5`, 'sipProProxyip', sipHost),
    ],
  },
  ports: {
    rows: {
      kinds: [
        column(ENABLED, 'fxsPortEnabled', {
          ...enumOf<PortKind>({ 1: 'fxs' }),
          decode: (value) => (value.type === 'integer' ? 'fxs' : undefined),
          encode: () => undefined,
        }),
      ],
      // fxsPortIndex (from 1).
      positionOf: (key) => Number(/^\d{1,3}$/.exec(key)?.[0] ?? 0) || null,
      keyOf: String,
    },
    info: {
      number: [column(`${PORT}.5`, 'fxsPortPhone', text(64))],
      signalling: [column(`${PORT}.23`, 'fxsPortPolarityReverse', enumOf({ 1: 'polarity-reversal', 2: 'loop-start' }))],
    },
    state: { admin: [column(ENABLED, 'fxsPortEnabled', enumOf<AdminState>({ 1: 'unlocked', 2: 'locked' }))] },
  },
  actions: {
    rules: {
      ...portSwitch({
        write: ({ key }, locked) => [{ oid: `${ENABLED}.${key}`, value: integerValue(locked ? 2 : 1) }],
        read: ({ key }) => `${ENABLED}.${key}`,
        isLocked: (state) => state === 2,
      }),
      // actionReboot: true 1.
      reboot: { scope: 'gateway', steps: () => [snmp.set([{ oid: `${TAU8}.10.2.0`, value: integerValue(1) }])] },
    },
    absent: 'no object for it was found in its MIB.',
  },
  config: eltexConfig(['TAU-8.IP', 'TAU-4.IP']),
  notifications: { rules: standardNotifications({ rowsAreInterfaces: false }) },
});
