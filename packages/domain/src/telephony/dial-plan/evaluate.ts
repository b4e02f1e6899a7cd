import { Automaton, type DialState } from './automaton.ts';
import { keyIndex } from './keys.ts';
import { type Decision, dial, type DialMachine, type DialRefusal, type Final } from './machine.ts';
import { type ClassOfService, type DialPlan, type DialRule, rulesOfPort } from './plan.ts';
import { regularOf } from './regular.ts';

/** What a plan does with what is dialled. */
export interface PlanDialling {
  readonly outcome: 'sent' | 'barred' | 'rejected';
  readonly number: string | null;
  /** The rule that decided; null where none matched. */
  readonly rule: DialRule | null;
  readonly refusal: DialRefusal | null;
  /** Keys used before the decision; those after it are not part of the number. */
  readonly keysUsed: number;
  /** From the last key used to the decision, in milliseconds. */
  readonly afterMs: number;
}

/** What a rule sends for these keys. */
export const rewritten = ({ strip, prepend }: DialRule, keys: string): string => prepend + keys.slice(strip);

function decideBy(rules: readonly DialRule[], plan: DialPlan, state: DialState): Decision {
  const winner = state.complete[0];
  if (winner === undefined) {
    if (state.extendable.length === 0) return { kind: 'refuse', reason: 'no-rule', rule: null };
    return {
      kind: 'wait',
      ms: plan.interDigitTimeoutMs,
      onSilence: { kind: 'refuse', reason: 'incomplete', rule: null },
    };
  }
  const { timer } = rules[winner]!;
  const take: Final = { kind: 'take', rule: winner };
  if (timer === 'none' || state.extendable.length === 0) return take;
  return { kind: 'wait', ms: timer === 'short' ? plan.shortTimeoutMs : plan.interDigitTimeoutMs, onSilence: take };
}

/** A plan as it holds for a port. */
export interface PlanMachine extends DialMachine {
  readonly rules: readonly DialRule[];
}

function makeMachine(plan: DialPlan, service: ClassOfService): PlanMachine | null {
  const rules = rulesOfPort(plan, service);
  const automaton = Automaton.of(rules.map(({ match }) => regularOf(match)));
  if (automaton === null) return null;
  const sendKey = plan.sendKey === null ? -1 : keyIndex(plan.sendKey);
  return {
    rules,
    automaton,
    decide: (state) => decideBy(rules, plan, state),
    terminate: (state, key) => {
      if (key !== sendKey || (state.possible & (1 << key)) !== 0) return null;
      const winner = state.complete[0];
      return winner === undefined
        ? { kind: 'refuse', reason: 'incomplete', rule: null }
        : { kind: 'take', rule: winner };
    },
    send: (index, keys) => {
      const rule = rules[index]!;
      return rule.action === 'bar' ? { refused: 'barred' } : { number: rewritten(rule, keys) };
    },
  };
}

/** Plans are data that nobody changes in place, so a machine is kept as long as its plan. */
const machines = new WeakMap<DialPlan, Map<string, PlanMachine | null>>();

/** The plan for a port as a machine; null where its patterns are too large. Ports of one service share it. */
export function planMachine(plan: DialPlan, service: ClassOfService): PlanMachine | null {
  const ofPlan = machines.get(plan) ?? new Map<string, PlanMachine | null>();
  machines.set(plan, ofPlan);
  const name = [...service.blocked].sort().join();
  const kept = ofPlan.get(name);
  if (kept !== undefined) return kept;
  const made = makeMachine(plan, service);
  ofPlan.set(name, made);
  return made;
}

/**
 * What the plan says of `dialled` on a port: the first rule in the list that matches decides, at once or after its
 * timer. The reference for what every vendor's map must do. Null where the patterns are too large to evaluate.
 *
 * @param pauseMs The time between two keys, in milliseconds.
 */
export function evaluatePlan(
  plan: DialPlan,
  service: ClassOfService,
  dialled: string,
  pauseMs = 0,
): PlanDialling | null {
  const machine = planMachine(plan, service);
  if (machine === null) return null;
  const { outcome, number, refusal, rule, keysUsed, afterMs } = dial(machine, dialled, pauseMs);
  return {
    outcome: outcome === 'sent' ? 'sent' : refusal === 'barred' ? 'barred' : 'rejected',
    number,
    refusal,
    rule: rule === null ? null : (machine.rules[rule] ?? null),
    keysUsed,
    afterMs,
  };
}
