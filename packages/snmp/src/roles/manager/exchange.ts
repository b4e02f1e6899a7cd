import { randomFillSync } from 'node:crypto';
import type { RemoteInfo, Socket } from 'node:dgram';
import { BerReader, TAG } from '../../wire/ber-reader.ts';
import { enterMessage } from '../../wire/community-message.ts';
import { SnmpError, type SnmpErrorCode } from '../../wire/errors.ts';
import { PDU, type Pdu, readPdu } from '../../wire/pdu.ts';
import { Patience } from './patience.ts';
import type { Peer } from '../../wire/types.ts';
import { type ResolvedPeer, SharedSockets } from '../../wire/udp.ts';
import { type V3Message, readV3Message } from '../../usm/message.ts';

/** Why an answer for a waiting request was refused; reported when no better answer comes. */
export interface Doubt {
  code: SnmpErrorCode;
  message: string;
}

interface Waiting<M> {
  peer: Peer;
  version: number;
  /** Takes a message with the request's id that comes from its peer. */
  take(message: M): void;
  /** Remembers why a message that may have been the answer was refused. */
  doubt(doubt: Doubt): void;
  abort(error: SnmpError): void;
}

export interface Attempts {
  peer: ResolvedPeer;
  version: number;
  timeoutMs: number;
  retries: number;
  /** Encodes the datagram, anew for each attempt. */
  encode: (id: number) => Uint8Array;
  /** Called when the last attempt is sent, where it is not the first: no attempt was answered so far. */
  onLastAttempt?: () => void;
}

/** The result of a message: undefined keeps waiting, a Doubt keeps waiting and remembers the reason. */
export type Interpret<M, R> = (message: M, id: number) => { result: R } | { doubt: Doubt } | undefined;

const idPool = new Uint32Array(256);
let idsLeft = 0;

/** An id that no off-path attacker can guess; request ids and message ids are 31 bits (RFC 3412 section 6.2). */
function randomId(): number {
  if (idsLeft === 0) {
    randomFillSync(idPool);
    idsLeft = idPool.length;
  }
  return (idPool[--idsLeft] as number) >>> 1;
}

/** Requests that wait for answers on shared sockets, matched by id and checked against the peer's address. */
export class Exchanges {
  readonly #sockets: SharedSockets;
  readonly #plain = new Map<number, Waiting<Pdu>>();
  readonly #v3 = new Map<number, Waiting<V3Message>>();
  readonly #patience = new Patience();
  #closed = false;
  /** Datagrams that were not SNMP, and answers that match no request. */
  readonly counters = { malformed: 0, stray: 0 };

  constructor(bindAddress?: string) {
    this.#sockets = new SharedSockets(bindAddress, (bytes, from) => this.#onDatagram(bytes, from));
  }

  /** Sends a v1/v2c request until it is answered. Rejects with SnmpError. */
  askPlain<R>(attempts: Attempts, interpret: Interpret<Pdu, R>): Promise<R> {
    return this.#ask(this.#plain, attempts, interpret);
  }

  /** Sends a v3 request until it is answered; ids are message ids. Rejects with SnmpError. */
  askV3<R>(attempts: Attempts, interpret: Interpret<V3Message, R>): Promise<R> {
    return this.#ask(this.#v3, attempts, interpret);
  }

  /** Sends a message that has no answer. Rejects with SnmpError 'unreachable' and 'closed'. */
  async sendUnanswered(peer: ResolvedPeer, bytes: Uint8Array): Promise<void> {
    const socket = await this.#socket(peer);
    await new Promise<void>((resolve, reject) => {
      socket.send(bytes, peer.port, peer.address, (error) => (error ? reject(unreachable(peer, error)) : resolve()));
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const error = new SnmpError('closed', 'the client was closed');
    for (const table of [this.#plain, this.#v3]) for (const waiting of table.values()) waiting.abort(error);
    await this.#sockets.close();
  }

  async #socket(peer: ResolvedPeer): Promise<Socket> {
    const socket = this.#sockets.bound(peer.family) ?? (await this.#sockets.open(peer.family));
    if (this.#closed) throw new SnmpError('closed', 'the client was closed');
    return socket;
  }

  async #ask<M, R>(
    table: Map<number, Waiting<M>>,
    { peer, version, timeoutMs: atLeastMs, retries, encode, onLastAttempt }: Attempts,
    interpret: Interpret<M, R>,
  ): Promise<R> {
    if (this.#closed) throw new SnmpError('closed', 'the client was closed');
    const socket = await this.#socket(peer);
    let id = randomId();
    while (table.has(id)) id = randomId();
    const timeoutMs = this.#patience.waitMs(peer, atLeastMs);
    return new Promise<R>((resolve, reject) => {
      let attemptsLeft = retries + 1;
      const startedAtMs = performance.now();
      let timer: NodeJS.Timeout | undefined;
      let doubt: Doubt | undefined;
      const finish = (): void => {
        clearTimeout(timer);
        table.delete(id);
      };
      const abort = (error: unknown): void => {
        finish();
        reject(error);
      };
      const attempt = (): void => {
        if (attemptsLeft-- === 0) {
          const { code, message } = doubt ?? { code: 'timeout', message: 'no answer' };
          this.#patience.gaveUp(id, peer, startedAtMs);
          abort(new SnmpError(code, `${message} from ${peer.address}:${peer.port}`));
          return;
        }
        if (attemptsLeft === 0 && retries > 0) onLastAttempt?.();
        timer = setTimeout(attempt, timeoutMs);
        try {
          socket.send(encode(id), peer.port, peer.address, (error) => {
            if (error && table.has(id)) abort(unreachable(peer, error));
          });
        } catch (error) {
          abort(error);
        }
      };
      const take = (message: M): void => {
        try {
          const outcome = interpret(message, id);
          if (outcome === undefined) return;
          if ('doubt' in outcome) doubt = outcome.doubt;
          else {
            finish();
            this.#patience.answered(peer, performance.now() - startedAtMs);
            resolve(outcome.result);
          }
        } catch (error) {
          abort(error);
        }
      };
      const remember = (reason: Doubt): void => {
        doubt ??= reason;
      };
      table.set(id, { peer, version, take, doubt: remember, abort });
      attempt();
    });
  }

  #onDatagram(bytes: Buffer, from: RemoteInfo): void {
    try {
      const reader = new BerReader(bytes);
      const version = enterMessage(reader);
      if (version === 3) {
        const message = readV3Message(reader);
        this.#deliver(this.#v3.get(message.messageId), message, message.messageId, version, from);
        return;
      }
      reader.at = reader.header(TAG.octets); // the community of an answer is not checked
      if (reader.peekTag() !== PDU.response) this.counters.stray++;
      else {
        const pdu = readPdu(reader);
        this.#deliver(this.#plain.get(pdu.requestId), pdu, pdu.requestId, version, from);
      }
    } catch {
      // Only reading may throw here; no datagram of an unknown sender may end the process.
      this.counters.malformed++;
      const doubt: Doubt = { code: 'decode', message: `${bytes.length} octets that are no whole SNMP message` };
      for (const table of [this.#plain, this.#v3])
        for (const waiting of table.values()) if (isFrom(waiting.peer, from)) waiting.doubt(doubt);
    }
  }

  #deliver<M>(waiting: Waiting<M> | undefined, message: M, id: number, version: number, from: RemoteInfo): void {
    if (waiting === undefined) {
      this.counters.stray++;
      this.#patience.cameLate(id, from);
      return;
    }
    const sameVersion = waiting.version === version;
    if (sameVersion && isFrom(waiting.peer, from)) return waiting.take(message);
    this.counters.stray++;
    // The id cannot be guessed: the agent itself answers from another address. This is reported, and the answer
    // refused.
    if (sameVersion)
      waiting.doubt({ code: 'other-address', message: `an answer from ${from.address}:${from.port} and none` });
  }
}

function isFrom(peer: Peer, from: RemoteInfo): boolean {
  return peer.port === from.port && peer.address === from.address;
}

function unreachable(peer: Peer, error: Error): SnmpError {
  return new SnmpError('unreachable', `cannot send to ${peer.address}:${peer.port}: ${error.message}`);
}
