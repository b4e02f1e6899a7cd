import { DATAGRAM_BYTES_MAX } from '../wire/ber-writer.ts';
import { SnmpError } from '../wire/errors.ts';
import { PDU, type PduHead, encodeBindings } from '../wire/pdu.ts';
import type { SecurityLevel, UserCredentials } from '../wire/types.ts';
import { OwnClock } from './clock.ts';
import { type UserKeys, hasKeysFor, isLevelAtLeast, userKeys } from './keys.ts';
import { type ScopedPdu, type V3Message, encodeV3Message, macIsRight, readScoped } from './message.ts';
import { REPORT, type ReportName } from './reports.ts';

/**
 * The user named in a message, with the level of the message, which must be at least the listed one and have its keys;
 * or why the message is refused before its content is read.
 */
export function checkClaim(
  message: V3Message,
  users: Iterable<UserCredentials>,
): { credentials: UserCredentials } | { refused: 'unknown-user' | 'unsupported-level' } {
  const { user, level } = message;
  let known = false;
  for (const credentials of users) {
    if (credentials.user !== user) continue;
    known = true;
    if (isLevelAtLeast(level, credentials.level) && hasKeysFor(credentials, level)) {
      return { credentials: { ...credentials, level } };
    }
  }
  return { refused: known ? 'unsupported-level' : 'unknown-user' };
}

/** A message that our engine has accepted as authentic, timely and readable. */
export interface AcceptedV3 {
  message: V3Message;
  credentials: UserCredentials;
  keys: UserKeys;
  scoped: ScopedPdu;
}

export type Verdict = { accepted: AcceptedV3 } | { refused: ReportName; report?: Uint8Array };

/** Our engine where it is authoritative: answers discovery, checks requests and informs, secures responses. */
export class AuthoritativeEngine {
  readonly #engineId: Buffer;
  readonly #clock: OwnClock;
  readonly #refusals: Record<ReportName, number> = {
    'unsupported-level': 0,
    'not-in-time-window': 0,
    'unknown-user': 0,
    'unknown-engine': 0,
    'wrong-digest': 0,
    'decryption-failed': 0,
    'unknown-context': 0,
  };

  constructor(engineId: Uint8Array, boots: number, now: () => number) {
    if (engineId.length < 5 || engineId.length > 32) throw new SnmpError('limit', 'an engine id has 5 to 32 octets');
    this.#engineId = Buffer.from(engineId);
    this.#clock = new OwnClock(boots, now);
  }

  isAddressed(message: V3Message): boolean {
    return this.#engineId.equals(message.engineId);
  }

  /** Checks a message for this engine (RFC 3414 section 3.2), with the Report to send back where one is due. */
  judge(message: V3Message, users: Iterable<UserCredentials>): Verdict {
    if (!this.isAddressed(message)) return this.#refuse('unknown-engine', message);
    const claim = checkClaim(message, users);
    if ('refused' in claim) return this.#refuse(claim.refused, message);
    const { credentials } = claim;
    const keys = userKeys(credentials, this.#engineId);
    if (message.level !== 'noAuthNoPriv') {
      if (!macIsRight(message, keys)) return this.#refuse('wrong-digest', message);
      if (!this.#clock.isInWindow(message)) return this.#refuse('not-in-time-window', message, keys);
    }
    try {
      return { accepted: { message, credentials, keys, scoped: readScoped(message, keys) } };
    } catch (error) {
      if (message.level !== 'authPriv') throw error;
      return this.#refuse('decryption-failed', message);
    }
  }

  /** Refuses a message for a reason found after `judge`. */
  refuse(reason: ReportName, { message, keys }: AcceptedV3): Verdict {
    return this.#refuse(reason, message, keys);
  }

  /** A response at the level of its request. Throws SnmpError 'too-big'. */
  seal({ message, keys, scoped }: AcceptedV3, head: PduHead, bindings: Uint8Array): Uint8Array {
    return encodeV3Message({
      messageId: message.messageId,
      maxBytes: DATAGRAM_BYTES_MAX,
      level: message.level,
      reportable: false,
      engineId: this.#engineId,
      ...this.#clock.read(),
      user: message.user,
      keys,
      contextEngineId: scoped.contextEngineId,
      contextName: scoped.contextName,
      head,
      bindings,
    });
  }

  /** Counts a refusal and makes its Report, if the sender requests one; signed only where keys are given. */
  #refuse(reason: ReportName, message: V3Message, keys: UserKeys = {}): Verdict {
    this.#refusals[reason]++;
    if (!message.reportable) return { refused: reason };
    const level: SecurityLevel = keys.auth ? 'authNoPriv' : 'noAuthNoPriv';
    const report = encodeV3Message({
      messageId: message.messageId,
      maxBytes: DATAGRAM_BYTES_MAX,
      level,
      reportable: false,
      engineId: this.#engineId,
      ...this.#clock.read(),
      user: message.user,
      keys,
      contextEngineId: this.#engineId,
      contextName: '',
      head: { tag: PDU.report, requestId: requestIdOf(message), errorStatus: 0, errorIndex: 0 },
      bindings: encodeBindings([
        { oid: REPORT[reason], value: { type: 'counter32', value: this.#refusals[reason] >>> 0 } },
      ]),
    });
    return { refused: reason, report };
  }
}

/** The request id of a refused message, where it can be read without keys; else 0 (RFC 3412 section 7.1.3 c). */
function requestIdOf(message: V3Message): number {
  if (message.level === 'authPriv') return 0;
  try {
    return readScoped(message, {}).pdu.requestId;
  } catch {
    return 0;
  }
}
