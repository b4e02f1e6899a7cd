import type { LiveEvent } from '@loopstart/contracts';

/** Maximum number of events waiting for a slow browser; beyond it they are replaced by one `resync`. */
const BUFFER_BYTES_MAX = 1_000_000;

/** The part of a response that a stream needs. */
export interface Sink {
  write(text: string): boolean;
  end(): void;
  readonly writableLength: number;
}

/** One browser's stream: numbered events, bounded in memory. */
export class LiveStream {
  readonly #sink: Sink;
  #id: number;
  #overrun = false;

  /** Ids continue from `firstId`, so that they grow over reconnects. */
  constructor(sink: Sink, firstId: number) {
    this.#sink = sink;
    this.#id = firstId;
  }

  /** Sends an event; where the browser does not keep up, events are dropped and one `resync` replaces them. */
  send(event: LiveEvent): void {
    if (this.#sink.writableLength > BUFFER_BYTES_MAX) {
      this.#overrun = true;
      return;
    }
    if (this.#overrun) {
      this.#overrun = false;
      this.#write({ type: 'resync' });
      if (event.type === 'resync') return;
    }
    this.#write(event);
  }

  /** A comment that keeps the connection alive, and reports an overrun. */
  beat(): void {
    if (this.#overrun && this.#sink.writableLength <= BUFFER_BYTES_MAX) {
      this.#overrun = false;
      this.#write({ type: 'resync' });
    } else {
      this.#sink.write(': live\n\n');
    }
  }

  end(): void {
    this.#sink.end();
  }

  #write(event: LiveEvent): void {
    this.#id += 1;
    this.#sink.write(`id: ${this.#id}\ndata: ${JSON.stringify(event)}\n\n`);
  }
}
