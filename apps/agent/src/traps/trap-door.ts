import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { TrapListener } from './trap-listener.ts';

const TRY_AGAIN_MS = 30_000;

/** Keeps the listener on the wanted port: moves it when the port changes, tries again where it is not available. */
export class TrapDoor {
  readonly #listener: TrapListener;
  readonly #clock: Clock;
  readonly #log: Logger;
  #wanted: { port: number; address: string | undefined } | null = null;
  #failures = 0;
  #cancel: () => void = () => undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(listener: TrapListener, clock: Clock, log: Logger) {
    this.#listener = listener;
    this.#clock = clock;
    this.#log = log;
  }

  /** Failed attempts to listen, for health; empty when all is well. */
  get troubles(): Readonly<Record<string, number>> {
    return this.#failures === 0 ? {} : { 'not-listening': this.#failures };
  }

  /** Listens there from now on. */
  open(port: number, address: string | undefined): void {
    if (this.#wanted !== null && this.#wanted.port === port && this.#wanted.address === address) return;
    this.#wanted = { port, address };
    this.#queue = this.#queue.then(() => this.#try());
  }

  async close(): Promise<void> {
    this.#wanted = null;
    this.#cancel();
    await this.#queue;
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
      this.#log.error({ error, port: wanted.port }, 'failed to listen for notifications; polling continues');
      this.#cancel = this.#clock.schedule(TRY_AGAIN_MS, () => {
        this.#queue = this.#queue.then(() => this.#try());
      });
    }
  }
}
