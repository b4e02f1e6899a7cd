import { type BerReader, TAG, malformed } from '../../wire/ber-reader.ts';
import { ERROR_STATUS, SnmpError, refusalOf } from '../../wire/errors.ts';
import { decodeSubIdentifiers, encodeOid } from '../../wire/oid-codec.ts';
import { PDU, type Pdu, encodeQuestion } from '../../wire/pdu.ts';
import type { RequestSizer } from './request-size.ts';
import { ColumnCursor, TableReader, type TableRequest } from './table-reader.ts';
import type { Oid, SnmpValue, VarBind } from '../../wire/types.ts';
import type { Question } from './usm-asker.ts';
import { readValue } from '../../wire/value-codec.ts';

/** An object or a column that could not be read completely while the agent answered other requests. */
export interface ReadFailure {
  oid: Oid;
  error: SnmpError;
}

export interface ReadResult {
  /** In the order of the request, without the failed ones. */
  varbinds: VarBind[];
  failures: ReadFailure[];
}

export interface ColumnsResult {
  /** The values read, also of a column that failed, by index suffix in the order of the agent. */
  columns: Map<Oid, Map<string, SnmpValue>>;
  failures: ReadFailure[];
}

/** Sends one request until it is answered; `retries` overrides the target's. */
export type Send = (question: Question, retries?: number) => Promise<Pdu>;

export interface TableLimits {
  maxRepetitions: number;
  columnsPerPdu: number;
  rowsMax: number;
}

/** sysUpTime.0 (RFC 3418): the smallest request that every agent answers. */
const SYS_UP_TIME = '1.3.6.1.2.1.1.3.0';
/** Maximum number of single requests in one reading that an agent may leave unanswered; each costs all its attempts. */
const SILENCES_MAX = 3;
/**
 * Errors after which the values of a column received so far are kept, and the missing cells are requested one by one.
 */
const PARTIAL: ReadonlySet<string> = new Set(['error-status', 'too-big', 'not-answered']);

/**
 * Reads from one agent with requests as large as the agent can answer, and smaller ones where an answer is missing or
 * an error, down to single values. An error costs only the objects that cannot be read. Rejects with SnmpError only
 * when not even the smallest request is answered.
 */
export class AdaptiveReader {
  readonly #send: Send;
  readonly #sizer: RequestSizer;
  /** False for v1, which has no GETBULK. */
  readonly #hasBulk: boolean;
  #silences = 0;

  constructor(send: Send, sizer: RequestSizer, hasBulk: boolean) {
    this.#send = send;
    this.#sizer = sizer;
    this.#hasBulk = hasBulk;
  }

  /** Values of single instances. */
  async get(oids: readonly Oid[]): Promise<ReadResult> {
    const values = new Map<Oid, SnmpValue>();
    const failures: ReadFailure[] = [];
    const todo = [...oids];
    while (todo.length > 0) {
      const some = todo.splice(0, this.#sizer.size.oids);
      await this.#getSome(some, values, failures);
    }
    const varbinds = oids.flatMap((oid) => {
      const value = values.get(oid);
      return value === undefined ? [] : [{ oid, value }];
    });
    return { varbinds, failures };
  }

  /** Columns that share an index, side by side. */
  async columns(cursors: ColumnCursor[], limits: TableLimits): Promise<ColumnsResult> {
    const failures: ReadFailure[] = [];
    const reader = new TableReader(cursors, limits);
    const state = { bulkRefused: false };
    for (;;) {
      const request = reader.next(this.#tableSize(state));
      if (request === undefined) break;
      await this.#step(reader, request, state, failures);
    }
    // GETNEXT read everything that GETBULK could not: then the agent refuses GETBULK as such.
    if (state.bulkRefused && failures.length === 0) this.#sizer.refusedBulk();
    const columns = new Map(cursors.map(({ column, values }) => [column, values]));
    return { columns, failures: await this.#fillHoles(columns, failures) };
  }

  /** All values below `root` in the agent's order. Rejects where the agent cannot name the value after the last one. */
  async *walk(root: Oid, maxRepetitions: number): AsyncGenerator<VarBind> {
    const cursor = new ColumnCursor(root);
    const failures: ReadFailure[] = [];
    const reader = new TableReader([cursor], { maxRepetitions, columnsPerPdu: 1, rowsMax: maxRepetitions });
    const state = { bulkRefused: false };
    for (;;) {
      const request = reader.next(this.#tableSize(state));
      if (request === undefined) break;
      await this.#step(reader, request, state, failures);
      for (const [suffix, value] of cursor.values) yield { oid: cursor.oidOf(suffix), value };
      cursor.values.clear();
    }
    const [failure] = failures;
    if (failure !== undefined) throw failure.error;
  }

  #tableSize({ bulkRefused }: { bulkRefused: boolean }): { values: number; bulk: boolean } {
    const { values, bulk } = this.#sizer.size;
    return { values, bulk: bulk && this.#hasBulk && !bulkRefused };
  }

  /** One request of a table and its answer. */
  async #step(
    reader: TableReader,
    request: TableRequest,
    state: { bulkRefused: boolean },
    failures: ReadFailure[],
  ): Promise<void> {
    const { cursors, repetitions } = request;
    const { bulk } = this.#tableSize(state);
    const asked = cursors.length * repetitions;
    const bindings = encodeQuestion(cursors.map((cursor) => cursor.position));
    const tag = bulk ? PDU.getBulk : PDU.getNext;
    const by = bulk ? 'bulk' : 'next';
    const fail = (error: SnmpError) => {
      const failed = error.code === 'limit' ? cursors.filter((cursor) => reader.isTooLong(cursor)) : cursors;
      if (failed.length > 1 && error.code !== 'limit') return reader.separate(cursors);
      for (const cursor of failed) {
        cursor.ended = true;
        if (!PARTIAL.has(error.code)) cursor.values.clear();
        failures.push({ oid: cursor.column, error });
      }
    };
    const pdu = await this.#ask({ tag, errorStatus: 0, errorIndex: bulk ? repetitions : 0, bindings }, asked);
    if (pdu === null) {
      if (this.#sizer.refused(by, asked)) return;
      this.#silences += 1;
      return fail(new SnmpError('not-answered', 'only smaller requests are answered'));
    }
    const { errorStatus } = pdu;
    if (errorStatus === 0) {
      try {
        reader.accept(request, pdu.bindings);
        this.#sizer.bore(by, asked);
      } catch (error) {
        if (!(error instanceof SnmpError)) throw error;
        fail(error);
      }
      return;
    }
    if (errorStatus === ERROR_STATUS.tooBig) {
      if (!this.#sizer.refused(by, asked, 2)) fail(refusalOf(pdu));
      return;
    }
    // The end of the view in v1 (RFC 1157 section 4.1.3), and in some agents for v2c too. The error index is ignored:
    // agents name the first varbind, the last, or none.
    if (errorStatus === ERROR_STATUS.noSuchName && cursors.length === 1) {
      (cursors[0] as ColumnCursor).ended = true;
      return;
    }
    if (bulk) state.bulkRefused = true;
    else fail(refusalOf(pdu));
  }

  /** Requests by GET the cells of a failed column in rows that other columns have. */
  async #fillHoles(columns: Map<Oid, Map<string, SnmpValue>>, failures: ReadFailure[]): Promise<ReadFailure[]> {
    if (failures.length === 0) return failures;
    const rows = new Set([...columns.values()].flatMap((values) => [...values.keys()]));
    const left: ReadFailure[] = [];
    for (const failure of failures) {
      const cells = columns.get(failure.oid);
      const missing = [...rows].filter((row) => cells?.has(row) === false);
      if (cells === undefined || missing.length === 0 || !PARTIAL.has(failure.error.code)) {
        left.push(failure);
        continue;
      }
      const read = await this.get(missing.map((row) => `${failure.oid}.${row}`));
      for (const { oid, value } of read.varbinds) {
        if (value.type !== 'noSuchInstance' && value.type !== 'noSuchObject')
          cells.set(oid.slice(failure.oid.length + 1), value);
      }
      left.push(...read.failures);
    }
    return left;
  }

  /** Reads some objects, and separates those that cannot be answered. */
  async #getSome(oids: readonly Oid[], values: Map<Oid, SnmpValue>, failures: ReadFailure[]): Promise<void> {
    const [first] = oids;
    if (first === undefined) return;
    const alone = oids.length === 1;
    if (alone && this.#silences >= SILENCES_MAX) {
      failures.push({ oid: first, error: new SnmpError('not-answered', 'not asked after others were not answered') });
      return;
    }
    const bindings = encodeQuestion(oids.map(encodeOid));
    const pdu = await this.#ask({ tag: PDU.get, errorStatus: 0, errorIndex: 0, bindings }, oids.length);
    if (pdu === null) {
      if (!alone) {
        this.#sizer.refused('get', oids.length);
        return this.#inParts(oids, this.#sizer.size.oids, values, failures);
      }
      this.#silences += 1;
      failures.push({ oid: first, error: new SnmpError('not-answered', 'only other requests are answered') });
      return;
    }
    const error = takeAnswer(pdu, oids, values);
    if (error === null) return this.#sizer.bore('get', oids.length);
    if (alone) {
      if (pdu.errorStatus === ERROR_STATUS.noSuchName) values.set(first, { type: 'noSuchInstance' });
      else failures.push({ oid: first, error });
      return;
    }
    if (pdu.errorStatus === ERROR_STATUS.tooBig) {
      this.#sizer.refused('get', oids.length, 2);
      return this.#inParts(oids, oids.length >> 1, values, failures);
    }
    return this.#sift(pdu, oids, values, failures);
  }

  /**
   * Finds the object that an error status is about. The object at the error index is requested alone; where the index
   * was wrong or absent, the request is halved until the failing object stands alone.
   */
  async #sift(
    { errorIndex }: Pdu,
    oids: readonly Oid[],
    values: Map<Oid, SnmpValue>,
    failures: ReadFailure[],
  ): Promise<void> {
    const half = oids.length >> 1;
    const blamed = oids[errorIndex - 1];
    const known = failures.length;
    let others = oids;
    if (blamed !== undefined) {
      await this.#getSome([blamed], values, failures);
      others = oids.filter((oid) => oid !== blamed);
      const justly = failures.length > known || isAbsent(values.get(blamed));
      if (justly) return this.#getSome(others, values, failures);
    }
    await this.#inParts(others, half, values, failures);
    // Each half was answered completely: the request was too large, although the agent reports another error.
    const wasSize = failures.length === known && !oids.some((oid) => isAbsent(values.get(oid)));
    if (wasSize) this.#sizer.refused('get', oids.length, 2);
  }

  async #inParts(
    oids: readonly Oid[],
    size: number,
    values: Map<Oid, SnmpValue>,
    failures: ReadFailure[],
  ): Promise<void> {
    for (let at = 0; at < oids.length; at += size) await this.#getSome(oids.slice(at, at + size), values, failures);
  }

  /** The answer; null where only this request stays unanswered and the smallest one is answered. */
  async #ask(question: Question, asked: number): Promise<Pdu | null> {
    let probing: Promise<boolean> | undefined;
    const probe = () => {
      probing ??= this.#isThere();
    };
    try {
      // The smallest request is sent together with the last repetition, so that an absent agent is noticed no later.
      return await this.#send({ ...question, onLastAttempt: probe });
    } catch (error) {
      if (!(error instanceof SnmpError) || (error.code !== 'timeout' && error.code !== 'decode')) throw error;
      probe();
      if (!(await probing)) throw error;
      if (asked === 1 && this.#silences >= SILENCES_MAX)
        throw new SnmpError('not-answered', 'it answers small requests only');
      return null;
    }
  }

  async #isThere(): Promise<boolean> {
    const bindings = encodeQuestion([encodeOid(SYS_UP_TIME)]);
    return this.#send({ tag: PDU.get, errorStatus: 0, errorIndex: 0, bindings }, 0).then(
      () => true,
      () => false,
    );
  }
}

function isAbsent(value: SnmpValue | undefined): boolean {
  return value === undefined || value.type === 'noSuchInstance' || value.type === 'noSuchObject';
}

/** Takes the values of an answer; returns the error where it has none. */
function takeAnswer(pdu: Pdu, oids: readonly Oid[], values: Map<Oid, SnmpValue>): SnmpError | null {
  if (pdu.errorStatus !== 0) return refusalOf(pdu);
  try {
    for (const { oid, value } of matchAnswer(pdu.bindings, oids)) values.set(oid, value);
    return null;
  } catch (error) {
    if (error instanceof SnmpError) return error;
    throw error;
  }
}

/** Reads an answer that must have exactly the requested OIDs, in their order. Throws SnmpError 'decode'. */
export function matchAnswer(bindings: BerReader, oids: readonly Oid[]): VarBind[] {
  const varbinds = oids.map((oid) => {
    const pair = bindings.inside(TAG.sequence);
    const name = pair.view(TAG.oid);
    if (Buffer.compare(name, encodeOid(oid)) !== 0) {
      throw malformed(
        `an answer for ${decodeSubIdentifiers(name, 0, name.length).slice(0, 80)} where ${oid} was asked`,
      );
    }
    const value = readValue(pair);
    if (pair.at !== pair.end) throw malformed('something behind a value');
    return { oid, value };
  });
  if (bindings.at !== bindings.end) throw malformed('more values than asked for');
  return varbinds;
}
