import type { DialMachine, DialState } from '@loopstart/domain';
import { Automaton, type Decision, type Final, type Regular } from '@loopstart/domain';
import { MapSyntaxError } from './reader.ts';

/** One way to understand a map. */
export interface Reading {
  /** The way the maker's manual has it is the first; others are possible where nobody has verified it. */
  readonly name: string;
  readonly machine: DialMachine;
}

/** A map that was read. */
export interface Program {
  /** The text of each rule, with its 1-based row or alternative. */
  readonly rules: readonly { readonly line: number; readonly text: string }[];
  /** At least one. What matters must hold under all of them. */
  readonly readings: readonly Reading[];
}

/** How a gateway chooses among rules and how long it waits. */
export interface Choice {
  /** The rule that decides, among those that match; never called with an empty list. */
  pick(complete: readonly number[]): number;
  /** How long it waits for more keys although this rule matches, in milliseconds; 0 is not at all. */
  waitMs(rule: number, state: DialState): number;
  /** How long it waits for more keys while no rule matches, in milliseconds. */
  pendingMs: number;
}

/** What a gateway does in a state, by its choice. */
export function decideBy({ pick, waitMs, pendingMs }: Choice, state: DialState): Decision {
  if (state.complete.length === 0) {
    const refuse = (reason: 'no-rule' | 'incomplete'): Final => ({ kind: 'refuse', reason, rule: null });
    if (state.extendable.length === 0) return refuse('no-rule');
    return { kind: 'wait', ms: pendingMs, onSilence: refuse('incomplete') };
  }
  const rule = pick(state.complete);
  const ms = waitMs(rule, state);
  const take: Final = { kind: 'take', rule };
  return ms === 0 ? take : { kind: 'wait', ms, onSilence: take };
}

/** What `#` does where it ends dialling: the rule that matches is taken, or nothing is sent. */
export function endBy(pick: Choice['pick'], state: DialState): Final {
  return state.complete.length === 0
    ? { kind: 'refuse', reason: 'incomplete', rule: null }
    : { kind: 'take', rule: pick(state.complete) };
}

export const HASH = 11;

/** The automaton of a map; throws `MapSyntaxError` where it would be too large. */
export function automatonOf(rules: readonly Regular[]): Automaton {
  const automaton = Automaton.of(rules);
  if (automaton === null)
    throw new MapSyntaxError({ line: 1, position: 1, expected: 'rules with fewer repetitions', found: null });
  return automaton;
}

export const first = (complete: readonly number[]): number => complete[0]!;
