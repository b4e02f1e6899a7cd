interface Remembered {
  untilMs: number;
  /** False while the message is still being handled. */
  handled: boolean;
}

/** A bounded memory of recent messages, the oldest forgotten first: it recognises repeats. */
export class RecentMessages {
  readonly #sizeMax: number;
  readonly #keepMs: number;
  readonly #now: () => number;
  readonly #byName = new Map<string, Remembered>();

  constructor(limits: { sizeMax: number; keepMs: number }, now: () => number) {
    this.#sizeMax = limits.sizeMax;
    this.#keepMs = limits.keepMs;
    this.#now = now;
  }

  /** The recent message with this name, if there is one. */
  find(name: string): Readonly<Remembered> | undefined {
    const known = this.#byName.get(name);
    return known && known.untilMs > this.#now() ? known : undefined;
  }

  remember(name: string, handled: boolean): void {
    this.#byName.delete(name);
    if (this.#byName.size >= this.#sizeMax) {
      const oldest = this.#byName.keys().next();
      if (!oldest.done) this.#byName.delete(oldest.value);
    }
    this.#byName.set(name, { untilMs: this.#now() + this.#keepMs, handled });
  }

  forget(name: string): void {
    this.#byName.delete(name);
  }
}
