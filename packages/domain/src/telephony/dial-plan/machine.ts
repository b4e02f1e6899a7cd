import { type Automaton, type DialState } from './automaton.ts';
import { DTMF_KEYS, keyIndex } from './keys.ts';

/** Why nothing is sent. */
export const DIAL_REFUSALS = ['no-rule', 'incomplete', 'barred', 'nothing-dialled', 'not-a-key'] as const;
export type DialRefusal = (typeof DIAL_REFUSALS)[number];

/** What a gateway does now: takes a rule, or gives up. */
export type Final =
  | { readonly kind: 'take'; readonly rule: number }
  | { readonly kind: 'refuse'; readonly reason: DialRefusal; readonly rule: number | null };
/** What a gateway does after a key: something final, or it waits `ms` for another key, and does `onSilence` when none comes. */
export type Decision = Final | { readonly kind: 'wait'; readonly ms: number; readonly onSilence: Final };

/** Keys dialled so far, and what the gateway does of it. */
export interface Moment {
  readonly state: DialState;
  readonly keyCount: number;
  readonly decision: Decision;
}

/** How a gateway handles keys under one dial plan. Pure: a moment and a key give the next moment. */
export interface DialMachine {
  readonly automaton: Automaton;
  /** After the receiver is lifted (`keyCount` 0), and after every key. */
  decide(state: DialState, keyCount: number): Decision;
  /** What ends dialling in this state although no rule takes the key; null where the key is like any other. */
  terminate(state: DialState, key: number): Final | null;
  /** What a taken rule makes of the keys. */
  send(rule: number, keys: string): { readonly number: string } | { readonly refused: DialRefusal };
}

/** How a gateway treats what is dialled. */
export interface Dialling {
  readonly outcome: 'sent' | 'refused';
  /** What is sent; null where nothing is. */
  readonly number: string | null;
  readonly refusal: DialRefusal | null;
  /** Index of the rule that decided; null where none did. */
  readonly rule: number | null;
  /** Keys that the gateway took before it decided. The keys after them go nowhere, or into the call as tones. */
  readonly keysUsed: number;
  /** From the last key used to the decision, in milliseconds. */
  readonly afterMs: number;
}

export const firstMoment = (machine: DialMachine): Moment => ({
  state: machine.automaton.start,
  keyCount: 0,
  decision: machine.decide(machine.automaton.start, 0),
});

/** The next moment; `key` is an index in `DTMF_KEYS`. */
export function pressKey(machine: DialMachine, moment: Moment, key: number): Moment {
  const ended = machine.terminate(moment.state, key);
  if (ended !== null) return { ...moment, decision: ended };
  const state = machine.automaton.press(moment.state, key);
  const keyCount = moment.keyCount + 1;
  return { state, keyCount, decision: machine.decide(state, keyCount) };
}

/** What comes of a final decision on these keys. */
export function settleDialling(
  machine: DialMachine,
  final: Final,
  keys: string,
): Omit<Dialling, 'keysUsed' | 'afterMs'> {
  if (final.kind === 'refuse') return { outcome: 'refused', number: null, refusal: final.reason, rule: final.rule };
  const sent = machine.send(final.rule, keys);
  return 'number' in sent
    ? { outcome: 'sent', number: sent.number, refusal: null, rule: final.rule }
    : { outcome: 'refused', number: null, refusal: sent.refused, rule: final.rule };
}

/**
 * Dials `dialled` key by key, with `pauseMs` between two keys (0: faster than every timer), and silence after the last
 * key.
 */
export function dial(machine: DialMachine, dialled: string, pauseMs = 0): Dialling {
  let moment = firstMoment(machine);
  let taken = '';
  let used = 0;
  const end = (final: Final, afterMs: number): Dialling => ({
    ...settleDialling(machine, final, taken),
    keysUsed: used,
    afterMs,
  });
  for (const character of dialled) {
    const { decision } = moment;
    // A hot line dials by itself, before any key.
    if (decision.kind !== 'wait') return end(decision, 0);
    if (used > 0 && pauseMs >= decision.ms) return end(decision.onSilence, decision.ms);
    const key = keyIndex(character);
    if (key < 0) return end({ kind: 'refuse', reason: 'not-a-key', rule: null }, 0);
    used += 1;
    // A key that ends dialling is no part of the number.
    if (machine.terminate(moment.state, key) === null) taken += DTMF_KEYS[key];
    moment = pressKey(machine, moment, key);
  }
  const { decision } = moment;
  if (used === 0 && decision.kind === 'wait' && decision.onSilence.kind === 'refuse')
    return end({ kind: 'refuse', reason: 'nothing-dialled', rule: null }, 0);
  return decision.kind === 'wait' ? end(decision.onSilence, decision.ms) : end(decision, 0);
}
