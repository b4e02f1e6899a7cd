import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem-error.ts';

/**
 * Maximum number of passwords verified at once. Argon2 runs on libuv's four threads, which files and host names need
 * too.
 */
const AT_ONCE = 2;
/** Maximum number of waiting passwords: about three seconds of work. */
const WAITING_MAX = 40;

/** Limits the cost of verifying passwords: few at once, few waiting; further ones are refused at no cost. */
@Injectable()
export class HashGate {
  readonly #waiting: { begin: () => void; first: boolean }[] = [];
  #running = 0;

  /** Runs `work` when a slot is free. `first`: before waiting work without it. Throws `too-many-requests`. */
  async run<T>(work: () => Promise<T>, { first = false }: { first?: boolean } = {}): Promise<T> {
    if (this.#running >= AT_ONCE) await this.#turn(first);
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // The slot goes to the next one, or is free.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next.begin();
    }
  }

  #turn(first: boolean): Promise<void> {
    if (this.#waiting.length >= WAITING_MAX)
      throw new ProblemError('too-many-requests', {
        detail: 'Too many people are signing in at the moment. Try again in a few seconds.',
        retryAfterS: 3,
      });
    return new Promise((begin) => {
      const place = first ? this.#waiting.findIndex((other) => !other.first) : -1;
      this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, { begin, first });
    });
  }
}
