import type { Attempts, Exchanges } from './exchange.ts';
import { malformed } from '../../wire/ber-reader.ts';
import { DATAGRAM_BYTES_MAX } from '../../wire/ber-writer.ts';
import { WIRE_VERSION } from '../../wire/community-message.ts';
import { PDU, type Pdu, encodeBindings, readVarbinds } from '../../wire/pdu.ts';
import type { Oid, SnmpTarget, UserCredentials } from '../../wire/types.ts';
import type { ResolvedPeer } from '../../wire/udp.ts';
import { RemoteClock } from '../../usm/clock.ts';
import { type UserKeys, isLevelAtLeast, userKeys } from '../../usm/keys.ts';
import { type V3Message, encodeV3Message, macIsRight, readScoped } from '../../usm/message.ts';
import { REPORT, reportError } from '../../usm/reports.ts';

/** The content of a request, independent of the version that carries it. */
export interface Question {
  tag: number;
  errorStatus: number;
  errorIndex: number;
  bindings: Uint8Array;
  /** Called when the last attempt is sent: no attempt was answered so far. */
  onLastAttempt?: () => void;
}

interface RemoteEngine {
  engineId: Uint8Array;
  clock: RemoteClock;
}

type Answer = { pdu: Pdu } | { report: Oid };

const ENGINES_MAX = 20_000;
/** How often a request is repeated because the peer's engine or its time turned out to be different. */
const CORRECTIONS_MAX = 2;
const NO_OCTETS = new Uint8Array(0);

/** The requesting side of the user-based security model: knows peers' engines, follows their time. */
export class UsmAsker {
  readonly #exchanges: Exchanges;
  readonly #now: () => number;
  readonly #engines = new Map<string, Promise<RemoteEngine>>();

  constructor(exchanges: Exchanges, now: () => number) {
    this.#exchanges = exchanges;
    this.#now = now;
  }

  /**
   * Sends a request and returns the response, discovering the peer's engine where it is unknown (RFC 3414 section 4).
   * Rejects with SnmpError.
   */
  async ask(peer: ResolvedPeer, target: SnmpTarget, credentials: UserCredentials, question: Question): Promise<Pdu> {
    const name = `${peer.address}:${peer.port}`;
    for (let corrections = 0; ; corrections++) {
      const engine = await this.#engine(name, peer, target);
      let answer: Answer;
      try {
        answer = await this.#askEngine(engine, peer, target, credentials, question);
      } catch (error) {
        // A rebooted agent that forgot its boots ignores our requests: the next request discovers it again.
        this.#engines.delete(name);
        throw error;
      }
      if ('pdu' in answer) return answer.pdu;
      if (answer.report === REPORT['unknown-engine']) this.#engines.delete(name);
      const correctable = answer.report === REPORT['unknown-engine'] || answer.report === REPORT['not-in-time-window'];
      if (!correctable || corrections === CORRECTIONS_MAX) throw reportError(answer.report);
    }
  }

  #engine(name: string, peer: ResolvedPeer, target: SnmpTarget): Promise<RemoteEngine> {
    const known = this.#engines.get(name);
    if (known) return known;
    if (this.#engines.size >= ENGINES_MAX) this.#engines.clear();
    const discovering = this.#discover(peer, target);
    this.#engines.set(name, discovering);
    discovering.catch(() => this.#engines.delete(name));
    return discovering;
  }

  #discover(peer: ResolvedPeer, target: SnmpTarget): Promise<RemoteEngine> {
    const bindings = encodeBindings([]);
    const encode = (messageId: number): Uint8Array =>
      encodeV3Message({
        messageId,
        maxBytes: DATAGRAM_BYTES_MAX,
        level: 'noAuthNoPriv',
        reportable: true,
        engineId: NO_OCTETS,
        boots: 0,
        timeSeconds: 0,
        user: '',
        keys: {},
        contextEngineId: NO_OCTETS,
        contextName: '',
        head: { tag: PDU.get, requestId: messageId, errorStatus: 0, errorIndex: 0 },
        bindings,
      });
    return this.#exchanges.askV3(attemptsFor(peer, target, encode), (message) => {
      if (message.level !== 'noAuthNoPriv' || readScoped(message, {}).pdu.tag !== PDU.report) return undefined;
      // RFC 3411 section 5: an engine id has 5 to 32 octets.
      if (message.engineId.length < 5) throw malformed('report with too short an engine id');
      const clock = new RemoteClock(message, this.#now());
      return { result: { engineId: Uint8Array.from(message.engineId), clock } };
    });
  }

  #askEngine(
    engine: RemoteEngine,
    peer: ResolvedPeer,
    target: SnmpTarget,
    credentials: UserCredentials,
    question: Question,
  ): Promise<Answer> {
    const keys = userKeys(credentials, engine.engineId);
    const { tag, errorStatus, errorIndex, bindings } = question;
    const encode = (messageId: number): Uint8Array =>
      encodeV3Message({
        messageId,
        maxBytes: DATAGRAM_BYTES_MAX,
        level: credentials.level,
        reportable: true,
        engineId: engine.engineId,
        ...engine.clock.at(this.#now()),
        user: credentials.user,
        keys,
        contextEngineId: engine.engineId,
        contextName: credentials.context ?? '',
        head: { tag, requestId: messageId, errorStatus, errorIndex },
        bindings,
      });
    return this.#exchanges.askV3<Answer>(
      { ...attemptsFor(peer, target, encode), ...lastAttemptOf(question) },
      (message, id) => this.#interpret(message, id, engine, credentials, keys),
    );
  }

  #interpret(message: V3Message, id: number, engine: RemoteEngine, credentials: UserCredentials, keys: UserKeys) {
    const authentic = message.level !== 'noAuthNoPriv';
    if (authentic && !macIsRight(message, keys)) {
      return { doubt: { code: 'auth', message: 'an answer with a wrong digest' } } as const;
    }
    const { pdu } = readScoped(message, keys);
    if (pdu.tag === PDU.report) {
      const report = readVarbinds(pdu.bindings)[0]?.oid;
      if (report === undefined) throw malformed('report without a counter');
      // The message id is fresh, so this is no replay, whatever boots and time it has.
      if (report === REPORT['not-in-time-window']) engine.clock = new RemoteClock(message, this.#now());
      return { result: { report } };
    }
    if (!isLevelAtLeast(message.level, credentials.level) || message.user !== credentials.user) {
      return { doubt: { code: 'auth', message: 'an answer of a lower security level' } } as const;
    }
    if (authentic && !engine.clock.accept(message, this.#now())) {
      return { doubt: { code: 'not-in-time-window', message: 'an answer outside the time window' } } as const;
    }
    if (pdu.tag !== PDU.response || pdu.requestId !== id) return undefined;
    return { result: { pdu } };
  }
}

/** The part of a request that its attempts need beside the datagram. */
export function lastAttemptOf({ onLastAttempt }: Question): Pick<Attempts, 'onLastAttempt'> {
  return onLastAttempt === undefined ? {} : { onLastAttempt };
}

function attemptsFor(peer: ResolvedPeer, target: SnmpTarget, encode: Attempts['encode']): Attempts {
  return { peer, version: WIRE_VERSION.v3, timeoutMs: target.timeoutMs, retries: target.retries, encode };
}
