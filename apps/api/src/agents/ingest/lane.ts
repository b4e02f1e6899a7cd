/** Limits of one transaction. */
const MESSAGES_MAX = 500;
const BYTES_MAX = 786_432;
/** After a quiet time a first message waits this long for others; under load, a little longer saves transactions. */
const LINGER_QUIET_MS = 5;
const LINGER_BUSY_MS = 20;
const QUIET_MS = 100;

/** How long to wait for more messages, given when the last batch ended. Pure. */
export function lingerMs(sinceLastBatchMs: number): number {
  return sinceLastBatchMs >= QUIET_MS ? LINGER_QUIET_MS : LINGER_BUSY_MS;
}

/**
 * The properties of a message that a lane needs: unread bytes, so that waiting messages cost no more than their size.
 */
interface Carried {
  payload: Uint8Array;
}

export interface LaneOptions<T extends Carried> {
  /** Monotonic milliseconds. */
  monotonicMs: () => number;
  /** Handles a batch; returns messages that are to be tried again. Never rejects. */
  work: (batch: T[]) => Promise<T[]>;
}

/**
 * Collects messages into batches and handles one batch at a time, so that messages of an agent stay in order. During a
 * batch the next one grows: the higher the load, the larger.
 */
export class Lane<T extends Carried> {
  readonly #options: LaneOptions<T>;
  #queue: T[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #working = false;
  #lastEndMs = Number.NEGATIVE_INFINITY;
  #idle: (() => void)[] = [];

  constructor(options: LaneOptions<T>) {
    this.#options = options;
  }

  get length(): number {
    return this.#queue.length;
  }

  push(item: T): void {
    this.#queue.push(item);
    this.#bytes += item.payload.length;
    if (this.#working) return;
    if (this.#isFull) this.#begin();
    else this.#timer ??= setTimeout(() => this.#begin(), lingerMs(this.#options.monotonicMs() - this.#lastEndMs));
  }

  /** Resolves when everything pushed so far has been handled. */
  drained(): Promise<void> {
    if (!this.#working && this.#queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  get #isFull(): boolean {
    return this.#queue.length >= MESSAGES_MAX || this.#bytes >= BYTES_MAX;
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#working || this.#queue.length === 0) return;
    this.#working = true;
    void this.#options.work(this.#take()).then((again) => {
      this.#working = false;
      this.#lastEndMs = this.#options.monotonicMs();
      this.#putBack(again);
      if (this.#isFull || again.length < this.#queue.length) this.#next(again.length > 0);
      else if (this.#queue.length > 0) this.#timer = setTimeout(() => this.#begin(), LINGER_BUSY_MS);
      else for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  /** Messages waited during the batch, so they need not wait longer. Messages to try again get a moment. */
  #next(hasAgain: boolean): void {
    if (hasAgain) this.#timer ??= setTimeout(() => this.#begin(), LINGER_QUIET_MS);
    else this.#begin();
  }

  #take(): T[] {
    let bytes = 0;
    let count = 0;
    for (const item of this.#queue) {
      if (count > 0 && (count >= MESSAGES_MAX || bytes >= BYTES_MAX)) break;
      bytes += item.payload.length;
      count += 1;
    }
    const batch = this.#queue.slice(0, count);
    this.#queue = this.#queue.slice(count);
    this.#bytes -= bytes;
    return batch;
  }

  #putBack(again: T[]): void {
    if (again.length === 0) return;
    this.#queue = [...again, ...this.#queue];
    for (const item of again) {
      this.#bytes += item.payload.length;
    }
  }
}
