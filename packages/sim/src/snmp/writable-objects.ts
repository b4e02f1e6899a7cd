import type { PortKind } from '@loopstart/domain';
import type { Oid, SnmpValue } from '@loopstart/snmp';
import type { PortCommand } from '../line/gateway-life.ts';

/** The effect of a written value: on the port of its row, on the gateway, or none alone. */
export type Effect = PortCommand | 'reboot' | 'nothing';

/** Values that have been written and wait for a commit, by object and row. */
export type Pending = Map<string, number>;

/** One writable object, as in the vendor's MIB; this table is the simulator's own, not the driver's. */
export interface WritableObject {
  /** Name in the MIB. */
  readonly object: string;
  /** A column without its row, or a scalar with its `.0`. */
  readonly oid: Oid;
  readonly type: Extract<SnmpValue['type'], 'integer' | 'gauge32'>;
  /** The values of its SYNTAX. */
  readonly values: readonly number[];
  /** Kinds of ports that have a row; absent for scalars. */
  readonly rows?: readonly PortKind[];
  /** `row` is the index of the row, '' for scalars. */
  effect(value: number, pending: Pending, row: string): Effect;
}

const EACH = ['fxs', 'fxo'] as const;
const TRUTH = [1, 2];
/** Any value, of which one has an effect: an Integer32 with one defined value. */
const INTEGER_SAMPLE = Array.from({ length: 256 }, (_, value) => value);
const when = (order: number, effect: Effect) => (value: number) => (value === order ? effect : 'nothing');

const AC = '1.3.6.1.4.1.5003.9.10';
/** AC-ANALOG-MIB and AC-SYSTEM-MIB. */
const audiocodes: WritableObject[] = [
  {
    object: 'acAnalogCommonChannelAction',
    oid: `${AC}.8.3.3.1.1.2`,
    type: 'integer',
    values: [0, 1],
    rows: EACH,
    effect: when(1, 'reset'),
  },
  ...[
    { object: 'acAnalogFxsLineTestActivate', oid: `${AC}.8.3.2.1.1.2`, rows: ['fxs'] as const },
    { object: 'acAnalogFxoLineTestActivate', oid: `${AC}.8.3.1.1.1.2`, rows: ['fxo'] as const },
  ].map((table): WritableObject => ({ ...table, type: 'integer', values: [0, 1, 2, 3], effect: when(1, 'line-test') })),
  // resetFromFlashAfterBurn 1, resetFromFlashNoBurn 2, resetFromBootP 3: selects the kind of reset, has no effect
  // alone.
  {
    object: 'acSysActionSetResetControl',
    oid: `${AC}.10.3.1.1.2.0`,
    type: 'integer',
    values: [1, 2, 3],
    effect: () => 'nothing',
  },
  {
    object: 'acSysActionSetReset',
    oid: `${AC}.10.3.1.1.1.0`,
    type: 'gauge32',
    values: [0, 1],
    effect: when(1, 'reboot'),
  },
];

const TAU = '1.3.6.1.4.1.35265.1.9';
/** ELTEX-FXS72. "We will save all our fixes when Commit set to 1": a switch acts with the row's RowStatus. */
const eltexTau: WritableObject[] = [
  {
    object: 'fxsPortConfigDisabled',
    oid: `${TAU}.12.2.1.21`,
    type: 'integer',
    values: TRUTH,
    rows: EACH,
    effect: (value, pending, row) => {
      pending.set(`disabled/${row}`, value);
      return 'nothing';
    },
  },
  {
    object: 'fxsPortConfigRowStatus',
    oid: `${TAU}.12.2.1.34`,
    type: 'integer',
    values: [1, 2, 4, 5, 6],
    rows: EACH,
    effect: (value, pending, row) => {
      const disabled = pending.get(`disabled/${row}`);
      if (value !== 1 || disabled === undefined) return 'nothing';
      pending.delete(`disabled/${row}`);
      return disabled === 1 ? 'force-lock' : 'unlock';
    },
  },
  { object: 'fxsReboot', oid: `${TAU}.19.0`, type: 'integer', values: INTEGER_SAMPLE, effect: when(1, 'reboot') },
  {
    object: 'portTestRunTest',
    oid: `${TAU}.39.1.15`,
    type: 'integer',
    values: INTEGER_SAMPLE,
    rows: ['fxs'],
    effect: when(1, 'line-test'),
  },
];

const TAU8 = '1.3.6.1.4.1.35265.1.55';
/** ELTEX-TAU8. */
const eltexTauSmall: WritableObject[] = [
  {
    object: 'fxsPortEnabled',
    oid: `${TAU8}.1.1.2.1.2`,
    type: 'integer',
    values: TRUTH,
    rows: EACH,
    effect: (value) => (value === 1 ? 'unlock' : 'force-lock'),
  },
  { object: 'actionReboot', oid: `${TAU8}.10.2.0`, type: 'integer', values: TRUTH, effect: when(1, 'reboot') },
];

const ENDPOINT = '1.3.6.1.4.1.4935.1000.100.200.100.1500.1.200.1';
/**
 * MX-EPADM-MIB: each command takes noOp 0 and its own word 10. A lock waits for the end of a call, a forced one does
 * not.
 */
const mediatrixDgw: WritableObject[] = (
  [
    ['endpointUnlock', 600, 'unlock'],
    ['endpointLock', 700, 'lock'],
    ['endpointForceLock', 800, 'force-lock'],
  ] as const
).map(([object, column, command]) => ({
  object,
  oid: `${ENDPOINT}.${column}`,
  type: 'integer',
  values: [0, 10],
  rows: EACH,
  effect: when(10, command),
}));

/** MX-IF-ADMIN-MIB ifAdminSetAdmin: no-op 0, permanentUnlock 1, lock 2, forceLock 3, permanentForceLock 4, unlock 5. */
const mediatrixSip: WritableObject[] = [
  {
    object: 'ifAdminSetAdmin',
    oid: '1.3.6.1.4.1.4935.5.8.1.10.1.2',
    type: 'integer',
    values: [0, 1, 2, 3, 4, 5],
    rows: EACH,
    effect: (value) =>
      value === 1 || value === 5 ? 'unlock' : value === 2 ? 'lock' : value === 0 ? 'nothing' : 'force-lock',
  },
];

/** SMARTNODE-MIB deviceReload: reload 1. */
const patton: WritableObject[] = [
  {
    object: 'deviceReload',
    oid: '1.3.6.1.4.1.1768.100.2.1.0',
    type: 'integer',
    values: [1],
    effect: when(1, 'reboot'),
  },
];

/** The writable objects on gateways of each driver; drivers that are not listed have none. */
export const WRITABLE: Readonly<Record<string, readonly WritableObject[]>> = {
  audiocodes,
  'eltex-tau': eltexTau,
  'eltex-tau-small': eltexTauSmall,
  'mediatrix-dgw': mediatrixDgw,
  'mediatrix-sip': mediatrixSip,
  'patton-smartnode': patton,
};
