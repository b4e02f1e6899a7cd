/**
 * Verdicts of a line test. `inconclusive`: it ran, and its values allow no verdict. `not-measurable`: the gateway
 * measures nothing on this line.
 */
export const LINE_TEST_VERDICTS = ['pass', 'fail', 'inconclusive', 'not-measurable'] as const;
export type LineTestVerdictWord = (typeof LINE_TEST_VERDICTS)[number];

/** Reasons of a verdict. Codes, append-only; the text beside each code is for people. */
export const LINE_TEST_REASONS = [
  'all-normal',
  'nothing-connected-as-expected',
  'hazardous-voltage',
  'foreign-voltage',
  'no-line-voltage',
  'abnormal-line-voltage',
  'leak-to-ground',
  'leak-between-wires',
  'short-circuit',
  'nothing-connected',
  'no-exchange-line',
  'circuit-too-hot',
  'gateway-says-failed',
  'receiver-off-hook',
  'unknown-device',
  'load-without-ringer',
  'result-of-earlier-test',
  'part-not-measured',
  'nothing-measured',
] as const;
export type LineTestReason = (typeof LINE_TEST_REASONS)[number];

/** End states of a test as gateways report them, over all vendors. */
export const LINE_TEST_OUTCOMES = [
  'done',
  'failed',
  'too-hot',
  'leakage-current',
  'resistance-not-measured',
  'capacitance-not-measured',
  'not-available',
  'unknown',
] as const;
export type LineTestOutcomeWord = (typeof LINE_TEST_OUTCOMES)[number];

/**
 * How long a test result counts for the line. After that it is history: it raises no alert and has no weight in
 * runbooks, and an alert that it raised stays until another test or a person ends it.
 */
export const LINE_TEST_EVIDENCE_MS = 7 * 86_400_000;
