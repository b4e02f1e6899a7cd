import type { Clock } from '../core/clock.ts';

/** The next operation on a gateway, and its time; monotonic ms. */
export interface NextTurn {
  atMs: number;
  what: 'poll' | 'probe';
}

export interface TurnsOptions {
  clock: Clock;
  next: () => NextTurn;
  /** Does what is due, once everything before it is done. */
  run: (turn: NextTurn) => Promise<void>;
}

/** Runs one operation on a gateway at a time: its own due ones, and those of callers. */
export class Turns {
  readonly #options: TurnsOptions;
  #cancel: (() => void) | null = null;
  #busy = false;
  #stopped = false;
  #chain: Promise<unknown> = Promise.resolve();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Sets the timer for the next due operation; to be called when that changed. */
  arm(): void {
    this.#cancel?.();
    const { clock, next } = this.#options;
    const { atMs } = next();
    if (this.#stopped || this.#busy || !Number.isFinite(atMs)) return;
    this.#cancel = clock.schedule(atMs - clock.monotonicMs(), () => void this.#turn());
  }

  /** Runs work that talks to the gateway while nothing else does. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#chain.then(work);
    this.#chain = result.catch(() => undefined);
    return result;
  }

  async #turn(): Promise<void> {
    if (this.#busy || this.#stopped) return;
    this.#busy = true;
    const turn = this.#options.next();
    try {
      await this.exclusively(() => this.#options.run(turn));
    } finally {
      this.#busy = false;
      this.arm();
    }
  }
}
