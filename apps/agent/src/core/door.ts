import type { Logger } from 'pino';
import type { Clock } from './clock.ts';

/** What listens on a port. */
export interface Listener {
  /** Listens there, leaving the former port. Rejects where it is not available. */
  listen(port: number, address?: string): Promise<void>;
  close(): Promise<void>;
}

const TRY_AGAIN_MS = 30_000;

/** Keeps a listener on the wanted port: moves it when the port changes, tries again where it is not available. */
export class Door {
  readonly #listener: Listener;
  readonly #what: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  #wanted: { port: number; address: string | undefined } | null = null;
  #failures = 0;
  #cancel: () => void = () => undefined;
  #queue: Promise<void> = Promise.resolve();

  /** `what` is received, in the words of the log. */
  constructor(listener: Listener, what: string, clock: Clock, log: Logger) {
    this.#listener = listener;
    this.#what = what;
    this.#clock = clock;
    this.#log = log;
  }

  /** Failed attempts to listen, for health; empty when all is well. */
  get troubles(): Readonly<Record<string, number>> {
    return this.#failures === 0 ? {} : { 'not-listening': this.#failures };
  }

  /** Listens there from now on; nowhere with null. */
  open(port: number | null, address: string | undefined): void {
    const wanted = port === null ? null : { port, address };
    if (this.#wanted?.port === wanted?.port && this.#wanted?.address === wanted?.address) return;
    this.#wanted = wanted;
    this.#queue = this.#queue.then(() => (wanted === null ? this.#leave() : this.#try()));
  }

  async close(): Promise<void> {
    this.#wanted = null;
    this.#cancel();
    await this.#queue;
    await this.#listener.close();
  }

  async #leave(): Promise<void> {
    this.#cancel();
    this.#failures = 0;
    await this.#listener.close();
  }

  async #try(): Promise<void> {
    this.#cancel();
    const wanted = this.#wanted;
    if (wanted === null) return;
    try {
      await this.#listener.listen(wanted.port, wanted.address);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#log.error({ error, port: wanted.port }, `failed to listen for ${this.#what}; polling continues`);
      this.#cancel = this.#clock.schedule(TRY_AGAIN_MS, () => {
        this.#queue = this.#queue.then(() => this.#try());
      });
    }
  }
}
