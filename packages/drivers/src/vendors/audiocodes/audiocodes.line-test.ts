import { enumOf, scaled, whole } from '../../engine/codecs.ts';
import type { ActionRule, ActionStep } from '../../engine/actions.ts';
import { integerValue, numberIn } from '../../engine/values.ts';

const ANALOG_ACTION = '1.3.6.1.4.1.5003.9.10.8.3';
const RUN = 1;
const TIMEOUT_MS = 30_000;

/** acAnalogF.sLineTestActivate: noTestActivated 0, runLineTest 1, lineTestDone 2, testFailed 3. */
const done = { 0: 'wait', 1: 'wait', 2: 'done', 3: 'failed' } as const;

/**
 * Runs the built-in test of a line and reads its result (AC-ANALOG-MIB). Current and voltages are measured on the
 * first line only, on an MP-124 on all but two, and not at all by firmware from 6.6 on: they are null then. The
 * MP-124 gives volts where the others give hundredths, so voltages are read only where the model is known.
 */
export const lineTest: ActionRule = {
  scope: 'port',
  steps({ key, kind }, model) {
    const entry = kind === 'fxs' ? `${ANALOG_ACTION}.2.1.1` : `${ANALOG_ACTION}.1.1.1`;
    const activate = `${entry}.2.${key}`;
    return [
      { set: [{ oid: activate, value: integerValue(RUN) }] },
      {
        readUntil: {
          oid: activate,
          done: (value) => done[numberIn(value) as keyof typeof done] ?? 'failed',
          timeoutMs: TIMEOUT_MS,
        },
      },
      { readResult: kind === 'fxs' ? fxsReadings(entry, key, model) : fxoReadings(entry, key) },
    ];
  },
};

type Readings = Extract<ActionStep, { readResult: unknown }>['readResult'];

/** acAnalogFxsLineTestTable. */
function fxsReadings(entry: string, key: string, model: string | null): Readings {
  const readings: Readings = {
    hook: { oid: `${entry}.3.${key}`, decoder: enumOf({ 1: 'on-hook', 2: 'off-hook' }) },
    ringing: { oid: `${entry}.4.${key}`, decoder: enumOf({ 1: 'no', 2: 'yes' }) },
    polarity: { oid: `${entry}.5.${key}`, decoder: enumOf({ 1: 'normal', 2: 'reversed' }) },
    messageWaiting: { oid: `${entry}.6.${key}`, decoder: enumOf({ 1: 'no', 2: 'yes' }) },
    // acAnalogFxsLineTestLineCurrentReading in 10 µA.
    loopCurrentMa: { oid: `${entry}.7.${key}`, decoder: scaled(0.01, { min: 0, max: 30 }) },
  };
  if (model !== null) {
    const volts = model === 'MP-124' ? 1 : 0.01;
    // …LineVoltageReading and …RingVoltageReading.
    readings['lineVoltageV'] = { oid: `${entry}.8.${key}`, decoder: scaled(volts, { min: -200, max: 200 }) };
    readings['ringVoltageV'] = { oid: `${entry}.10.${key}`, decoder: scaled(volts, { min: -150, max: 150 }) };
  }
  return readings;
}

/** acAnalogFxoLineTestTable: connection, current in mA (-1: not measured), voltage in V (128: not measured). */
function fxoReadings(entry: string, key: string): Readings {
  return {
    exchangeLine: { oid: `${entry}.5.${key}`, decoder: enumOf({ 1: 'disconnected', 2: 'connected' }) },
    loopCurrentMa: { oid: `${entry}.6.${key}`, decoder: whole({ min: 0, max: 24 }, [-1]) },
    lineVoltageV: { oid: `${entry}.7.${key}`, decoder: whole({ min: -128, max: 127 }, [128]) },
  };
}
