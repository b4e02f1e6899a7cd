import type { PortInfo } from '@loopstart/contracts';
import type { Oid, SnmpValue, VarBind } from '@loopstart/snmp';
import type { LineTestOutcome, PortLife } from '../line/life.ts';

/** The facts that decide which measurements a unit has. */
export interface TestedUnit {
  readonly driverId: string;
  readonly model: string;
  readonly firmware: string | null;
}

/**
 * The rows of the vendor's line test table for one port; none before its first test, and where there is no such table.
 */
export function lineTestRows(unit: TestedUnit, port: PortInfo, life: PortLife): VarBind[] {
  const running = life.testEndsAt !== Infinity;
  if (!running && life.tested === null) return [];
  switch (unit.driverId) {
    case 'audiocodes':
      return port.kind === 'fxs' ? audiocodesFxs(unit, port, life) : audiocodesFxo(port, life);
    case 'eltex-tau':
      return port.kind === 'fxs' ? eltex(port, life) : [];
    default:
      return [];
  }
}

const integer = (value: number): SnmpValue => ({ type: 'integer', value: Math.round(value) });
const unsigned = (value: number): SnmpValue => ({ type: 'gauge32', value: Math.round(value) });
const text = (value: string): SnmpValue => ({ type: 'octets', value: new TextEncoder().encode(value) });

const row =
  (entry: Oid, key: string) =>
  (column: number, value: SnmpValue): VarBind => ({ oid: `${entry}.${column}.${key}`, value });

const AC_TESTS = '1.3.6.1.4.1.5003.9.10.8.3';
const RUN = 1;
const DONE = 2;
const FAILED = 3;

/** A circuit that cannot be fed cannot be tested: the unit has an alarm for each of these, and answers testFailed. */
const isFailed = ({ circuit, grounded }: LineTestOutcome) => circuit !== 'well' || grounded;

/**
 * acAnalogFxsLineTestTable. "This test is supported only in line no. 0. In case of MP124 this test is supported in all
 * ports except ports 2 and 3. As of version 6.6 this is an obsolete parameter" (AC-ANALOG-MIB, current and voltages).
 * The MP-124 gives its line voltage in volts, the others in 10 mV.
 */
function audiocodesFxs({ model, firmware }: TestedUnit, port: PortInfo, { tested, testEndsAt }: PortLife): VarBind[] {
  const cell = row(`${AC_TESTS}.2.1.1`, port.key);
  if (testEndsAt !== Infinity || tested === null) return [cell(2, integer(RUN))];
  if (isFailed(tested)) return [cell(2, integer(FAILED))];
  const { lineVoltageV, loopCurrentMa, ringVoltageV } = tested.electrics;
  const isMp124 = model === 'MP-124';
  const index = port.position - 1;
  const measures = isBefore66(firmware) && (isMp124 ? index !== 2 && index !== 3 : index === 0);
  return [
    cell(2, integer(DONE)),
    cell(3, integer(tested.hook === 'on-hook' ? 1 : 2)),
    cell(4, integer(1)),
    cell(5, integer(1)),
    cell(6, integer(1)),
    ...(measures
      ? [
          cell(7, unsigned(loopCurrentMa * 100)),
          cell(8, integer(lineVoltageV * (isMp124 ? 1 : 100))),
          cell(10, integer(ringVoltageV * 100)),
        ]
      : []),
  ];
}

function isBefore66(firmware: string | null): boolean {
  const [major = 0, minor = 0] = (/^(\d+)\.(\d)/.exec(firmware ?? '')?.slice(1) ?? []).map(Number);
  return major < 6 || (major === 6 && minor < 6);
}

/** acAnalogFxoLineTestTable: connection, current in mA, voltage in V. */
function audiocodesFxo(port: PortInfo, { tested, testEndsAt }: PortLife): VarBind[] {
  const cell = row(`${AC_TESTS}.1.1.1`, port.key);
  if (testEndsAt !== Infinity || tested === null) return [cell(2, integer(RUN))];
  const { lineVoltageV, loopCurrentMa } = tested.electrics;
  return [
    cell(2, integer(DONE)),
    cell(5, integer(lineVoltageV === 0 ? 1 : 2)),
    cell(6, integer(loopCurrentMa)),
    cell(7, integer(lineVoltageV)),
  ];
}

/** testPortsTable of ELTEX-FXS72: volts, kΩ and µF in texts. */
function eltex(port: PortInfo, { tested, testEndsAt, admin }: PortLife): VarBind[] {
  const cell = row('1.3.6.1.4.1.35265.1.9.39.1', port.key);
  const running = testEndsAt !== Infinity;
  const seconds = (atMs: number) => unsigned(Math.floor(atMs / 1_000));
  const status = admin === 'locked' ? 255 : running ? 1 : 2;
  const head = [
    cell(1, integer(status)),
    ...(running ? [cell(2, seconds(testEndsAt - ELTEX_TEST_MS))] : []),
    ...(tested === null ? [] : [cell(3, seconds(tested.startedAt)), cell(4, seconds(tested.endedAt))]),
  ];
  if (tested === null) return head;
  const flag = eltexFlag(tested);
  const { foreignTipV, foreignRingV, batteryV, resistanceKohm, capacitanceUf } = tested.electrics;
  const volts = [cell(6, text(foreignRingV.toFixed(1))), cell(7, text(foreignTipV.toFixed(1)))];
  const measured =
    flag === 255 || flag === 1
      ? []
      : [
          ...volts,
          cell(8, text(batteryV.toFixed(1))),
          // A foreign voltage falsifies measurements that use the unit's own voltage.
          ...(foreignTipV > 6 || foreignRingV > 6
            ? []
            : [
                cell(9, text(resistanceKohm.tipRing.toFixed(1))),
                cell(10, text(resistanceKohm.tipGround.toFixed(1))),
                cell(11, text(resistanceKohm.ringGround.toFixed(1))),
                cell(12, text(capacitanceUf.tipRing.toFixed(3))),
                cell(13, text(capacitanceUf.tipGround.toFixed(3))),
                cell(14, text(capacitanceUf.ringGround.toFixed(3))),
              ]),
        ];
  return [...head, cell(5, integer(flag)), ...measured];
}

const ELTEX_TEST_MS = 5_000;

/** FxsPortTestFlag: ok 0, overheat 1, leakageCurrent 2, resistanceNotMeasured 3, testFailure 255. */
function eltexFlag({ circuit, grounded, electrics }: LineTestOutcome): number {
  if (circuit === 'too-hot') return 1;
  if (circuit === 'failed') return 255;
  if (grounded) return 2;
  return electrics.foreignTipV > 6 || electrics.foreignRingV > 6 ? 3 : 0;
}
