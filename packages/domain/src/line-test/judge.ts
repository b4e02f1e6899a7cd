import type { LineDeviceClass } from '../line/vocabulary.ts';
import {
  deviceCapacitance,
  FOREIGN_VOLTAGE_V,
  HAZARDOUS_VOLTAGE_V,
  IDLE_CURRENT_MA,
  idleVoltage,
  isWithin,
  LEAK_KOHM,
  mayHaveResistor,
  NOTHING_CONNECTED_UF,
  type Normal,
  normalWords,
  SHORT_KOHM,
} from './limits.ts';
import {
  isOutcome,
  LINE_TEST_READING_NAMES,
  LINE_TEST_READINGS,
  type LineTestReading,
  type LineTestReadingName,
} from './readings.ts';
import type { LineTestReason, LineTestVerdictWord } from './vocabulary.ts';

export interface LineTestInput {
  /** Values read by the driver, by name; null where the gateway did not report one. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The model as the inventory has it; null where unknown. */
  readonly model: string | null;
  readonly device: LineDeviceClass;
}

/** One value of a test for people: with its unit and its normal range. */
export interface LineTestValue {
  name: LineTestReadingName;
  label: string;
  value: number | string;
  unit: string | null;
  /** The normal range in words; null where no limit is known for this line. */
  normal: string | null;
  finding: 'normal' | 'abnormal' | 'not-judged';
}

export interface LineTestVerdict {
  verdict: LineTestVerdictWord;
  reason: LineTestReason;
  /** Plain sentences. */
  text: string;
  values: LineTestValue[];
}

type Numbers = { readonly [N in LineTestReadingName]?: number };

interface Finding {
  verdict: LineTestVerdictWord;
  reason: LineTestReason;
  text: string;
}

/** Values measured with the gateway's own feed or source; hook and ringing alone do not test the wires. */
const MEASUREMENTS = LINE_TEST_READING_NAMES.filter((name) => LINE_TEST_READINGS[name].unit !== null);

/**
 * The verdict of a line test that the gateway carried out; alerts, runbooks and console all use this function. A
 * finding that invalidates the others comes first: a hazard, a foreign voltage, the receiver, the feed, leaks, the
 * connected device.
 */
export function judgeLineTest(input: LineTestInput): LineTestVerdict {
  const numbers: Numbers = Object.fromEntries(
    MEASUREMENTS.flatMap((name) => {
      const value = input.values[name];
      return typeof value === 'number' && Number.isFinite(value) ? [[name, Math.abs(value)]] : [];
    }),
  );
  const isOffHook = input.values['hook'] === 'off-hook';
  const finding = findingOf(input, numbers, isOffHook);
  return { ...finding, values: valuesOf(input, numbers, isOffHook) };
}

function findingOf(input: LineTestInput, numbers: Numbers, isOffHook: boolean): Finding {
  const { values, model, device } = input;
  const earlier = values['earlierEndS'];
  if (typeof earlier === 'number' && earlier === values['endS'])
    return unclear('result-of-earlier-test', 'The gateway still shows the result of an earlier test.');
  if (values['exchangeLine'] === 'disconnected') return bad('no-exchange-line', 'There is no exchange line.');

  const foreign = Math.max(numbers.foreignTipV ?? 0, numbers.foreignRingV ?? 0);
  if (foreign > HAZARDOUS_VOLTAGE_V)
    return bad('hazardous-voltage', `There are ${shown(foreign)} V on the wires from elsewhere: a danger to people.`);
  if (foreign > FOREIGN_VOLTAGE_V)
    return bad('foreign-voltage', `There are ${shown(foreign)} V on the wires that the gateway does not feed.`);

  const outcome = isOutcome(values['outcome']) ? values['outcome'] : null;
  if (outcome === 'too-hot') return bad('circuit-too-hot', 'The line circuit is too hot.');
  const ground = lowest(numbers.resistanceTipGroundKohm, numbers.resistanceRingGroundKohm);
  if (ground !== null && ground < LEAK_KOHM)
    return bad('leak-to-ground', `A wire leaks to ground: ${shown(ground)} kΩ, normal is ${LEAK_WORDS}.`);
  if (outcome === 'leakage-current') return bad('leak-to-ground', 'The gateway reports a leakage current.');
  if (outcome === 'failed')
    return bad('gateway-says-failed', 'The gateway reports that the test failed; it does not say why.');

  if (isOffHook) return unclear('receiver-off-hook', 'The receiver was off the hook, so the line could not be judged.');
  const feed = feedFinding(numbers, model);
  if (feed !== null) return feed;
  const wires = wiresFinding(values, numbers, device);
  if (wires !== null) return wires;
  const load = loadFinding(numbers, device);
  if (load !== null && load.verdict !== 'pass') return load;

  if (outcome === 'resistance-not-measured' || outcome === 'capacitance-not-measured')
    return unclear('part-not-measured', 'The gateway could not measure all of the line.');
  const isMeasured = numbers.lineVoltageV ?? numbers.supplyVoltageV ?? numbers.resistanceTipRingKohm;
  if (isMeasured === undefined)
    return {
      verdict: 'not-measurable',
      reason: 'nothing-measured',
      text: 'The gateway carried the test out, but this model measures nothing on this line.',
    };
  return load ?? { verdict: 'pass', reason: 'all-normal', text: 'Everything that was measured is normal.' };
}

/** The voltage that the gateway feeds, and the current that flows while the receiver is on the hook. */
function feedFinding(numbers: Numbers, model: string | null): Finding | null {
  const normal = idleVoltage(model);
  for (const voltage of [numbers.lineVoltageV, numbers.supplyVoltageV]) {
    if (voltage === undefined || isWithin(voltage, normal)) continue;
    const words = normalWords(normal, 'V');
    return voltage < 5
      ? bad('no-line-voltage', `There is no voltage on the line: ${shown(voltage)} V on hook, normal is ${words}.`)
      : bad('abnormal-line-voltage', `The line has ${shown(voltage)} V on hook, normal is ${words}.`);
  }
  const current = numbers.loopCurrentMa;
  if (current !== undefined && current > IDLE_CURRENT_MA)
    return bad('leak-between-wires', `${shown(current)} mA flow although the receiver is on the hook.`);
  return null;
}

/** Resistance between the two wires. */
function wiresFinding(values: LineTestInput['values'], numbers: Numbers, device: LineDeviceClass): Finding | null {
  const resistance = numbers.resistanceTipRingKohm;
  if (resistance === undefined || resistance >= LEAK_KOHM) return null;
  if (resistance < SHORT_KOHM)
    return values['hook'] === 'on-hook'
      ? bad('short-circuit', `The two wires touch: ${shown(resistance)} kΩ, normal is ${LEAK_WORDS}.`)
      : unclear(
          'receiver-off-hook',
          `${shown(resistance)} kΩ between the wires: they touch, or a receiver is off the hook.`,
        );
  return mayHaveResistor(device)
    ? unclear(
        'load-without-ringer',
        `${shown(resistance)} kΩ between the wires: a leak, or the resistor of the device. Compare with a test of a good day.`,
      )
    : bad('leak-between-wires', `The wires leak: ${shown(resistance)} kΩ, normal is ${LEAK_WORDS}.`);
}

/** The device connected to the line, by its capacitance. */
function loadFinding(numbers: Numbers, device: LineDeviceClass): Finding | null {
  const capacitance = numbers.capacitanceTipRingUf;
  if (capacitance === undefined) return null;
  const isNothing = capacitance < NOTHING_CONNECTED_UF;
  const measured = `${shown(capacitance)} µF between the wires`;
  if (device === 'unused')
    return isNothing
      ? { verdict: 'pass', reason: 'nothing-connected-as-expected', text: 'The line is sound, and nothing is on it.' }
      : unclear('unknown-device', `${measured}: something is connected to a line that is not in use.`);
  if (!isNothing) return null;
  if (deviceCapacitance(device) !== null)
    return bad('nothing-connected', `Nothing is connected, or a wire is open: only ${measured}.`);
  return device === 'unknown'
    ? unclear('unknown-device', `Nothing is connected, or a wire is open: only ${measured}. Say what the line is for.`)
    : unclear(
        'load-without-ringer',
        `Only ${measured}: nothing is connected, or a device without a ringer. Compare with a test of a good day.`,
      );
}

function valuesOf({ values, model, device }: LineTestInput, numbers: Numbers, isOffHook: boolean): LineTestValue[] {
  return LINE_TEST_READING_NAMES.flatMap((name): LineTestValue[] => {
    const { label, unit, words }: LineTestReading = LINE_TEST_READINGS[name];
    const raw = values[name];
    if (unit === null) {
      if (typeof raw !== 'string') return [];
      return [{ name, label, value: words?.[raw] ?? raw, unit, normal: null, finding: 'not-judged' }];
    }
    const size = numbers[name];
    if (size === undefined || typeof raw !== 'number') return [];
    const normal = normalOf(name, { model, device, isOffHook });
    const finding = normal === null ? 'not-judged' : isWithin(size, normal) ? 'normal' : 'abnormal';
    return [{ name, label, value: raw, unit, normal: normal && normalWords(normal, unit), finding }];
  });
}

function normalOf(
  name: LineTestReadingName,
  about: { model: string | null; device: LineDeviceClass; isOffHook: boolean },
): Normal | null {
  switch (name) {
    case 'lineVoltageV':
      return about.isOffHook ? null : idleVoltage(about.model);
    case 'supplyVoltageV':
      return idleVoltage(about.model);
    case 'loopCurrentMa':
      return about.isOffHook ? null : { max: IDLE_CURRENT_MA };
    case 'foreignTipV':
    case 'foreignRingV':
      return { max: FOREIGN_VOLTAGE_V };
    case 'resistanceTipGroundKohm':
    case 'resistanceRingGroundKohm':
      return { min: LEAK_KOHM };
    case 'resistanceTipRingKohm':
      return about.isOffHook || mayHaveResistor(about.device) ? null : { min: LEAK_KOHM };
    case 'capacitanceTipRingUf':
      return deviceCapacitance(about.device);
    default:
      return null;
  }
}

const LEAK_WORDS = normalWords({ min: LEAK_KOHM }, 'kΩ');
const bad = (reason: LineTestReason, text: string): Finding => ({ verdict: 'fail', reason, text });
const unclear = (reason: LineTestReason, text: string): Finding => ({ verdict: 'inconclusive', reason, text });
const lowest = (...values: (number | undefined)[]): number | null => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : Math.min(...known);
};
/** At most three digits after the decimal point. */
const shown = (value: number) => String(Number(value.toFixed(value < 1 ? 3 : 1)));
