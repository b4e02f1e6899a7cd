import { once } from 'node:events';
import { Readable } from 'node:stream';
import type pg from 'pg';

/** What pg hands to a query that speaks the copy protocol; its types name none of it. */
interface Wire {
  stream: NodeJS.WritableStream & { pause(): void; resume(): void; writableNeedDrain: boolean };
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/** Rows that "COPY 12" reports. */
const rowsOf = ({ text }: { text: string }): number => Number(text.split(' ').at(-1));

/** The bytes of `copy … to stdout`. The server waits while nobody reads, so memory stays bounded. */
export class CopyOut extends Readable {
  /** Known at the end. */
  rows = 0;
  #wire: Wire | undefined;

  constructor(private readonly text: string) {
    super({ highWaterMark: 1 << 20 });
  }

  submit(connection: unknown): void {
    this.#wire = connection as Wire;
    this.#wire.query(this.text);
  }

  override _read(): void {
    this.#wire?.stream.resume();
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // The parser's buffer is used again.
    if (!this.push(Buffer.from(chunk))) this.#wire?.stream.pause();
  }

  handleCommandComplete(message: { text: string }): void {
    this.rows = rowsOf(message);
  }

  handleReadyForQuery(): void {
    this.push(null);
  }

  handleError(error: Error): void {
    this.#wire?.stream.resume();
    this.destroy(error);
  }
}

/** Sends the bytes of a source to `copy … from stdin`, as fast as the server takes them. */
class CopyIn {
  readonly done: Promise<number>;
  #settle!: { resolve: (rows: number) => void; reject: (error: unknown) => void };
  #rows = 0;
  #failure: unknown;
  #ended = false;

  constructor(
    private readonly text: string,
    private readonly source: AsyncIterable<Buffer>,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  submit(connection: unknown): void {
    (connection as Wire).query(this.text);
  }

  handleCopyInResponse(connection: unknown): void {
    void this.#send(connection as Wire);
  }

  async #send(wire: Wire): Promise<void> {
    try {
      for await (const chunk of this.source) {
        if (this.#ended) return;
        wire.sendCopyFromChunk(chunk);
        if (wire.stream.writableNeedDrain) await Promise.race([once(wire.stream, 'drain'), this.done.catch(() => 0)]);
      }
      if (!this.#ended) wire.endCopyFrom();
    } catch (error) {
      this.#failure = error;
      wire.sendCopyFail('the source failed');
    }
  }

  handleCommandComplete(message: { text: string }): void {
    this.#rows = rowsOf(message);
  }

  handleReadyForQuery(): void {
    this.#ended = true;
    this.#settle.resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#ended = true;
    this.#settle.reject(this.#failure ?? error);
  }
}

/** Copies a source into a table; returns the rows. Throws the error of the source, or that of the database. */
export function copyIn(client: pg.ClientBase, text: string, source: AsyncIterable<Buffer>): Promise<number> {
  const copy = new CopyIn(text, source);
  client.query(copy);
  return copy.done;
}
