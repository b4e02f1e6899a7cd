import type { KeySet } from './keys.ts';
import type { Pattern } from './pattern.ts';

/** A regular expression over keys: what patterns of every dial-plan language are turned into. */
export type Regular =
  | { readonly kind: 'keys'; readonly keys: KeySet }
  | { readonly kind: 'sequence'; readonly parts: readonly Regular[] }
  | { readonly kind: 'repeat'; readonly part: Regular; readonly min: number; readonly max: number | null };

export const oneOf = (keys: KeySet): Regular => ({ kind: 'keys', keys });
export const sequenceOf = (parts: readonly Regular[]): Regular => ({ kind: 'sequence', parts });
export const repeatOf = (part: Regular, min: number, max: number | null): Regular => ({
  kind: 'repeat',
  part,
  min,
  max,
});

export const regularOf = (pattern: Pattern): Regular =>
  sequenceOf(pattern.map(({ keys, min, max }) => repeatOf(oneOf(keys), min, max)));

/**
 * One state of a non-deterministic automaton: takes a key of `keys` and goes on at `next`, or goes on at each of `free`
 * without a key, or accepts the rule `accepts`.
 */
interface NfaState {
  readonly keys: KeySet;
  readonly next: number;
  readonly free: readonly number[];
  readonly accepts: number | null;
  /** The rule that the state belongs to. */
  readonly rule: number;
}

/** States of all rules together: `(x{30}){30}` would be 900 in a dozen characters. */
export const NFA_STATES_MAX = 20_000;

/** The automaton of a rule set; null where it would have more than `NFA_STATES_MAX` states. */
export interface Nfa {
  readonly states: readonly NfaState[];
  readonly starts: readonly number[];
}

/** Thompson's construction, from the end to the start. */
export function buildNfa(rules: readonly Regular[]): Nfa | null {
  const states: NfaState[] = [];
  let rule = 0;
  const add = (state: Omit<NfaState, 'rule'>): number => {
    if (states.length >= NFA_STATES_MAX) return 0;
    states.push({ ...state, rule });
    return states.length - 1;
  };
  const full = () => states.length >= NFA_STATES_MAX;
  const free = (targets: readonly number[]) => add({ keys: 0, next: -1, free: targets, accepts: null });

  const build = (regular: Regular, next: number): number => {
    if (full()) return next;
    if (regular.kind === 'keys') return add({ keys: regular.keys, next, free: [], accepts: null });
    if (regular.kind === 'sequence') return regular.parts.reduceRight((after, part) => build(part, after), next);
    let entry = next;
    if (regular.max === null) {
      const targets: number[] = [];
      entry = free(targets);
      targets.push(build(regular.part, entry), next);
    } else
      for (let copy = regular.min; copy < regular.max && !full(); copy += 1)
        entry = free([build(regular.part, entry), next]);
    for (let copy = 0; copy < regular.min && !full(); copy += 1) entry = build(regular.part, entry);
    return entry;
  };

  const starts = rules.map((regular, index) => {
    rule = index;
    return build(regular, add({ keys: 0, next: -1, free: [], accepts: index }));
  });
  return full() ? null : { states, starts };
}
