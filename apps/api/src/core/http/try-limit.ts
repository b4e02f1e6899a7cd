/** Counts tries by key in a window that starts at the first; bounded in memory. */
export class TryLimit {
  readonly #tries = new Map<string, { count: number; until: number }>();
  readonly #most: number;
  readonly #windowMs: number;
  readonly #keysMax: number;

  constructor(most: number, windowMs: number, keysMax = 10_000) {
    this.#most = most;
    this.#windowMs = windowMs;
    this.#keysMax = keysMax;
  }

  /** Counts a try at `now`. Returns 0 where it is allowed, else the milliseconds to wait. */
  take(key: string, now: number): number {
    const entry = this.#tries.get(key);
    if (entry === undefined || entry.until <= now) {
      this.#forgetOld(now);
      this.#tries.delete(key);
      this.#tries.set(key, { count: 1, until: now + this.#windowMs });
      return 0;
    }
    entry.count += 1;
    return entry.count > this.#most ? entry.until - now : 0;
  }

  /** A success clears the count. */
  clear(key: string): void {
    this.#tries.delete(key);
  }

  /** Entries stand in order of their end, so the ended ones are first; the oldest goes where there are too many. */
  #forgetOld(now: number): void {
    for (const [key, entry] of this.#tries) {
      if (entry.until > now && this.#tries.size < this.#keysMax) break;
      this.#tries.delete(key);
    }
  }
}
