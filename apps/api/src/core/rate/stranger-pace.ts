import { hash, randomBytes } from 'node:crypto';
import { type Pace, roomMs, waitMs } from '../http/pace.ts';

/** Places of each of the two tables: 1 MB together, however many addresses call. */
const SLOTS = 65_536;

/**
 * Rate limits of callers who have not shown who they are, in memory of a fixed size: two tables of times, in each of which a
 * key has one place by a hash of its own (a count-min sketch of the generic cell rate algorithm). Keys that share a place
 * share its tries, so a key is refused only where both of its places are full. The hash is keyed with a random value of this
 * process, so that nobody can choose addresses that share the places of another.
 */
export class StrangerPace {
  readonly #secret = randomBytes(32).toString('hex');
  readonly #tables = [new Float64Array(SLOTS), new Float64Array(SLOTS)];
  readonly #pace: Pace;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** How long this key has to wait now; 0: it need not. Counts nothing. */
  wait(key: string, now: number): number {
    return waitMs({ key, pace: this.#pace }, this.#clearAt(this.#places(key)), now);
  }

  /** Counts a try where it is permitted. Returns how long to wait, else 0. */
  take(key: string, now: number): number {
    const places = this.#places(key);
    const wait = waitMs({ key, pace: this.#pace }, this.#clearAt(places), now);
    if (wait > 0) return wait;
    this.#tables.forEach((table, index) => {
      const place = places[index]!;
      // A place that others filled stays where it is: it must not grow without end.
      const full = now + roomMs({ key, pace: this.#pace });
      table[place] = Math.min(Math.max(table[place]!, now) + this.#pace.intervalMs, Math.max(table[place]!, full));
    });
    return 0;
  }

  /** Tries that are left at a key now. */
  left(key: string, now: number): number {
    const used = Math.max(0, this.#clearAt(this.#places(key)) - now);
    return Math.max(0, Math.floor((roomMs({ key, pace: this.#pace }) - used) / this.#pace.intervalMs));
  }

  #clearAt(places: readonly number[]): number {
    return Math.min(...this.#tables.map((table, index) => table[places[index]!]!));
  }

  #places(key: string): number[] {
    const digest = hash('sha256', this.#secret + key, 'buffer');
    return this.#tables.map((_, index) => digest.readUInt32LE(index * 4) % SLOTS);
  }
}
