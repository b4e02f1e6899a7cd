import { createHmac, timingSafeEqual } from 'node:crypto';
import { BerReader, TAG, malformed } from '../wire/ber-reader.ts';
import { sharedWriter } from '../wire/ber-writer.ts';
import { WIRE_VERSION } from '../wire/community-message.ts';
import { type Pdu, type PduHead, readPdu, writePdu } from '../wire/pdu.ts';
import type { SecurityLevel } from '../wire/types.ts';
import type { UserKeys } from './keys.ts';
import { decryptScoped, encryptScoped } from './privacy.ts';

/** msgFlags (RFC 3412 section 6.4). */
const FLAG = { auth: 1, priv: 2, reportable: 4 } as const;
const SECURITY_MODEL_USM = 3;
const NO_OCTETS = new Uint8Array(0);

/** RFC 3411 section 5, SnmpEngineID: at most 32 octets; RFC 3414 section 2.4: user names likewise. */
const NAME_BYTES_MAX = 32;
/** RFC 3412 section 6.3: the smallest permitted msgMaxSize. */
const MESSAGE_BYTES_MIN = 484;

/** A v3 message with its security parameters (RFC 3412 section 6, RFC 3414 section 2.4), not yet authenticated. */
export interface V3Message {
  messageId: number;
  maxBytes: number;
  level: SecurityLevel;
  reportable: boolean;
  engineId: Uint8Array;
  boots: number;
  timeSeconds: number;
  user: string;
  mac: Uint8Array;
  salt: Uint8Array;
  /** All octets of the message, which the authentication code covers. */
  whole: Uint8Array;
  /** Stands at the scoped PDU, or at the octet string that encrypts it. */
  scoped: BerReader;
}

export interface ScopedPdu {
  contextEngineId: Uint8Array;
  contextName: string;
  pdu: Pdu;
}

function levelOf(flags: number): SecurityLevel {
  if (flags & FLAG.priv) {
    if (!(flags & FLAG.auth)) throw malformed('privacy without authentication');
    return 'authPriv';
  }
  return flags & FLAG.auth ? 'authNoPriv' : 'noAuthNoPriv';
}

/** Reads a v3 message whose version has been read (`enterMessage`). Throws SnmpError 'decode'. */
export function readV3Message(reader: BerReader): V3Message {
  const whole = reader.bytes.subarray(0, reader.end);
  const header = reader.inside(TAG.sequence);
  const messageId = header.natural();
  const maxBytes = header.natural();
  const flags = header.view(TAG.octets);
  if (flags.length !== 1) throw malformed('flags of other than one octet');
  if (header.natural() !== SECURITY_MODEL_USM) throw malformed('unknown security model');
  const parameters = reader.inside(TAG.octets).inside(TAG.sequence);
  const engineId = parameters.view(TAG.octets);
  const boots = parameters.natural();
  const timeSeconds = parameters.natural();
  const user = parameters.view(TAG.octets);
  if (engineId.length > NAME_BYTES_MAX || user.length > NAME_BYTES_MAX) throw malformed('engine id or user too long');
  const mac = parameters.view(TAG.octets);
  const salt = parameters.view(TAG.octets);
  return {
    messageId,
    maxBytes: Math.max(maxBytes, MESSAGE_BYTES_MIN),
    level: levelOf(flags[0] as number),
    reportable: ((flags[0] as number) & FLAG.reportable) !== 0,
    engineId,
    boots,
    timeSeconds,
    user: Buffer.from(user).toString('utf8'),
    mac,
    salt,
    whole,
    scoped: reader,
  };
}

/** Whether the message's authentication code is right under these keys (RFC 3414 sections 6.3.2, 7.3.2). */
export function macIsRight(message: V3Message, keys: UserKeys): boolean {
  const { auth } = keys;
  if (!auth || message.mac.length !== auth.suite.macBytes) return false;
  const macStart = message.mac.byteOffset - message.whole.byteOffset;
  const expected = createHmac(auth.suite.digest, auth.key)
    .update(message.whole.subarray(0, macStart))
    .update(new Uint8Array(auth.suite.macBytes))
    .update(message.whole.subarray(macStart + auth.suite.macBytes))
    .digest()
    .subarray(0, auth.suite.macBytes);
  return timingSafeEqual(expected, message.mac);
}

/**
 * Reads the content of the message, decrypting it where its level requires it; may be called again. Throws SnmpError
 * 'decode'.
 */
export function readScoped(message: V3Message, keys: UserKeys): ScopedPdu {
  let reader = new BerReader(message.whole, message.scoped.at, message.scoped.end);
  if (message.level === 'authPriv') {
    if (!keys.priv) throw malformed('encrypted without a key');
    reader = new BerReader(decryptScoped(keys.priv, message, message.salt, reader.view(TAG.octets)));
  }
  const scoped = reader.inside(TAG.sequence);
  const contextEngineId = scoped.view(TAG.octets);
  const contextName = Buffer.from(scoped.view(TAG.octets)).toString('utf8');
  return { contextEngineId, contextName, pdu: readPdu(scoped) };
}

export interface OutgoingV3 {
  messageId: number;
  /** The largest message that the sender accepts. */
  maxBytes: number;
  level: SecurityLevel;
  reportable: boolean;
  engineId: Uint8Array;
  boots: number;
  timeSeconds: number;
  user: string;
  keys: UserKeys;
  contextEngineId: Uint8Array;
  contextName: string;
  head: PduHead;
  /** A VarBindList from `encodeBindings`. */
  bindings: Uint8Array;
}

function encodeScoped(message: OutgoingV3): Buffer {
  sharedWriter.reset();
  const mark = sharedWriter.mark();
  writePdu(sharedWriter, message.head, message.bindings);
  sharedWriter.element(TAG.octets, Buffer.from(message.contextName, 'utf8'));
  sharedWriter.element(TAG.octets, message.contextEngineId);
  sharedWriter.header(TAG.sequence, mark);
  return sharedWriter.take();
}

/**
 * Writes the security parameters; returns the distance from the message's end to the start of the authentication code.
 */
function writeSecurityParameters(message: OutgoingV3, macBytes: number, salt: Uint8Array): number {
  const mark = sharedWriter.mark();
  sharedWriter.element(TAG.octets, salt);
  sharedWriter.raw(new Uint8Array(macBytes));
  const macFromEnd = sharedWriter.length;
  sharedWriter.header(TAG.octets, sharedWriter.mark() + macBytes);
  sharedWriter.element(TAG.octets, Buffer.from(message.user, 'utf8'));
  sharedWriter.integer(message.timeSeconds);
  sharedWriter.integer(message.boots);
  sharedWriter.element(TAG.octets, message.engineId);
  sharedWriter.header(TAG.sequence, mark);
  sharedWriter.header(TAG.octets, mark);
  return macFromEnd;
}

function writeHeaderData(message: OutgoingV3): void {
  const auth = message.level === 'noAuthNoPriv' ? 0 : FLAG.auth;
  const priv = message.level === 'authPriv' ? FLAG.priv : 0;
  const mark = sharedWriter.mark();
  sharedWriter.integer(SECURITY_MODEL_USM);
  sharedWriter.element(TAG.octets, Uint8Array.of(auth | priv | (message.reportable ? FLAG.reportable : 0)));
  sharedWriter.integer(message.maxBytes);
  sharedWriter.integer(message.messageId);
  sharedWriter.header(TAG.sequence, mark);
}

/** A whole v3 message, encrypted and signed as its level requires. Throws SnmpError 'too-big'. */
export function encodeV3Message(message: OutgoingV3): Buffer<ArrayBuffer> {
  const { auth, priv } = message.keys;
  const scoped = encodeScoped(message);
  const hidden = message.level === 'authPriv' && priv ? encryptScoped(priv, message, scoped) : undefined;
  const macBytes = message.level !== 'noAuthNoPriv' && auth ? auth.suite.macBytes : 0;
  sharedWriter.reset();
  const mark = sharedWriter.mark();
  if (hidden) sharedWriter.element(TAG.octets, hidden.encrypted);
  else sharedWriter.raw(scoped);
  const macFromEnd = writeSecurityParameters(message, macBytes, hidden?.salt ?? NO_OCTETS);
  writeHeaderData(message);
  sharedWriter.integer(WIRE_VERSION.v3);
  sharedWriter.header(TAG.sequence, mark);
  const whole = sharedWriter.take();
  if (auth && macBytes > 0) {
    const mac = createHmac(auth.suite.digest, auth.key).update(whole).digest().subarray(0, macBytes);
    whole.set(mac, whole.length - macFromEnd);
  }
  return whole;
}
