import { type BerReader, TAG, malformed } from './ber-reader.ts';
import { WIRE_VERSION, encodeCommunityMessage } from './community-message.ts';
import { ERROR_STATUS, ERROR_STATUS_NAMES, SnmpError } from './errors.ts';
import { Exchanges } from './exchange.ts';
import { decodeSubIdentifiers, encodeOid } from './oid-codec.ts';
import { toV2 } from './notification-translation.ts';
import { encodeTrap } from './outgoing-notification.ts';
import { PDU, type Pdu, encodeBindings, encodeQuestion } from './pdu.ts';
import { ColumnCursor, TableReader, type TableRequest } from './table-reader.ts';
import type { Oid, OutgoingNotification, SnmpTarget, SnmpValue, VarBind } from './types.ts';
import { resolvePeer } from './udp.ts';
import { type Question, UsmAsker } from './usm-client.ts';
import { readValue } from './value-codec.ts';

export interface SnmpClientOptions {
  /** Address of the interface to send from; all by default. */
  bindAddress?: string;
  /** Milliseconds that never go backwards, for v3 engine times; a monotonic clock by default. */
  now?: () => number;
}

export interface ColumnsOptions {
  /** Rows asked for at a time; one more than a table has spares a request. */
  maxRepetitions?: number;
  /** Columns asked for at a time. */
  columnsPerPdu?: number;
  /** Refuses tables with more rows. */
  rowsMax?: number;
}

export interface WalkOptions {
  maxRepetitions?: number;
  /** Refuses subtrees with more values. */
  valuesMax?: number;
}

/** OIDs in one GET or SET; agents with small buffers answer tooBig and are then asked for half. */
const OIDS_PER_PDU = 40;
const MAX_REPETITIONS = 25;
const COLUMNS_PER_PDU = 4;
const ROWS_MAX = 10_000;
const WALK_VALUES_MAX = 100_000;

/** One UDP socket a family for all targets; answers are told apart by request id and checked by peer address. */
export class SnmpClient {
  readonly #exchanges: Exchanges;
  readonly #usm: UsmAsker;

  constructor(options: SnmpClientOptions = {}) {
    this.#exchanges = new Exchanges(options.bindAddress);
    this.#usm = new UsmAsker(this.#exchanges, options.now ?? (() => performance.now()));
  }

  /** Datagrams refused since the start: no SNMP, or answers that nobody waited for. */
  get counters(): Readonly<{ malformed: number; stray: number }> {
    return this.#exchanges.counters;
  }

  /**
   * Values of single instances, in the order asked; what the agent lacks is noSuchObject or noSuchInstance (for v1:
   * noSuchInstance). Split where the agent finds it too big. Rejects with SnmpError.
   */
  async get(target: SnmpTarget, oids: Oid[]): Promise<VarBind[]> {
    const varbinds: VarBind[] = [];
    for (let at = 0; at < oids.length; at += OIDS_PER_PDU) {
      varbinds.push(...(await this.#getSome(target, oids.slice(at, at + OIDS_PER_PDU))));
    }
    return varbinds;
  }

  /** Sets all or nothing and returns what the agent says it has set. Rejects with SnmpError. */
  async set(target: SnmpTarget, varbinds: VarBind[]): Promise<VarBind[]> {
    const pdu = await this.#ask(target, PDU.set, 0, 0, encodeBindings(varbinds));
    refuseErrors(pdu);
    return matchAnswer(
      pdu.bindings,
      varbinds.map(({ oid }) => oid),
    );
  }

  /**
   * Columns of a table: for each its values by index suffix, in the agent's order. GETBULK of several columns at a
   * time, continued where the agent cuts off; GETNEXT for v1. Rejects with SnmpError, 'not-increasing' for an agent
   * that loops, 'limit' beyond `rowsMax`.
   */
  async columns(
    target: SnmpTarget,
    columns: Oid[],
    options: ColumnsOptions = {},
  ): Promise<Map<Oid, Map<string, SnmpValue>>> {
    const cursors = [...new Set(columns)].map((column) => new ColumnCursor(column));
    const reader = new TableReader(cursors, {
      maxRepetitions: repetitionsFor(target, options.maxRepetitions),
      columnsPerPdu: options.columnsPerPdu ?? COLUMNS_PER_PDU,
      rowsMax: options.rowsMax ?? ROWS_MAX,
    });
    for (let request = reader.next(); request; request = reader.next()) await this.#step(target, reader, request);
    return new Map(cursors.map(({ column, values }) => [column, values]));
  }

  /** All values below `root`, in order, as they come. Rejects as `columns` does, 'limit' beyond `valuesMax`. */
  async *walk(target: SnmpTarget, root: Oid, options: WalkOptions = {}): AsyncIterable<VarBind> {
    const cursor = new ColumnCursor(root);
    const valuesMax = options.valuesMax ?? WALK_VALUES_MAX;
    const maxRepetitions = repetitionsFor(target, options.maxRepetitions);
    const reader = new TableReader([cursor], { maxRepetitions, columnsPerPdu: 1, rowsMax: maxRepetitions });
    let count = 0;
    for (let request = reader.next(); request; request = reader.next()) {
      await this.#step(target, reader, request);
      for (const [suffix, value] of cursor.values) {
        if (++count > valuesMax) throw new SnmpError('limit', `${root} has more than ${valuesMax} values`);
        yield { oid: cursor.oidOf(suffix), value };
      }
      cursor.values.clear();
    }
  }

  /** Sends a trap, or an inform and waits until it is acknowledged. Rejects with SnmpError. */
  async notify(target: SnmpTarget, notification: OutgoingNotification): Promise<void> {
    if (notification.inform) {
      if (target.credentials.version === 'v1') throw new SnmpError('limit', 'v1 has no informs');
      refuseErrors(await this.#ask(target, PDU.inform, 0, 0, encodeBindings(toV2(notification))));
      return;
    }
    const peer = await resolvePeer(target.host, target.port);
    await this.#exchanges.tell(peer, encodeTrap(target.credentials, notification));
  }

  /** Ends waiting requests with SnmpError 'closed'. */
  close(): Promise<void> {
    return this.#exchanges.close();
  }

  async #getSome(target: SnmpTarget, oids: Oid[]): Promise<VarBind[]> {
    const pdu = await this.#ask(target, PDU.get, 0, 0, encodeQuestion(oids.map(encodeOid)));
    if (pdu.errorStatus === ERROR_STATUS.tooBig && oids.length > 1) {
      const half = oids.length >> 1;
      return [
        ...(await this.#getSome(target, oids.slice(0, half))),
        ...(await this.#getSome(target, oids.slice(half))),
      ];
    }
    const missing = oids[pdu.errorIndex - 1];
    if (pdu.errorStatus === ERROR_STATUS.noSuchName && missing !== undefined) {
      const at = pdu.errorIndex - 1;
      const others = oids.toSpliced(at, 1);
      const varbinds = others.length === 0 ? [] : await this.#getSome(target, others);
      return varbinds.toSpliced(at, 0, { oid: missing, value: { type: 'noSuchInstance' } });
    }
    refuseErrors(pdu);
    return matchAnswer(pdu.bindings, oids);
  }

  /** One request of a table and its answer. */
  async #step(target: SnmpTarget, reader: TableReader, request: TableRequest): Promise<void> {
    const { cursors, repetitions } = request;
    const bindings = encodeQuestion(cursors.map((cursor) => cursor.position));
    const bulk = target.credentials.version !== 'v1';
    const pdu = await this.#ask(target, bulk ? PDU.getBulk : PDU.getNext, 0, bulk ? repetitions : 0, bindings);
    if (pdu.errorStatus === ERROR_STATUS.tooBig) return reader.shrink();
    // The end of the view in v1 (RFC 1157 section 4.1.3), and in some agents for v2c too.
    const missing = cursors[pdu.errorIndex - 1] ?? (cursors.length === 1 ? cursors[0] : undefined);
    if (pdu.errorStatus === ERROR_STATUS.noSuchName && missing) {
      missing.ended = true;
      return;
    }
    refuseErrors(pdu);
    reader.accept(request, pdu.bindings);
  }

  async #ask(
    target: SnmpTarget,
    tag: number,
    errorStatus: number,
    errorIndex: number,
    bindings: Uint8Array,
  ): Promise<Pdu> {
    const peer = await resolvePeer(target.host, target.port);
    const { credentials, timeoutMs, retries } = target;
    const question: Question = { tag, errorStatus, errorIndex, bindings };
    if (credentials.version === 'v3') return this.#usm.ask(peer, target, credentials, question);
    const { community } = credentials;
    const version = WIRE_VERSION[credentials.version];
    const encode = (requestId: number): Uint8Array =>
      encodeCommunityMessage(version, community, { tag, requestId, errorStatus, errorIndex }, bindings);
    return this.#exchanges.askPlain({ peer, version, timeoutMs, retries, encode }, (pdu) => ({ result: pdu }));
  }
}

function repetitionsFor(target: SnmpTarget, asked: number | undefined): number {
  return target.credentials.version === 'v1' ? 1 : (asked ?? MAX_REPETITIONS);
}

/** Throws SnmpError for an answer that is an error. */
function refuseErrors({ errorStatus, errorIndex }: Pdu): void {
  if (errorStatus === 0) return;
  const name = ERROR_STATUS_NAMES[errorStatus] ?? `unknown(${errorStatus})`;
  const code = errorStatus === ERROR_STATUS.tooBig ? 'too-big' : 'error-status';
  throw new SnmpError(code, `the agent answers ${name} at ${errorIndex}`, { errorStatus: name, errorIndex });
}

/** Reads an answer that must name exactly the OIDs asked for, in their order. */
function matchAnswer(bindings: BerReader, oids: Oid[]): VarBind[] {
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
