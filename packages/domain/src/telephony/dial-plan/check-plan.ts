import { type DialState } from './automaton.ts';
import { planMachine } from './evaluate.ts';
import { isDialable, keyGroups } from './keys.ts';
import { maxKeys, minKeys, type Pattern, PATTERN_KEYS_MAX } from './pattern.ts';
import type { ClassOfService, DialPlan, DialRule } from './plan.ts';

export const PLAN_ERROR_CODES = [
  'duplicate-id',
  'pattern-invalid',
  'strip-too-long',
  'prepend-invalid',
  'outside-line-invalid',
  'timeout-invalid',
  'emergency-number-invalid',
] as const;
export type PlanErrorCode = (typeof PLAN_ERROR_CODES)[number];

/** What makes a plan meaningless, or unsafe to write into the configuration of a gateway. */
export interface PlanError {
  readonly code: PlanErrorCode;
  /** Null where it is no matter of one rule. */
  readonly ruleId: string | null;
  readonly detail: string;
}

/** Timers that every language can have, in milliseconds. */
export const DIAL_TIMEOUT_MIN_MS = 500;
export const DIAL_TIMEOUT_MAX_MS = 60_000;

/** Digits to send, perhaps with + in front. What is not of this form could end a rule in a vendor's language. */
const isSendable = (text: string): boolean => /^\+?[0-9*#]*$/.test(text) && text.length <= PATTERN_KEYS_MAX;

const isCount = (value: number, least: number): boolean =>
  Number.isInteger(value) && value >= least && value <= PATTERN_KEYS_MAX;

function isPattern(pattern: Pattern): boolean {
  const sound = pattern.every(
    ({ keys, min, max }) =>
      Number.isInteger(keys) &&
      keys > 0 &&
      keys <= 0xfff &&
      isCount(min, 0) &&
      (max === null || (isCount(max, 1) && max >= min)),
  );
  return sound && minKeys(pattern) > 0 && Math.max(minKeys(pattern), maxKeys(pattern) ?? 0) <= PATTERN_KEYS_MAX;
}

function ruleErrors({ id, match, strip, prepend }: DialRule): PlanError[] {
  const errors: PlanError[] = [];
  const add = (code: PlanErrorCode, detail: string) => errors.push({ code, ruleId: id, detail });
  if (!isPattern(match)) add('pattern-invalid', `A pattern has 1 to ${PATTERN_KEYS_MAX} keys.`);
  else if (!isCount(strip, 0) || strip > minKeys(match))
    add('strip-too-long', `${strip} keys cannot be stripped from numbers of ${minKeys(match)} keys.`);
  if (!isSendable(prepend))
    add('prepend-invalid', 'What is put in front is digits, * or #, perhaps with + at the start.');
  return errors;
}

/** Everything that is wrong with a plan as data. A plan with errors is not compiled. */
export function planErrors(plan: DialPlan): readonly PlanError[] {
  const { rules, outsideLineDigit, emergencyNumbers, interDigitTimeoutMs, shortTimeoutMs } = plan;
  const errors = rules.flatMap(ruleErrors);
  const add = (code: PlanErrorCode, ruleId: string | null, detail: string) => errors.push({ code, ruleId, detail });
  const ids = new Set<string>();
  for (const { id } of rules) {
    if (ids.has(id)) add('duplicate-id', id, 'Two rules have the same id.');
    ids.add(id);
  }
  if (outsideLineDigit !== null && !(isDialable(outsideLineDigit) && outsideLineDigit.length === 1))
    add('outside-line-invalid', null, 'The outside line is one digit, * or #.');
  for (const ms of [interDigitTimeoutMs, shortTimeoutMs])
    if (!(ms >= DIAL_TIMEOUT_MIN_MS && ms <= DIAL_TIMEOUT_MAX_MS))
      add('timeout-invalid', null, `A timer is ${DIAL_TIMEOUT_MIN_MS} to ${DIAL_TIMEOUT_MAX_MS} ms.`);
  for (const { number, sendAs } of emergencyNumbers)
    if (!isDialable(number) || (sendAs !== null && !isSendable(sendAs)))
      add('emergency-number-invalid', null, `"${number}" is not a number that a telephone can dial.`);
  return errors;
}

/** States that are followed before the search is given up. */
const STATES_MAX = 5000;

/**
 * Rules that no number leads to, because an earlier rule takes each of theirs or ends dialling before; null where the
 * plan has too many states to know.
 */
export function unreachableRules(plan: DialPlan, service: ClassOfService): readonly DialRule[] | null {
  const machine = planMachine(plan, service);
  if (machine === null) return null;
  const { automaton, rules } = machine;
  const keys = keyGroups(automaton.keySets);
  const taken = new Set<number>();
  const seen = new Set<DialState>([automaton.start]);
  for (const state of seen) {
    if (seen.size > STATES_MAX) return null;
    if (state.complete[0] !== undefined) taken.add(state.complete[0]);
    const decision = machine.decide(state, 1);
    if (decision.kind === 'wait') for (const key of keys) seen.add(automaton.press(state, key));
  }
  return rules.filter((_, index) => !taken.has(index));
}
