import type { LineTestOutcomeWord } from '@loopstart/domain';
import type { Oid } from '@loopstart/snmp';
import { decimalText, enumOf, whole, type Codec } from '../../engine/codecs.ts';
import type { LineTestSlice } from '../../engine/slices/line-test.ts';
import { snmp, type LineTestReadings } from '../../engine/steps.ts';
import { integerValue, numberIn } from '../../engine/values.ts';

const RUN = 1;
const TIMEOUT_MS = 60_000;
/** Until then the row may still show the end of an earlier test. */
const BEGINS_MS = 2_000;

/** FxsPortTestStatus: idle 0, requested 1, completed 2, disabled 255. */
const PROGRESS: ReadonlyMap<number, 'wait' | 'done'> = new Map([
  [0, 'wait'],
  [1, 'wait'],
  [2, 'done'],
]);

/** FxsPortTestFlag. */
const flag = enumOf<LineTestOutcomeWord>({
  [-1]: 'unknown',
  0: 'done',
  1: 'too-hot',
  2: 'leakage-current',
  3: 'resistance-not-measured',
  4: 'capacitance-not-measured',
  5: 'not-available',
  255: 'failed',
});

const volts = decimalText({ min: -1_000, max: 1_000 });
const kiloohms = decimalText({ min: 0, max: 1_000_000 });
const microfarads = decimalText({ min: 0, max: 10_000 });
const epochS = whole({ min: 1, max: 4_294_967_295 });

/**
 * Runs the line test of testPortsTable (ELTEX-FXS72, TAU-SIP 2.7 and later): foreign voltages, the supply of the line,
 * resistances and capacitances of all pairs. `hook` is the driver's own reading of the port's state.
 */
export function lineTest(table: Oid, hook: { oid: Oid; decoder: Codec<string> }): LineTestSlice {
  return {
    // testPortsTable exists from TAU-SIP 2.7 on.
    offer: { firmware: { from: '2.7' } },
    steps({ key, kind }) {
      if (kind !== 'fxs') return [];
      const cell = (column: number) => `${table}.1.${column}.${key}`;
      const readings: LineTestReadings = {
        outcome: { oid: cell(5), decoder: flag },
        hook: { oid: `${hook.oid}.${key}`, decoder: hook.decoder },
        foreignRingV: { oid: cell(6), decoder: volts },
        foreignTipV: { oid: cell(7), decoder: volts },
        supplyVoltageV: { oid: cell(8), decoder: volts },
        resistanceTipRingKohm: { oid: cell(9), decoder: kiloohms },
        resistanceTipGroundKohm: { oid: cell(10), decoder: kiloohms },
        resistanceRingGroundKohm: { oid: cell(11), decoder: kiloohms },
        capacitanceTipRingUf: { oid: cell(12), decoder: microfarads },
        capacitanceTipGroundUf: { oid: cell(13), decoder: microfarads },
        capacitanceRingGroundUf: { oid: cell(14), decoder: microfarads },
        endS: { oid: cell(4), decoder: epochS },
      };
      return [
        snmp.readResult({ earlierEndS: { oid: cell(4), decoder: epochS } }),
        snmp.set([{ oid: cell(15), value: integerValue(RUN) }]),
        { waitForMs: BEGINS_MS },
        snmp.readUntil(cell(1), (value) => PROGRESS.get(numberIn(value) ?? Number.NaN) ?? 'failed', TIMEOUT_MS),
        snmp.readResult(readings),
      ];
    },
  };
}
