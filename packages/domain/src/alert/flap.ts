/**
 * Flap detection after Nagios Core (base/flapping.c): 21 remembered states, each change between neighbours weighted
 * from 0.75 (oldest) to 1.25 (newest), as a share of 20 possible changes. Checks there come at a steady pace; here a
 * state is remembered whenever it changes and once a minute while it does not.
 */
export interface FlapHistory {
  /** Newest state in bit 0; 1 is bad. */
  bits: number;
  /** How many states are known, at most 21. */
  length: number;
  /** When the newest was remembered, ms. */
  at: number;
}

const STATES = 21;
/** One state is remembered for each while nothing changes. */
export const SLOT_MS = 60_000;
/** Percent of weighted change above which flapping begins, and below which it ends (Nagios' compiled defaults: 30, 20). */
const START_PERCENT = 30;
const STOP_PERCENT = 20;
const MASK = 2 ** STATES - 1;
/** States that count as "just now" when it is asked how restless something is. */
const RECENT = 6;

/** Remembers that the state is (again, or still) `bad` at `now`; minutes in which nothing changed are filled in. */
export function remember(history: FlapHistory, bad: boolean, changed: boolean, now: number): FlapHistory {
  const idle = history.length === 0 ? 0 : Math.min(STATES, Math.max(0, Math.floor((now - history.at) / SLOT_MS)));
  if (idle === 0 && !changed && history.length > 0) return history;
  let { bits, length } = history;
  const still = bits & 1;
  for (let slot = 0; slot < idle; slot += 1) bits = ((bits << 1) | still) & MASK;
  length = Math.min(STATES, length + idle);
  if (changed || length === 0) {
    bits = ((bits << 1) | (bad ? 1 : 0)) & MASK;
    length = Math.min(STATES, length + 1);
  }
  return { bits, length, at: changed || history.length === 0 ? now : history.at + idle * SLOT_MS };
}

/** Weighted share of changes in percent, 0 to 100. */
export function flapPercent({ bits, length }: FlapHistory): number {
  let weighted = 0;
  for (let pair = 0; pair < length - 1; pair += 1) {
    // Pair 0 is the newest: weight 1.25; the oldest of 20 pairs weighs 0.75.
    if (((bits >> pair) & 1) !== ((bits >> (pair + 1)) & 1)) weighted += 1.25 - (0.5 * pair) / (STATES - 2);
  }
  return (weighted * 100) / (STATES - 1);
}

/** Is it flapping now, given whether it was? */
export function isFlapping(history: FlapHistory, was: boolean): boolean {
  const percent = flapPercent(history);
  return was ? percent >= STOP_PERCENT : percent > START_PERCENT;
}

/** Changes among the newest states. */
export function recentChanges({ bits, length }: FlapHistory): number {
  let changes = 0;
  for (let pair = 0; pair < Math.min(length, RECENT) - 1; pair += 1)
    if (((bits >> pair) & 1) !== ((bits >> (pair + 1)) & 1)) changes += 1;
  return changes;
}

/** Nothing worth remembering: all known states are good and the memory is full. */
export function isQuiet({ bits, length }: FlapHistory): boolean {
  return bits === 0 && length >= STATES;
}

/** The latest time at which a history is quiet if everything stays good, ms. */
export function quietAt({ at }: FlapHistory): number {
  return at + STATES * SLOT_MS;
}
