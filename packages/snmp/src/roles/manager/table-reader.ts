import { type BerReader, TAG, malformed } from '../../wire/ber-reader.ts';
import { SnmpError } from '../../wire/errors.ts';
import {
  OID_ARCS_MAX,
  compareEncoded,
  countSubIdentifiers,
  decodeOid,
  decodeSubIdentifiers,
  encodeOid,
  encodedStartsWith,
} from '../../wire/oid-codec.ts';
import type { RequestSize } from './request-size.ts';
import type { Oid, SnmpValue } from '../../wire/types.ts';
import { readValue } from '../../wire/value-codec.ts';

/** Progress in reading one column (or subtree). The last OID is kept as the octets received. */
export class ColumnCursor {
  readonly column: Oid;
  readonly values = new Map<string, SnmpValue>();
  ended = false;
  readonly #prefix: Uint8Array;
  readonly #suffixArcsMax: number;
  #lastBytes: Uint8Array;
  #lastFrom = 0;
  #lastTo: number;

  constructor(column: Oid) {
    this.column = column;
    this.#prefix = encodeOid(column);
    this.#suffixArcsMax = OID_ARCS_MAX - 1 - countSubIdentifiers(this.#prefix, 0, this.#prefix.length);
    this.#lastBytes = this.#prefix;
    this.#lastTo = this.#prefix.length;
  }

  /** Content octets of the OID after which to continue. */
  get position(): Uint8Array {
    return this.#lastBytes.subarray(this.#lastFrom, this.#lastTo);
  }

  /** The whole OID of an index suffix below this column. */
  oidOf(suffix: string): Oid {
    return `${this.column}.${suffix}`;
  }

  /**
   * Reads the next varbind as this column's. Content octets are compared in place: only the index becomes text. Throws
   * SnmpError 'decode', and 'not-increasing' for an OID that does not follow the last.
   */
  take(reader: BerReader): void {
    const pairEnd = reader.header(TAG.sequence);
    const outerEnd = reader.end;
    reader.end = pairEnd;
    const to = reader.header(TAG.oid);
    const { bytes, at: from } = reader;
    reader.at = to;
    const exception = reader.peekTag();
    if (this.ended || (exception >= TAG.noSuchObject && exception <= TAG.endOfMibView)) {
      this.ended = true;
    } else if (compareEncoded(bytes, from, to, this.#lastBytes, this.#lastFrom, this.#lastTo) <= 0) {
      throw new SnmpError(
        'not-increasing',
        `${this.column}: the agent went from ${this.#lastOid()} to ${decodeOid(bytes, from, to)}`,
      );
    } else if (encodedStartsWith(bytes, from, to, this.#prefix)) {
      this.#keep(reader, from, to);
      if (reader.at !== pairEnd) throw malformed('something behind a value');
    } else {
      decodeOid(bytes, from, to); // refuses an invalid OID; OIDs after the column are not needed
      this.ended = true;
    }
    reader.at = pairEnd;
    reader.end = outerEnd;
  }

  #keep(reader: BerReader, from: number, to: number): void {
    const { bytes } = reader;
    const suffixFrom = from + this.#prefix.length;
    if (countSubIdentifiers(bytes, suffixFrom, to) > this.#suffixArcsMax) throw malformed('too many arcs');
    const suffix = decodeSubIdentifiers(bytes, suffixFrom, to);
    this.values.set(suffix, readValue(reader));
    this.#lastBytes = bytes;
    this.#lastFrom = from;
    this.#lastTo = to;
  }

  #lastOid(): Oid {
    return decodeOid(this.#lastBytes, this.#lastFrom, this.#lastTo);
  }
}

export interface TableRequest {
  cursors: ColumnCursor[];
  repetitions: number;
}

/**
 * Reads several columns side by side by GETBULK or GETNEXT: makes the next request and takes the answers, wherever the
 * agent truncates them. Does no IO.
 */
export class TableReader {
  readonly #cursors: ColumnCursor[];
  readonly #limits: { maxRepetitions: number; columnsPerPdu: number; rowsMax: number };
  /** Columns that are requested alone, because they could not be read together with others. */
  readonly #alone = new Set<ColumnCursor>();

  constructor(cursors: ColumnCursor[], limits: { maxRepetitions: number; columnsPerPdu: number; rowsMax: number }) {
    this.#cursors = cursors;
    this.#limits = limits;
  }

  /** The next request, no larger than `size`; undefined when every column has ended. */
  next(size: Pick<RequestSize, 'values' | 'bulk'>): TableRequest | undefined {
    const columnsMax = Math.max(1, Math.min(this.#limits.columnsPerPdu, size.values));
    const open: ColumnCursor[] = [];
    for (const cursor of this.#cursors) {
      if (cursor.ended) continue;
      if (this.#alone.has(cursor)) {
        if (open.length > 0) continue;
        open.push(cursor);
        break;
      }
      if (open.push(cursor) === columnsMax) break;
    }
    if (open.length === 0) return undefined;
    const repetitions = size.bulk ? Math.floor(size.values / open.length) : 1;
    return { cursors: open, repetitions: Math.max(1, Math.min(this.#limits.maxRepetitions, repetitions)) };
  }

  /** Takes the varbinds of an answer. Throws SnmpError 'decode', 'not-increasing' and 'limit'. */
  accept({ cursors, repetitions }: TableRequest, bindings: BerReader): void {
    const count = cursors.length;
    const most = count * repetitions;
    const { rowsMax } = this.#limits;
    let taken = 0;
    while (bindings.at < bindings.end) {
      if (taken === most) throw malformed('more values than asked for');
      (cursors[taken % count] as ColumnCursor).take(bindings);
      taken++;
    }
    if (taken === 0) throw malformed('an answer without values');
    for (const cursor of cursors) {
      if (this.isTooLong(cursor)) throw new SnmpError('limit', `${cursor.column} has more than ${rowsMax} values`);
    }
  }

  /** Whether a column has more rows than it may have. */
  isTooLong({ values }: ColumnCursor): boolean {
    return values.size > this.#limits.rowsMax;
  }

  /** From now on each of these columns is requested alone, so that a failing one costs no other. */
  separate(cursors: readonly ColumnCursor[]): void {
    for (const cursor of cursors) this.#alone.add(cursor);
  }
}
