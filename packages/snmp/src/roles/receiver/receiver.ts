import type { RemoteInfo, Socket } from 'node:dgram';
import { BerReader } from '../../wire/ber-reader.ts';
import { WIRE_VERSION, encodeCommunityMessage, enterMessage, readCommunity } from '../../wire/community-message.ts';
import { SnmpError } from '../../wire/errors.ts';
import { fromV1, fromV2 } from '../../wire/notification-translation.ts';
import { PDU, type Pdu, type PduHead, encodeBindings, readPdu, readTrapV1, readVarbinds } from '../../wire/pdu.ts';
import { RecentMessages } from './recent-messages.ts';
import { RemoteEngines } from '../../usm/remote-engines.ts';
import type { Notification, Peer, UserCredentials } from '../../wire/types.ts';
import { bindSocket, closeSocket, enlargeReceiveBuffer, openSocket } from '../../wire/udp.ts';
import { AuthoritativeEngine, checkClaim } from '../../usm/authority.ts';
import { TIME_WINDOW_SECONDS } from '../../usm/clock.ts';
import { type UserKeys, userKeys } from '../../usm/keys.ts';
import { type V3Message, macIsRight, readScoped, readV3Message } from '../../usm/message.ts';

export interface NotificationReceiverOptions {
  /** 5 to 32 octets, the same after every restart: senders of informs derive their keys from it. */
  engineId: Uint8Array;
  /** One more after every restart (RFC 3414 section 2.2). */
  engineBoots: number;
  /** Accepted communities, read for each message. */
  communities: () => Iterable<string>;
  /** Accepted users, at their level or higher, read for each message. */
  users: () => Iterable<UserCredentials>;
  /** An inform is acknowledged when this has resolved; when it rejects, the sender repeats the inform. */
  onNotification: (notification: Notification) => Promise<void> | void;
  onRefused?: (reason: string, from: Peer) => void;
  /** Monotonic milliseconds; a monotonic clock by default. */
  now?: () => number;
}

/** How an inform is acknowledged. */
type Acknowledge = (head: PduHead, bindings: Uint8Array) => Uint8Array;

interface Received {
  notification: Notification;
  /** Distinguishes a repeat from a new message; absent where they cannot be distinguished. */
  name?: string;
  answer?: () => Uint8Array;
}

/** Maximum number of notifications being handled at once; more are refused, so that a flood cannot fill the memory. */
const HANDLING_MAX = 2_000;
const ENGINES_MAX = 20_000;
const RECENT_MAX = 10_000;

/**
 * Receives traps and informs of all versions and accepts only listed communities and users. Repeats of an inform are
 * acknowledged again but handled once; bit-identical repeats of authentic v3 traps are replays. Every refusal is
 * counted by reason.
 */
export class NotificationReceiver {
  readonly #options: NotificationReceiverOptions;
  readonly #now: () => number;
  readonly #engine: AuthoritativeEngine;
  readonly #remoteEngines = new RemoteEngines(ENGINES_MAX);
  readonly #recent: RecentMessages;
  readonly #counters: Record<string, number> = {};
  #socket: Socket | undefined;
  #handling = 0;

  constructor(options: NotificationReceiverOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#engine = new AuthoritativeEngine(options.engineId, options.engineBoots, this.#now);
    // A message older than twice the time window is already refused by its time.
    const keepMs = 2 * TIME_WINDOW_SECONDS * 1000;
    this.#recent = new RecentMessages({ sizeMax: RECENT_MAX, keepMs }, this.#now);
  }

  /** 'accepted', and refusals by reason, since the start. */
  get counters(): Readonly<Record<string, number>> {
    return this.#counters;
  }

  /** Starts listening; port 0 takes any. Rejects with SnmpError 'unreachable' where the port is not available. */
  async listen(port: number, address?: string): Promise<{ port: number }> {
    const socket = openSocket(address?.includes(':') ? 6 : 4);
    const bound = await bindSocket(socket, port, address);
    enlargeReceiveBuffer(socket);
    socket.on('error', () => this.#count('socket-error'));
    socket.on('message', (bytes, from) => this.#onDatagram(bytes, from));
    this.#socket = socket;
    return { port: bound };
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) await closeSocket(socket);
  }

  #onDatagram(bytes: Buffer, remote: RemoteInfo): void {
    const from: Peer = { address: remote.address, port: remote.port };
    try {
      const reader = new BerReader(bytes);
      const version = enterMessage(reader);
      const received =
        version === WIRE_VERSION.v3
          ? this.#openV3(readV3Message(reader), from)
          : this.#openPlain(version, reader, from);
      if (received) void this.#handle(received, from);
    } catch (error) {
      this.#refuse(error instanceof SnmpError ? 'malformed' : 'internal-error', from);
    }
  }

  #openPlain(wireVersion: number, reader: BerReader, from: Peer): Received | undefined {
    const community = readCommunity(reader);
    const known = [...this.#options.communities()].includes(community);
    if (!known) return this.#refuse('unknown-community', from);
    if (wireVersion === WIRE_VERSION.v1) {
      if (reader.peekTag() !== PDU.trapV1) return this.#refuse('not-a-notification', from);
      const trap = readTrapV1(reader);
      const translated = fromV1(trap, readVarbinds(trap.bindings));
      const { uptimeTicks } = trap;
      return { notification: { from, version: 'v1', community, inform: false, uptimeTicks, ...translated } };
    }
    const acknowledge: Acknowledge = (head, bindings) => encodeCommunityMessage(wireVersion, community, head, bindings);
    return this.#openPdu(readPdu(reader), { from, version: 'v2c', community }, acknowledge);
  }

  #openV3(message: V3Message, from: Peer): Received | undefined {
    // Informs use our engine, and its discovery begins with a reportable message for another (or none).
    if (this.#engine.isAddressed(message) || message.reportable) return this.#openForOwnEngine(message, from);
    return this.#openOfRemoteEngine(message, from);
  }

  #openForOwnEngine(message: V3Message, from: Peer): Received | undefined {
    const verdict = this.#engine.judge(message, this.#options.users());
    if ('refused' in verdict) {
      if (verdict.report) this.#send(verdict.report, from);
      // An empty engine id is the regular request for ours (RFC 3414 section 4).
      if (message.engineId.length === 0) return void this.#count('discovery');
      return this.#refuse(verdict.refused, from);
    }
    const { accepted } = verdict;
    const { pdu } = accepted.scoped;
    // A trap uses the engine of its sender; one with our engine id is not from us.
    if (pdu.tag !== PDU.inform) return this.#refuse('not-a-notification', from);
    const { user, level } = message;
    const acknowledge: Acknowledge = (head, bindings) => this.#engine.seal(accepted, head, bindings);
    return this.#openPdu(pdu, { from, version: 'v3', user, securityLevel: level }, acknowledge);
  }

  #openOfRemoteEngine(message: V3Message, from: Peer): Received | undefined {
    const claim = checkClaim(message, this.#options.users());
    if ('refused' in claim) return this.#refuse(claim.refused, from);
    if (message.engineId.length < 5) return this.#refuse('unknown-engine', from);
    const keys = userKeys(claim.credentials, message.engineId);
    const engineId = Buffer.from(message.engineId).toString('hex');
    const authentic = message.level !== 'noAuthNoPriv';
    if (authentic) {
      if (!macIsRight(message, keys)) return this.#refuse('wrong-digest', from);
      if (!this.#remoteEngines.accept(engineId, message, this.#now())) return this.#refuse('not-in-time-window', from);
    }
    const pdu = readTrap(message, keys);
    if (!pdu) return this.#refuse('decryption-failed', from);
    if (pdu.tag !== PDU.trap) return this.#refuse('not-a-notification', from);
    const { user, level } = message;
    const received = this.#openPdu(pdu, { from, version: 'v3', user, securityLevel: level, engineId });
    if (received && authentic) received.name = `${engineId} ${Buffer.from(message.mac).toString('hex')}`;
    return received;
  }

  #openPdu(
    pdu: Pdu,
    origin: Omit<Notification, 'inform' | 'trapOid' | 'uptimeTicks' | 'varbinds'>,
    acknowledge?: Acknowledge,
  ): Received | undefined {
    const inform = pdu.tag === PDU.inform;
    if (!inform && pdu.tag !== PDU.trap) return this.#refuse('not-a-notification', origin.from);
    const varbinds = readVarbinds(pdu.bindings);
    const content = fromV2(varbinds);
    if (!content) return this.#refuse('no-trap-oid', origin.from);
    const received: Received = { notification: { ...origin, inform, ...content } };
    if (inform && acknowledge) {
      const { requestId } = pdu;
      const head: PduHead = { tag: PDU.response, requestId, errorStatus: 0, errorIndex: 0 };
      const { address, port } = origin.from;
      received.name = `${address} ${port} ${origin.user ?? ''} ${requestId} ${content.uptimeTicks} ${content.trapOid}`;
      received.answer = () => acknowledge(head, encodeBindings(varbinds));
    }
    return received;
  }

  async #handle({ notification, name, answer }: Received, from: Peer): Promise<void> {
    const repeated = name === undefined ? undefined : this.#recent.find(name);
    if (repeated) {
      // An inform that is still being handled is answered when that is done.
      if (repeated.handled && answer) this.#send(answer(), from);
      this.#refuse(answer ? 'repeated' : 'replayed', from);
      return;
    }
    if (this.#handling >= HANDLING_MAX) return void this.#refuse('overloaded', from);
    if (name !== undefined) this.#recent.remember(name, false);
    this.#handling++;
    try {
      await this.#options.onNotification(notification);
      this.#count('accepted');
      if (name !== undefined) this.#recent.remember(name, true);
      if (answer) this.#send(answer(), from);
    } catch {
      if (name !== undefined) this.#recent.forget(name);
      this.#refuse('handler-failed', from);
    } finally {
      this.#handling--;
    }
  }

  #send(bytes: Uint8Array, to: Peer): void {
    this.#socket?.send(bytes, to.port, to.address, (error) => {
      if (error) this.#count('send-failed');
    });
  }

  #count(reason: string): void {
    this.#counters[reason] = (this.#counters[reason] ?? 0) + 1;
  }

  #refuse(reason: string, from: Peer): undefined {
    this.#count(reason);
    this.#options.onRefused?.(reason, from);
  }
}

/** The content of an authentic trap; undefined where it cannot be decrypted. Throws SnmpError for one in plain text. */
function readTrap(message: V3Message, keys: UserKeys): Pdu | undefined {
  try {
    return readScoped(message, keys).pdu;
  } catch (error) {
    if (message.level === 'authPriv') return undefined;
    throw error;
  }
}
