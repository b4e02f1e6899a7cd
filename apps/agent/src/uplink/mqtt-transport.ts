import { topics, type Presence } from '@loopstart/contracts';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { ConnectError, type Connection, type ConnectionHandlers, type EndCause, type Transport } from './transport.ts';

/** The parameters of a connection; read for each, so that the next one uses a renewed certificate. */
export interface MqttAccess {
  url: string;
  agentId: string;
  keyPem: string;
  certificatePem: string;
  caPem: string;
}

/** How long the broker keeps undelivered messages (MQTT 5 section 3.1.2.11.2). */
const SESSION_EXPIRY_S = 86_400;
/**
 * An agent that is cut off is reported after 28 to 34 s: it sends a packet at least every 5 s, the broker closes the
 * connection after one and a half times that (MQTT 5 section 3.1.2.10) and then delays the last will (section
 * 3.1.3.2.2), in which time an agent whose line was gone for half a minute is back. The shorter the first, the less
 * these two numbers differ; half of it is what a ping may take before we close the connection ourselves, a lost packet
 * or two included.
 */
export const KEEPALIVE_S = 5;
export const WILL_DELAY_S = 26;
/** "Unacceptable protocol version" of MQTT 3.1.1 table 3.1, "unsupported protocol version" of MQTT 5 table 3-1. */
const WRONG_VERSION_CODES: ReadonlySet<number> = new Set([1, 0x84]);

/**
 * MQTT over mutual TLS: version 5, or 3.1.1 where the broker refuses 5 (then without session expiry and will delay).
 * Each connection is a client of its own without stored messages: the outbox resends.
 */
export function mqttTransport(access: () => MqttAccess): Transport {
  let version: 5 | 4 = 5;
  return {
    async connect(will, handlers, withinMs) {
      try {
        return await open(access(), version, will, handlers, withinMs);
      } catch (error) {
        if (version === 4 || !(error instanceof WrongVersionError)) throw error;
        version = 4;
        return open(access(), version, will, handlers, withinMs);
      }
    },
  };
}

class WrongVersionError extends Error {}

/**
 * "Session taken over" of MQTT 5 section 3.14.2.1, and "server busy" of section 3.2.2.2: our broker's code for a place
 * held for another connection.
 */
const TAKEN_OVER = 0x8e;
const SERVER_BUSY = 0x89;
/** "Not authorized" of MQTT 5 section 3.2.2.2 and of MQTT 3.1.1 table 3.1. */
const NOT_AUTHORIZED: ReadonlySet<unknown> = new Set([0x87, 5]);
/** A TLS alert about our certificate (RFC 8446 section 6.2), as Node names it: expired, revoked, unknown, bad. */
const CERTIFICATE_ALERT = /^ERR_SSL_.*ALERT_.*CERTIFICATE/;
const TAKEN_OVER_TEXT =
  'another connection with the identity of this agent took over: either this agent itself came back by another way, or a copy of its state folder runs on another machine';

/** The broker's reason for the end, with its text where it has one (MQTT 5 reason string). */
interface LastWord {
  code: number;
  text: string | null;
}

async function open(
  access: MqttAccess,
  protocolVersion: 5 | 4,
  will: Presence,
  handlers: ConnectionHandlers,
  withinMs: number,
): Promise<Connection> {
  const client = connect(access.url, options(access, protocolVersion, will, withinMs));
  let failure: Error | null = null;
  let ended = false;
  let last: LastWord | null = null;
  client.on('packetreceive', (packet) => {
    if (packet.cmd !== 'connack' && packet.cmd !== 'disconnect') return;
    if ((packet.reasonCode ?? 0) === 0) return;
    last = { code: packet.reasonCode ?? 0, text: packet.properties?.reasonString ?? null };
  });
  const breakage = new Breakage(client);
  const connection = makeConnection(client, breakage, access.agentId);
  const acknowledged = new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.on('error', (error) => {
      failure ??= error;
      reject(asConnectError(error, last));
    });
    client.once('close', () => {
      reject(asConnectError(failure ?? new Error('the broker closed the connection'), last));
      if (ended) return;
      ended = true;
      client.end(true);
      const cause = causeOf(last);
      const reason = cause === 'taken-over' ? TAKEN_OVER_TEXT : failure?.message;
      handlers.onClosed(reason ?? 'the connection was closed', cause);
    });
  });
  // The broker gets its acknowledgement when the message has been handled, so a crash in between loses nothing.
  client.handleMessage = async (packet, done) => {
    done(await handle(handlers, packet.payload));
  };
  try {
    await acknowledged;
    await breakage.watch(client.subscribeAsync(topics.down(access.agentId), { qos: 1 }));
    return connection;
  } catch (error) {
    ended = true;
    client.end(true);
    throw error;
  }
}

/** Resolves with the error, or nothing. */
async function handle(handlers: ConnectionHandlers, payload: string | Buffer): Promise<Error | undefined> {
  try {
    await handlers.onDown(typeof payload === 'string' ? Buffer.from(payload) : payload);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function options(access: MqttAccess, protocolVersion: 5 | 4, will: Presence, withinMs: number): IClientOptions {
  const v5 = protocolVersion === 5;
  return {
    clientId: access.agentId,
    protocolVersion,
    clean: false,
    reconnectPeriod: 0,
    connectTimeout: withinMs,
    keepalive: KEEPALIVE_S,
    key: access.keyPem,
    cert: access.certificatePem,
    ca: access.caPem,
    rejectUnauthorized: true,
    ...(v5 ? { properties: { sessionExpiryInterval: SESSION_EXPIRY_S } } : {}),
    will: {
      topic: topics.presence(access.agentId),
      payload: Buffer.from(JSON.stringify(will)),
      qos: 1,
      retain: true,
      ...(v5 ? { properties: { willDelayInterval: WILL_DELAY_S } } : {}),
    },
  };
}

function makeConnection(client: MqttClient, breakage: Breakage, agentId: string): Connection {
  return {
    async publish(payload) {
      await breakage.watch(
        client.publishAsync(topics.up(agentId), Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength), {
          qos: 1,
        }),
      );
    },
    async setPresence(presence) {
      const payload = JSON.stringify(presence);
      await breakage.watch(client.publishAsync(topics.presence(agentId), payload, { qos: 1, retain: true }));
    },
    async close(how) {
      await client.endAsync(how === 'at once').catch(() => undefined);
    },
  };
}

/** mqtt.js leaves some promises pending when the connection breaks; promises watched here end with it. */
class Breakage {
  readonly #waiting = new Set<(error: Error) => void>();

  constructor(client: MqttClient) {
    client.once('close', () => {
      for (const reject of this.#waiting) reject(new Error('the connection was closed'));
      this.#waiting.clear();
    });
  }

  watch<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      work.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }
}

function causeOf(last: LastWord | null, error: { code?: unknown } | null = null): EndCause {
  if (last?.code === TAKEN_OVER) return 'taken-over';
  if (NOT_AUTHORIZED.has(last?.code ?? error?.code) || CERTIFICATE_ALERT.test(String(error?.code))) return 'refused';
  return last?.code === SERVER_BUSY && last.text !== null ? 'held-off' : 'other';
}

/** A refusal of the protocol version gets a type of its own; where the broker gave a reason, that is the message. */
function asConnectError(error: Error & { code?: unknown }, last: LastWord | null): Error {
  const code = typeof error.code === 'number' ? error.code : null;
  if (code !== null && WRONG_VERSION_CODES.has(code)) return new WrongVersionError(error.message);
  const { text } = last ?? { text: null };
  const cause = causeOf(last, error);
  if (text !== null) return new ConnectError(`the broker refused the connection: ${text}`, cause);
  return cause === 'other' ? error : new ConnectError(error.message, cause);
}
