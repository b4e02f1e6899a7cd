import { type DialMachine, type DialPlan, type DialRule, type DialState, keyGroups } from '@loopstart/domain';
import type { DigitMap } from '../map.ts';
import type { CompileCode, CompileFinding } from './findings.ts';

/** What a renderer works with: the rules of a port, and what follows from all of them together. */
export interface RenderContext {
  readonly plan: DialPlan;
  readonly rules: readonly DialRule[];
  /** Rules that bar a number which a later rule would send. The others need no rendering: what matches nothing is rejected. */
  readonly neededBars: ReadonlySet<number>;
  /** Rules that match while a longer number is possible. */
  readonly extendable: ReadonlySet<number>;
  /** Reports a loss. Where a rule is protected (see `isProtected`), that is a refusal. */
  lose(code: CompileCode, rule: number | null, detail: string): void;
  /** Reports what makes the plan impossible for this gateway. */
  refuse(code: CompileCode, rule: number | null, detail: string): void;
}

export interface Rendered {
  readonly map: DigitMap;
  /** For each rule of the map, as its reader counts them, the index of the rule of the plan. */
  readonly ruleOf: readonly number[];
  /** `#` ends dialling: as the plan has it, always, or never. */
  readonly hash: 'as-plan' | 'always' | 'never';
}

export type Render = (context: RenderContext) => Rendered;

/** Classes of numbers that are never approximated, beside what is barred. */
export const isProtected = ({ class: name, action }: DialRule): boolean =>
  action === 'bar' || name === 'emergency' || name === 'alarm-receiver' || name === 'lift-centre';

/** States of a plan that are followed before it counts as too complex. */
const STATES_MAX = 5000;

/** What follows from the rules together; null where there are too many states. */
export function relations(
  { automaton }: DialMachine,
  rules: readonly DialRule[],
): Pick<RenderContext, 'neededBars' | 'extendable'> | null {
  const neededBars = new Set<number>();
  const extendable = new Set<number>();
  const keys = keyGroups(automaton.keySets);
  const seen = new Set<DialState>([automaton.start]);
  for (const state of seen) {
    if (seen.size > STATES_MAX) return null;
    const [winner, ...others] = state.complete;
    if (winner !== undefined) {
      if (state.extendable.length > 0) extendable.add(winner);
      if (rules[winner]!.action === 'bar' && others.some((rule) => rules[rule]!.action === 'send'))
        neededBars.add(winner);
    }
    for (const key of keys) seen.add(automaton.press(state, key));
  }
  return { neededBars, extendable };
}

export type Losses = { readonly findings: CompileFinding[]; readonly refusals: CompileFinding[] };

export const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
