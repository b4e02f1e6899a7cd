import { LINE_TEST_OUTCOMES, type LineTestOutcomeWord } from './vocabulary.ts';

export interface LineTestReading {
  readonly label: string;
  /** null: the value is a word, not a number. */
  readonly unit: 'V' | 'mA' | 'kΩ' | 'µF' | null;
  readonly words?: Readonly<Record<string, string>>;
}

const OUTCOME_WORDS: Readonly<Record<LineTestOutcomeWord, string>> = {
  done: 'completed',
  failed: 'failed',
  'too-hot': 'the line circuit is too hot',
  'leakage-current': 'leakage current',
  'resistance-not-measured': 'resistance not measured',
  'capacitance-not-measured': 'capacitance not measured',
  'not-available': 'not available',
  unknown: 'unknown',
};

/** Every value of a line test, over all vendors, in the order in which it is shown. Tip and ring are the two wires. */
export const LINE_TEST_READINGS = {
  outcome: { label: 'As the gateway reports it', unit: null, words: OUTCOME_WORDS },
  lineVoltageV: { label: 'Line voltage', unit: 'V' },
  loopCurrentMa: { label: 'Loop current', unit: 'mA' },
  ringVoltageV: { label: 'Ring voltage', unit: 'V' },
  supplyVoltageV: { label: 'Line supply voltage', unit: 'V' },
  foreignTipV: { label: 'Foreign voltage, tip', unit: 'V' },
  foreignRingV: { label: 'Foreign voltage, ring', unit: 'V' },
  resistanceTipRingKohm: { label: 'Resistance, tip to ring', unit: 'kΩ' },
  resistanceTipGroundKohm: { label: 'Resistance, tip to ground', unit: 'kΩ' },
  resistanceRingGroundKohm: { label: 'Resistance, ring to ground', unit: 'kΩ' },
  capacitanceTipRingUf: { label: 'Capacitance, tip to ring', unit: 'µF' },
  capacitanceTipGroundUf: { label: 'Capacitance, tip to ground', unit: 'µF' },
  capacitanceRingGroundUf: { label: 'Capacitance, ring to ground', unit: 'µF' },
  hook: { label: 'Hook', unit: null, words: { 'on-hook': 'on hook', 'off-hook': 'off hook' } },
  ringing: { label: 'Ringing', unit: null },
  polarity: { label: 'Polarity', unit: null },
  messageWaiting: { label: 'Message waiting', unit: null },
  exchangeLine: { label: 'Exchange line', unit: null },
} as const satisfies Record<string, LineTestReading>;
export type LineTestReadingName = keyof typeof LINE_TEST_READINGS;
export const LINE_TEST_READING_NAMES = Object.keys(LINE_TEST_READINGS) as LineTestReadingName[];

/** Further values of a driver: when the gateway began and ended the test that its table shows, in s since the epoch. */
export const LINE_TEST_TIMES = ['earlierEndS', 'endS'] as const;

export function isOutcome(value: unknown): value is LineTestOutcomeWord {
  return (LINE_TEST_OUTCOMES as readonly unknown[]).includes(value);
}
