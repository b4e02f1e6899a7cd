import type { LineTestOutcomeWord } from '@loopstart/domain';
import { enumOf, scaled, whole } from '../../engine/codecs.ts';
import type { Unit } from '../../engine/offer.ts';
import type { LineTestSlice } from '../../engine/slices/line-test.ts';
import { snmp, type LineTestReadings } from '../../engine/steps.ts';
import { integerValue, numberIn } from '../../engine/values.ts';

const ANALOG_ACTION = '1.3.6.1.4.1.5003.9.10.8.3';
const RUN = 1;
const TIMEOUT_MS = 30_000;

/** acAnalogF.sLineTestActivate: noTestActivated 0, runLineTest 1, lineTestDone 2, testFailed 3. */
const over: ReadonlySet<number | undefined> = new Set([2, 3]);
const outcome = enumOf<LineTestOutcomeWord>({ 2: 'done', 3: 'failed' });

/** Runs the built-in test of a line and reads its result (AC-ANALOG-MIB). A test that failed is a result as well. */
export const lineTest: LineTestSlice = {
  measures: ['lineVoltageV', 'loopCurrentMa', 'ringVoltageV'],
  steps({ key, kind, position }, unit) {
    const entry = kind === 'fxs' ? `${ANALOG_ACTION}.2.1.1` : `${ANALOG_ACTION}.1.1.1`;
    const activate = `${entry}.2.${key}`;
    const readings = kind === 'fxs' ? fxsReadings(entry, key) : fxoReadings(entry, key);
    const measured = kind === 'fxs' && measures(position, unit) ? fxsMeasured(entry, key, unit.model) : {};
    return [
      snmp.set([{ oid: activate, value: integerValue(RUN) }]),
      snmp.readUntil(
        activate,
        (value) => (over.has(numberIn(value)) ? 'done' : numberIn(value) === undefined ? 'failed' : 'wait'),
        TIMEOUT_MS,
      ),
      snmp.readResult({ outcome: { oid: activate, decoder: outcome }, ...readings, ...measured }),
    ];
  },
};

/**
 * Whether the current and the voltages of this line are measured at all: "only in line no. 0; in case of MP124 in all
 * ports except ports 2 and 3; as of version 6.6 obsolete" (AC-ANALOG-MIB). Values that are not measured are not read,
 * so that a 0 of an obsolete object is never taken for a dead line.
 */
function measures(position: number, { model, firmware }: Unit): boolean {
  const version = /^(\d+)\.(\d)/.exec(firmware ?? '');
  if (model === null || version === null || Number(version[1]) + Number(version[2]) / 10 > 6.55) return false;
  const line = position - 1;
  return model === 'MP-124' ? line !== 2 && line !== 3 : line === 0;
}

/** acAnalogFxsLineTestTable: states. */
function fxsReadings(entry: string, key: string): LineTestReadings {
  return {
    hook: { oid: `${entry}.3.${key}`, decoder: enumOf({ 1: 'on-hook', 2: 'off-hook' }) },
    ringing: { oid: `${entry}.4.${key}`, decoder: enumOf({ 1: 'no', 2: 'yes' }) },
    polarity: { oid: `${entry}.5.${key}`, decoder: enumOf({ 1: 'normal', 2: 'reversed' }) },
    messageWaiting: { oid: `${entry}.6.${key}`, decoder: enumOf({ 1: 'no', 2: 'yes' }) },
  };
}

/** acAnalogFxsLineTest…Reading: current in 10 µA, voltages in 10 mV, but the line voltage of an MP-124 in V. */
function fxsMeasured(entry: string, key: string, model: string | null): LineTestReadings {
  const lineVolts = model === 'MP-124' ? 1 : 0.01;
  return {
    loopCurrentMa: { oid: `${entry}.7.${key}`, decoder: scaled(0.01, { min: 0, max: 30 }) },
    lineVoltageV: { oid: `${entry}.8.${key}`, decoder: scaled(lineVolts, { min: -200, max: 200 }) },
    ringVoltageV: { oid: `${entry}.10.${key}`, decoder: scaled(0.01, { min: -150, max: 150 }) },
  };
}

/** acAnalogFxoLineTestTable: connection, current in mA (-1: not measured), voltage in V (128: not measured). */
function fxoReadings(entry: string, key: string): LineTestReadings {
  return {
    exchangeLine: { oid: `${entry}.5.${key}`, decoder: enumOf({ 1: 'disconnected', 2: 'connected' }) },
    loopCurrentMa: { oid: `${entry}.6.${key}`, decoder: whole({ min: 0, max: 24 }, [-1]) },
    lineVoltageV: { oid: `${entry}.7.${key}`, decoder: whole({ min: -128, max: 127 }, [128]) },
  };
}
