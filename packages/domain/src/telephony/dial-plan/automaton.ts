import { DTMF_KEYS, type KeySet } from './keys.ts';
import { buildNfa, type Nfa, type Regular } from './regular.ts';

/** What the keys pressed so far are to a set of rules. */
export interface DialState {
  /** Rules that match exactly what was dialled, in the order of the rules. */
  readonly complete: readonly number[];
  /** Rules that would match with more keys. */
  readonly extendable: readonly number[];
  /** Keys after which some rule is still possible. */
  readonly possible: KeySet;
}

interface Node extends DialState {
  readonly places: readonly number[];
  readonly next: (Node | undefined)[];
}

/** Deterministic states that are kept; beyond, they are computed again. */
const KEPT_MAX = 20_000;

/**
 * A set of rules as one automaton: all alternatives are followed at once, so the cost of a key is bounded by the size
 * of the rules and no input makes it backtrack. States are made when they are first reached and kept.
 */
export class Automaton {
  readonly start: DialState;
  /** Steps computed and not remembered; tests bound the work by this. */
  steps = 0;
  readonly #nfa: Nfa;
  readonly #nodes = new Map<string, Node>();
  /** For each state of the rules, what it leads to without a key. */
  readonly #closures: (readonly number[] | undefined)[] = [];

  private constructor(nfa: Nfa) {
    this.#nfa = nfa;
    this.start = this.#node(nfa.starts);
  }

  /** Null where the rules are too large (`NFA_STATES_MAX`). */
  static of(rules: readonly Regular[]): Automaton | null {
    const nfa = buildNfa(rules);
    return nfa === null ? null : new Automaton(nfa);
  }

  /** The state after one more key, by its index in `DTMF_KEYS`. A key that no rule can take leads to a state without rules. */
  press(state: DialState, key: number): DialState {
    const node = state as Node;
    const known = node.next[key];
    if (known !== undefined) return known;
    const targets: number[] = [];
    for (const place of node.places) {
      this.steps += 1;
      const { keys, next } = this.#nfa.states[place]!;
      if ((keys & (1 << key)) !== 0) targets.push(next);
    }
    const made = this.#node(targets);
    node.next[key] = made;
    return made;
  }

  /** The sets of keys that the rules tell apart. */
  get keySets(): ReadonlySet<KeySet> {
    return new Set(this.#nfa.states.map(({ keys }) => keys));
  }

  /** The state after these keys. */
  after(keys: string): DialState {
    let state = this.start;
    for (const key of keys) state = this.press(state, DTMF_KEYS.indexOf(key));
    return state;
  }

  #node(entries: readonly number[]): Node {
    const places = this.#closure(entries);
    const name = places.join();
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    const complete: number[] = [];
    const consuming: number[] = [];
    const owners = new Set<number>();
    let possible = 0;
    for (const place of places) {
      const { accepts, keys, rule } = this.#nfa.states[place]!;
      if (accepts !== null) complete.push(accepts);
      else if (keys !== 0) {
        consuming.push(place);
        owners.add(rule);
        possible |= keys;
      }
    }
    const node: Node = {
      places: consuming,
      complete: complete.sort((a, b) => a - b),
      extendable: [...owners].sort((a, b) => a - b),
      possible,
      next: [],
    };
    if (this.#nodes.size >= KEPT_MAX) this.#nodes.clear();
    this.#nodes.set(name, node);
    return node;
  }

  /** Every state that takes a key or accepts, reachable without a key; ascending. */
  #closure(entries: readonly number[]): readonly number[] {
    if (entries.length === 1) return this.#closureOf(entries[0]!);
    const all = new Set<number>();
    for (const entry of entries) for (const place of this.#closureOf(entry)) all.add(place);
    return [...all].sort((a, b) => a - b);
  }

  #closureOf(entry: number): readonly number[] {
    const known = this.#closures[entry];
    if (known !== undefined) return known;
    const seen = new Set<number>([entry]);
    for (const place of seen) {
      this.steps += 1;
      for (const target of this.#nfa.states[place]!.free) seen.add(target);
    }
    const made = [...seen].filter((place) => this.#nfa.states[place]!.free.length === 0).sort((a, b) => a - b);
    this.#closures[entry] = made;
    return made;
  }
}
