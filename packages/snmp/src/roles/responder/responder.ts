import type { RemoteInfo, Socket } from 'node:dgram';
import { BerReader } from '../../wire/ber-reader.ts';
import { DATAGRAM_BYTES_MAX } from '../../wire/ber-writer.ts';
import { WIRE_VERSION, encodeCommunityMessage, enterMessage, readCommunity } from '../../wire/community-message.ts';
import { corruptAnswer, corruptBytes } from './corruption.ts';
import { SnmpError } from '../../wire/errors.ts';
import { type EncodedAnswer, type MibRequest, answer, encodeAnswer, refuseWrite } from './mib-answer.ts';
import { PDU, type Pdu, type PduHead, encodeBindings, readPdu, readVarbinds } from '../../wire/pdu.ts';
import type {
  Corruption,
  InterceptedRequest,
  Interception,
  MibView,
  Peer,
  RequestKind,
  SnmpCredentials,
  SnmpVersion,
  UserCredentials,
} from '../../wire/types.ts';
import { bindSocket, closeSocket, openSocket } from '../../wire/udp.ts';
import { AuthoritativeEngine } from '../../usm/authority.ts';
import { readV3Message } from '../../usm/message.ts';

export interface SnmpResponderOptions {
  view: MibView;
  /**
   * Accepted communities and users; v3 users at their level or higher. Those that are `readOnly` have no write view
   * (RFC 3415).
   */
  credentials: (SnmpCredentials & { readOnly?: boolean })[];
  /** 5 to 32 octets. */
  engineId: Uint8Array;
  /** How often this agent has started (RFC 3414 section 2.2); 1 by default. */
  engineBoots?: number;
  /** Maximum number of varbinds in an answer: GETBULK is truncated there, other requests get tooBig. */
  maxVarbinds?: number;
  /** Octets of the largest answer, likewise. */
  maxBytes?: number;
  /** Whether a datagram of this sender is read at all; asked before anything of it is. By default all are. */
  admit?: (from: Peer) => boolean;
  /** Injected faults: called for every authentic request. */
  intercept?: (request: InterceptedRequest) => Interception;
  /** Monotonic milliseconds; a monotonic clock by default. */
  now?: () => number;
}

const VARBINDS_MAX = 500;
/** Room for the parts of a message around a VarBindList, except its names: headers, numbers, digest, salt, padding. */
const WRAPPING_BYTES = { plain: 40, v3: 150 } as const;
/** Engine ids twice and a user, each of at most 32 octets. */
const V3_NAMES_BYTES_MAX = 96;
/** Cached answers a responder; a poller repeats the same few requests. */
const CACHE_SIZE_MAX = 16;

const REQUEST_KINDS: Readonly<Record<number, RequestKind>> = {
  [PDU.get]: 'get',
  [PDU.getNext]: 'getNext',
  [PDU.getBulk]: 'getBulk',
  [PDU.set]: 'set',
};

/** An authentic request: its content, and how its answer is wrapped. */
interface Asked {
  pdu: Pdu;
  kind: RequestKind;
  version: SnmpVersion;
  /** Maximum octets of the answer's VarBindList. */
  bytesMax: number;
  /** Whether the requester may only read. */
  readOnly: boolean;
  wrap: (head: PduHead, bindings: Uint8Array) => Uint8Array;
}

/** The agent side: one socket that answers from a view. Light, for thousands in one process. */
export class SnmpResponder {
  readonly #options: SnmpResponderOptions;
  readonly #engine: AuthoritativeEngine;
  readonly #users: UserCredentials[];
  readonly #cache = new Map<string, { revision: number; encoded: EncodedAnswer }>();
  readonly #delayed = new Set<NodeJS.Timeout>();
  #socket: Socket | undefined;
  /** Datagrams answered, and those refused as not being a request of a known community or user. */
  readonly counters = { answered: 0, refused: 0, malformed: 0 };

  constructor(options: SnmpResponderOptions) {
    this.#options = options;
    this.#engine = new AuthoritativeEngine(
      options.engineId,
      options.engineBoots ?? 1,
      options.now ?? (() => performance.now()),
    );
    this.#users = options.credentials.filter((credentials) => credentials.version === 'v3');
  }

  /** Starts answering; port 0 takes any. Rejects with SnmpError 'unreachable' where the port is not available. */
  async listen(port: number, address?: string): Promise<{ port: number }> {
    const socket = openSocket(address?.includes(':') ? 6 : 4);
    const bound = await bindSocket(socket, port, address);
    socket.on('error', () => {}); // concerns one datagram, which the manager will repeat
    socket.on('message', (bytes, from) => this.#onDatagram(bytes, from));
    this.#socket = socket;
    return { port: bound };
  }

  async close(): Promise<void> {
    for (const timer of this.#delayed) clearTimeout(timer);
    this.#delayed.clear();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) await closeSocket(socket);
  }

  #onDatagram(bytes: Buffer, from: RemoteInfo): void {
    if (this.#options.admit?.(from) === false) return;
    try {
      const reader = new BerReader(bytes);
      const version = enterMessage(reader);
      const asked = version === WIRE_VERSION.v3 ? this.#openV3(reader, from) : this.#openPlain(version, reader);
      if (asked) this.#serve(asked, from);
      else this.counters.refused++;
    } catch (error) {
      if (!(error instanceof SnmpError)) throw error;
      this.counters.malformed++;
    }
  }

  #openPlain(wireVersion: number, reader: BerReader): Asked | undefined {
    const version = wireVersion === WIRE_VERSION.v1 ? 'v1' : 'v2c';
    const community = readCommunity(reader);
    const known = this.#options.credentials.find(
      (credentials) => credentials.version === version && credentials.community === community,
    );
    const kind = REQUEST_KINDS[reader.peekTag()];
    if (!known || !kind || (version === 'v1' && kind === 'getBulk')) return undefined;
    const wrap: Asked['wrap'] = (head, bindings) => encodeCommunityMessage(wireVersion, community, head, bindings);
    const bytesMax = this.#bytesMax() - WRAPPING_BYTES.plain - Buffer.byteLength(community);
    return { pdu: readPdu(reader), kind, version, bytesMax, readOnly: known.readOnly ?? false, wrap };
  }

  #openV3(reader: BerReader, from: Peer): Asked | undefined {
    const message = readV3Message(reader);
    let verdict = this.#engine.judge(message, this.#users);
    if ('accepted' in verdict) {
      const { accepted } = verdict;
      const { pdu, contextName } = accepted.scoped;
      const kind = REQUEST_KINDS[pdu.tag];
      if (!kind) return undefined;
      if (contextName === (accepted.credentials.context ?? '')) {
        const wrap: Asked['wrap'] = (head, bindings) => this.#engine.seal(accepted, head, bindings);
        const names = V3_NAMES_BYTES_MAX + Buffer.byteLength(contextName);
        const bytesMax = Math.min(message.maxBytes, this.#bytesMax()) - WRAPPING_BYTES.v3 - names;
        const { user } = accepted.credentials;
        const readOnly = this.#options.credentials.some(
          (known) => known.version === 'v3' && known.user === user && known.readOnly,
        );
        return { pdu, kind, version: 'v3', bytesMax, readOnly, wrap };
      }
      verdict = this.#engine.refuse('unknown-context', accepted);
    }
    if ('refused' in verdict && verdict.report) this.#send(verdict.report, from);
    return undefined;
  }

  #bytesMax(): number {
    return this.#options.maxBytes ?? DATAGRAM_BYTES_MAX;
  }

  #serve(asked: Asked, from: Peer): void {
    const { intercept } = this.#options;
    if (!intercept) return this.#send(this.#message(asked, this.#cached(asked)), from);
    const request = requestOf(asked);
    const oids = request.varbinds.map(({ oid }) => oid);
    const order = intercept({
      kind: asked.kind,
      version: asked.version,
      oids,
      repetitions: asked.kind === 'getBulk' ? request.maxRepetitions : 1,
      from: { address: from.address, port: from.port },
    });
    if (order === 'drop') return;
    if (typeof order === 'object' && 'refuse' in order) {
      const { errorStatus, errorIndex } = order.refuse;
      const bindings = encodeBindings(request.varbinds);
      return this.#send(this.#message(asked, { errorStatus, errorIndex, bindings }), from);
    }
    if (typeof order === 'object' && 'corrupt' in order) {
      const message = this.#message(asked, this.#encoded(asked, request, order.corrupt));
      return this.#send(corruptBytes(order.corrupt, message), from);
    }
    if (typeof order === 'object' && 'delayMs' in order) {
      const timer = setTimeout(() => {
        this.#delayed.delete(timer);
        this.#send(this.#message(asked, this.#encoded(asked, request)), from);
      }, order.delayMs);
      this.#delayed.add(timer);
      return;
    }
    const message = this.#message(asked, this.#encoded(asked, request));
    if (typeof order === 'object' && 'loseBeyondBytes' in order && message.length > order.loseBeyondBytes) return;
    this.#send(
      typeof order === 'object' && 'cutAfterBytes' in order ? message.subarray(0, order.cutAfterBytes) : message,
      from,
    );
    if (order === 'answer-twice') this.#send(message, from);
  }

  /** The answer, cached for views whose revision shows whether they have changed. */
  #cached(asked: Asked): EncodedAnswer {
    const { revision } = this.#options.view;
    if (revision === undefined || asked.kind === 'set') return this.#encoded(asked, requestOf(asked));
    const { bindings, tag, errorStatus, errorIndex } = asked.pdu;
    const question = Buffer.from(bindings.bytes.buffer, bindings.bytes.byteOffset, bindings.end);
    const name = `${asked.version} ${asked.bytesMax} ${tag} ${errorStatus} ${errorIndex} ${question.toString('latin1', bindings.at)}`;
    const known = this.#cache.get(name);
    if (known?.revision === revision) return known.encoded;
    const encoded = this.#encoded(asked, requestOf(asked));
    if (this.#cache.size >= CACHE_SIZE_MAX) this.#cache.clear();
    this.#cache.set(name, { revision, encoded });
    return encoded;
  }

  #encoded(asked: Asked, request: MibRequest, corruption?: Corruption): EncodedAnswer {
    const varbindsMax = this.#options.maxVarbinds ?? VARBINDS_MAX;
    const answered =
      asked.kind === 'set' && asked.readOnly ? refuseWrite(request) : answer(this.#options.view, request, varbindsMax);
    const spoiled = corruption ? corruptAnswer(corruption, request, answered) : answered;
    return encodeAnswer(request, spoiled, asked.bytesMax);
  }

  #message({ pdu, wrap }: Asked, { errorStatus, errorIndex, bindings }: EncodedAnswer): Uint8Array {
    return wrap({ tag: PDU.response, requestId: pdu.requestId, errorStatus, errorIndex }, bindings);
  }

  #send(bytes: Uint8Array, to: Peer): void {
    this.counters.answered++;
    // Without a callback errors come as events of the socket.
    this.#socket?.send(bytes, to.port, to.address);
  }
}

/** Reads all of a request. Throws SnmpError 'decode'. */
function requestOf({ pdu, kind, version }: Asked): MibRequest {
  return {
    kind,
    version,
    varbinds: readVarbinds(pdu.bindings),
    nonRepeaters: pdu.errorStatus,
    maxRepetitions: pdu.errorIndex,
  };
}
