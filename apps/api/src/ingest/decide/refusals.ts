import type { Rejection, RejectionCode } from './decode.ts';

/** Parts of one message that were not taken: told as one, by the first. */
export class Refusals {
  #first: Rejection | null = null;
  #count = 0;

  add(code: RejectionCode, detail: string): void {
    this.#first ??= { code, detail };
    this.#count += 1;
  }

  asRejection(): Rejection | null {
    if (this.#first === null || this.#count === 1) return this.#first;
    return { ...this.#first, detail: `${this.#first.detail} (and ${this.#count - 1} more)` };
  }
}
