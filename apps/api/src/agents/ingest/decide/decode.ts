import {
  AGENT_MESSAGE_BYTES_MAX,
  AGENT_PROTOCOL_VERSION,
  checkUpMessage,
  type UpKind,
  type UpMessage,
  UP_KINDS,
} from '@loopstart/contracts';
import { type Position, STREAM_START } from '@loopstart/domain';

/** Why a message, or a part of one, was quarantined. Each is counted, and sent to the agent with the acknowledgement. */
export type RejectionCode =
  | 'too-large'
  | 'not-json'
  | 'wrong-version'
  | 'invalid'
  | 'unknown-gateway'
  | 'wrong-tenant'
  | 'wrong-site'
  | 'not-holder'
  | 'too-many-gateways'
  | 'too-many-ports'
  | 'unknown-revision'
  | 'wrong-length'
  | 'time-out-of-range'
  | 'bad-csr'
  | 'unknown-action'
  | 'unknown-merge'
  | 'unknown-config-job'
  | 'store-failed';

export interface Rejection {
  code: RejectionCode;
  detail: string;
  /** Gateways whose inventory the agent must send again before such a message can be accepted. */
  gatewayIds?: string[];
}

/** A message as far as it could be read. */
export interface Decoded {
  /** null: not even its position could be read. */
  position: Position | null;
  after: Position;
  /** The kind, also of a refused message, for counting. */
  kind: UpKind | 'unknown';
  /** The message where it is valid. */
  message: UpMessage | null;
  rejection: Rejection | null;
}

const KINDS: ReadonlySet<unknown> = new Set(UP_KINDS);

/** Reads a message from the wire. Pure, and never throws. */
export function decodeUp(payload: Uint8Array): Decoded {
  if (payload.length > AGENT_MESSAGE_BYTES_MAX)
    return refused(null, 'too-large', `${payload.length} bytes, ${AGENT_MESSAGE_BYTES_MAX} are allowed`);
  let json: unknown;
  try {
    const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
    json = JSON.parse(text);
    // Characters that PostgreSQL cannot store occur in JSON only as an escape.
    if (text.includes('\\u')) json = storable(json);
  } catch (error) {
    return refused(null, 'not-json', (error as Error).message.slice(0, 200));
  }
  const version = (json as { v?: unknown } | null)?.v;
  if (typeof version === 'number' && version !== AGENT_PROTOCOL_VERSION)
    return refused(json, 'wrong-version', `version ${version}; this API speaks ${AGENT_PROTOCOL_VERSION}`);
  const failure = checkUpMessage(json);
  if (failure !== null) return refused(json, 'invalid', `${failure.path} ${failure.expected}`.slice(0, 500));
  const message = json as UpMessage;
  const { epoch, seq, after } = message;
  return { position: [epoch, seq], after: [after[0], after[1]], kind: message.kind, message, rejection: null };
}

function refused(json: unknown, code: RejectionCode, detail: string): Decoded {
  const { epoch, seq, after, kind } = (json ?? {}) as Record<string, unknown>;
  return {
    position: asPosition([epoch, seq]),
    // An unreadable message may lack its predecessor too: then it follows the stored position.
    after: asPosition(after) ?? STREAM_START,
    kind: KINDS.has(kind) ? (kind as UpKind) : 'unknown',
    message: null,
    rejection: { code, detail },
  };
}

function asPosition(value: unknown): Position | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [epoch, seq] = value as unknown[];
  return isCount(epoch) && isCount(seq) ? [epoch, seq] : null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The same JSON without NUL characters and unpaired surrogates. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\u{FFFD}');
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)]));
}
