import type pg from 'pg';
import { ByteWriter } from '../../dist/agents/ingest/rows/byte-writer.js';

/** The parts of pg's connection that COPY needs. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** COPY … FROM STDIN as a query of the pg library. */
export function copyFrom(client: pg.Client, text: string, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = {
      submit: (connection: CopyConnection) => connection.query(text),
      handleCopyInResponse: (connection: CopyConnection) => {
        connection.sendCopyFromChunk(data);
        connection.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve(),
      handleError: (error: Error) => reject(error),
    };
    client.query(query as unknown as pg.Query);
  });
}

const SIGNATURE = Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1');

/** Writes rows in the binary format of COPY (PostgreSQL documentation, COPY, "Binary Format"). */
export class CopyRows {
  readonly writer = new ByteWriter();

  constructor() {
    this.begin();
  }

  begin(): void {
    this.writer.clear();
    this.writer.bytes(SIGNATURE);
    this.writer.int32(0);
    this.writer.int32(0);
  }

  end(): Buffer {
    this.writer.int16(-1);
    return this.writer.toBuffer();
  }

  cells(values: readonly (number | null)[] | undefined, oid: 23 | 700): void {
    const { writer } = this;
    if (values === undefined) {
      writer.int32(-1);
      return;
    }
    const at = writer.reserve32();
    const start = writer.length;
    for (const header of [1, 1, oid, values.length, 1]) writer.int32(header);
    for (const value of values) {
      if (value === null) {
        writer.int32(-1);
        continue;
      }
      writer.int32(4);
      if (oid === 23) writer.int32(value);
      else writer.float32(value);
    }
    writer.fill32(at, writer.length - start);
  }
}
