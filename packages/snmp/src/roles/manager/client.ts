import {
  AdaptiveReader,
  type ColumnsResult,
  type ReadFailure,
  type ReadResult,
  type Send,
  matchAnswer,
} from './adaptive-reader.ts';
import { WIRE_VERSION, encodeCommunityMessage } from '../../wire/community-message.ts';
import { ERROR_STATUS, SnmpError, refusalOf } from '../../wire/errors.ts';
import { Exchanges } from './exchange.ts';
import { encodeOid } from '../../wire/oid-codec.ts';
import { toV2 } from '../../wire/notification-translation.ts';
import { encodeTrap } from './outgoing-notification.ts';
import { PDU, type Pdu, encodeBindings, encodeQuestion } from '../../wire/pdu.ts';
import { RequestSizer } from './request-size.ts';
import { ColumnCursor } from './table-reader.ts';
import type { Oid, OutgoingNotification, SnmpTarget, SnmpValue, VarBind } from '../../wire/types.ts';
import { resolvePeer } from '../../wire/udp.ts';
import { type Question, UsmAsker, lastAttemptOf } from './usm-asker.ts';

export interface SnmpClientOptions {
  /** Address of the interface to send from; all by default. */
  bindAddress?: string;
  /** Monotonic milliseconds, for v3 engine times; a monotonic clock by default. */
  now?: () => number;
}

export interface ColumnsOptions {
  /** Rows in one request; one more than a table has saves a request. */
  maxRepetitions?: number;
  /** Columns in one request. */
  columnsPerPdu?: number;
  /** Refuses tables with more rows. */
  rowsMax?: number;
}

export interface WalkOptions {
  maxRepetitions?: number;
  /** Refuses subtrees with more values. */
  valuesMax?: number;
}

const MAX_REPETITIONS = 25;
const COLUMNS_PER_PDU = 4;
const ROWS_MAX = 10_000;
const WALK_VALUES_MAX = 100_000;

/** One UDP socket a family for all targets; answers are matched by request id and checked by peer address. */
export class SnmpClient {
  readonly #exchanges: Exchanges;
  readonly #usm: UsmAsker;

  constructor(options: SnmpClientOptions = {}) {
    this.#exchanges = new Exchanges(options.bindAddress);
    this.#usm = new UsmAsker(this.#exchanges, options.now ?? (() => performance.now()));
  }

  /** Datagrams refused since the start: not SNMP, or answers that match no request. */
  get counters(): Readonly<{ malformed: number; stray: number }> {
    return this.#exchanges.counters;
  }

  /**
   * Values of single instances, in the order of the request; an instance that the agent lacks is noSuchObject or
   * noSuchInstance (for v1: noSuchInstance). Sends smaller requests where the agent cannot answer. Rejects with
   * SnmpError when a value cannot be read.
   */
  async get(target: SnmpTarget, oids: Oid[]): Promise<VarBind[]> {
    const [first] = oids;
    if (oids.length === 1 && first !== undefined) return [await this.#getOne(target, first)];
    const { varbinds, failures } = await this.read(target, oids);
    refuse(failures);
    return varbinds;
  }

  /** As `get`, but an object that cannot be read costs only itself. Rejects with SnmpError when nothing is answered. */
  read(target: SnmpTarget, oids: readonly Oid[], sizer = new RequestSizer()): Promise<ReadResult> {
    return this.#reader(target, sizer).get(oids);
  }

  /** Sets all or nothing and returns the values that the agent reports. Rejects with SnmpError. */
  async set(target: SnmpTarget, varbinds: VarBind[]): Promise<VarBind[]> {
    const bindings = encodeBindings(varbinds);
    const pdu = await this.#ask(target, { tag: PDU.set, errorStatus: 0, errorIndex: 0, bindings });
    refuseErrors(pdu);
    return matchAnswer(
      pdu.bindings,
      varbinds.map(({ oid }) => oid),
    );
  }

  /**
   * Columns of a table: the values of each by index suffix, in the agent's order. GETBULK of several columns at a time,
   * continued where the agent truncates; GETNEXT for v1 and where GETBULK is refused. Rejects with SnmpError,
   * 'not-increasing' for an agent that loops, 'limit' beyond `rowsMax`.
   */
  async columns(
    target: SnmpTarget,
    columns: Oid[],
    options: ColumnsOptions = {},
  ): Promise<Map<Oid, Map<string, SnmpValue>>> {
    const result = await this.readColumns(target, columns, options);
    refuse(result.failures);
    return result.columns;
  }

  /**
   * As `columns`, but an object that cannot be read costs only itself. Rejects with SnmpError when nothing is answered.
   */
  readColumns(
    target: SnmpTarget,
    columns: readonly Oid[],
    options: ColumnsOptions = {},
    sizer = new RequestSizer(),
  ): Promise<ColumnsResult> {
    const cursors = [...new Set(columns)].map((column) => new ColumnCursor(column));
    return this.#reader(target, sizer).columns(cursors, {
      maxRepetitions: options.maxRepetitions ?? MAX_REPETITIONS,
      columnsPerPdu: options.columnsPerPdu ?? COLUMNS_PER_PDU,
      rowsMax: options.rowsMax ?? ROWS_MAX,
    });
  }

  /**
   * All values below `root`, in the agent's order, as they arrive. Rejects as `columns` does, 'limit' beyond
   * `valuesMax`.
   */
  async *walk(target: SnmpTarget, root: Oid, options: WalkOptions = {}): AsyncIterable<VarBind> {
    const valuesMax = options.valuesMax ?? WALK_VALUES_MAX;
    const reader = this.#reader(target, new RequestSizer());
    let count = 0;
    for await (const varbind of reader.walk(root, options.maxRepetitions ?? MAX_REPETITIONS)) {
      if (++count > valuesMax) throw new SnmpError('limit', `${root} has more than ${valuesMax} values`);
      yield varbind;
    }
  }

  /** Sends a trap, or an inform and waits until it is acknowledged. Rejects with SnmpError. */
  async notify(target: SnmpTarget, notification: OutgoingNotification): Promise<void> {
    if (notification.inform) {
      if (target.credentials.version === 'v1') throw new SnmpError('limit', 'v1 has no informs');
      const bindings = encodeBindings(toV2(notification));
      refuseErrors(await this.#ask(target, { tag: PDU.inform, errorStatus: 0, errorIndex: 0, bindings }));
      return;
    }
    const peer = await resolvePeer(target.host, target.port);
    await this.#exchanges.sendUnanswered(peer, encodeTrap(target.credentials, notification));
  }

  /** Ends waiting requests with SnmpError 'closed'. */
  close(): Promise<void> {
    return this.#exchanges.close();
  }

  async #getOne(target: SnmpTarget, oid: Oid): Promise<VarBind> {
    const bindings = encodeQuestion([encodeOid(oid)]);
    const pdu = await this.#ask(target, { tag: PDU.get, errorStatus: 0, errorIndex: 0, bindings });
    if (pdu.errorStatus === ERROR_STATUS.noSuchName) return { oid, value: { type: 'noSuchInstance' } };
    refuseErrors(pdu);
    return matchAnswer(pdu.bindings, [oid])[0] as VarBind;
  }

  #reader(target: SnmpTarget, sizer: RequestSizer): AdaptiveReader {
    const send: Send = (question, retries) => this.#ask({ ...target, retries: retries ?? target.retries }, question);
    return new AdaptiveReader(send, sizer, target.credentials.version !== 'v1');
  }

  async #ask(target: SnmpTarget, question: Question): Promise<Pdu> {
    const peer = await resolvePeer(target.host, target.port);
    const { credentials, timeoutMs, retries } = target;
    if (credentials.version === 'v3') return this.#usm.ask(peer, target, credentials, question);
    const { community } = credentials;
    const version = WIRE_VERSION[credentials.version];
    const { tag, errorStatus, errorIndex, bindings } = question;
    const encode = (requestId: number): Uint8Array =>
      encodeCommunityMessage(version, community, { tag, requestId, errorStatus, errorIndex }, bindings);
    const attempts = { peer, version, timeoutMs, retries, encode, ...lastAttemptOf(question) };
    return this.#exchanges.askPlain(attempts, (pdu) => ({ result: pdu }));
  }
}

/** Throws SnmpError for an answer that is an error. */
function refuseErrors(pdu: Pdu): void {
  if (pdu.errorStatus !== 0) throw refusalOf(pdu);
}

function refuse([first]: readonly ReadFailure[]): void {
  if (first !== undefined) throw first.error;
}

/** Sends one notification from a socket of its own. Rejects with SnmpError, for informs also 'timeout'. */
export async function sendNotification(
  target: SnmpTarget,
  notification: OutgoingNotification,
  options: { bindAddress?: string } = {},
): Promise<void> {
  const client = new SnmpClient(options);
  try {
    await client.notify(target, notification);
  } finally {
    await client.close();
  }
}
