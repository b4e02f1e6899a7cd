import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { AGENT_MESSAGE_BYTES_MAX, type DownMessage, topics } from '@loopstart/contracts';
import { generate, type IPublishPacket, type Packet, parser as makeParser } from 'mqtt-packet';
import { AgentLink } from './agent-link.ts';
import { type BrokerAccess, credentials, dial, endConnection } from './end-connection.ts';
import { OrderedAcks } from './ordered-acks.ts';

const GROUP = 'loopstart-api';
/** Messages the broker may have with us unacknowledged: at least two batches (MQTT 5 section 3.1.2.11.3). */
const RECEIVE_MAXIMUM = 4_000;
const KEEPALIVE_S = 30;
const CONNECT_TIMEOUT_MS = 10_000;
const RECONNECT_MS_MIN = 200;
const RECONNECT_MS_MAX = 10_000;
const MESSAGE_IDS = 65_535;

export interface ExternalBrokerOptions {
  /** `mqtts://host:port`, or `mqtt://` on a network that is trusted. */
  url: string;
  caPem: string;
  now: () => number;
  /** Key and certificate with which the API signs in. */
  identity: () => Promise<{ keyPem: string; certificatePem: string }>;
  onState: (connected: boolean, reason: string | null) => void;
  /** The connection of an agent could not be ended. */
  onNotEnded: (agentId: string, reason: string) => void;
}

/**
 * A broker in a process of its own (Mosquitto, EMQX, …), read through a shared subscription by every API process. A
 * message is acknowledged to the broker when it is committed, and not one after the other as in MQTT client libraries:
 * many are in flight at once. There is no session: messages in flight when the connection dies are sent again by the
 * agents.
 */
export class ExternalBroker extends AgentLink {
  readonly #options: ExternalBrokerOptions;
  #socket: Socket | undefined;
  #acks = new OrderedAcks(nothing);
  #nextId = 0;
  #connected = false;
  #stopped = false;
  #retryMs = RECONNECT_MS_MIN;
  #timers = new Set<NodeJS.Timeout>();

  constructor(options: ExternalBrokerOptions) {
    super();
    this.#options = options;
  }

  override get port(): null {
    return null;
  }

  override async start(): Promise<void> {
    await this.#connect();
  }

  override stopIntake(): void {
    if (!this.#connected) return;
    this.#write({ cmd: 'unsubscribe', messageId: this.#id(), unsubscriptions: [shared(topics.allUp)] });
  }

  override async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return;
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    if (this.#connected) this.#write({ cmd: 'disconnect', reasonCode: 0 });
    socket.destroySoon();
    await closed;
  }

  override send(agentId: string, message: DownMessage): void {
    const payload = Buffer.from(JSON.stringify(message));
    const topic = topics.down(agentId);
    this.#write({ cmd: 'publish', topic, payload, qos: 1, dup: false, retain: false, messageId: this.#id() });
  }

  /** The broker's revocation list decides whether it comes back (`renew-revocation-list --watch`). */
  override disconnect(agentId: string): void {
    this.#access()
      .then((access) => endConnection(access, agentId))
      .catch((error: Error) => this.#options.onNotEnded(agentId, error.message));
  }

  override isConnected(): boolean {
    return false;
  }

  override connected(): string[] {
    return [];
  }

  override holdIntake(hold: boolean): void {
    if (hold) this.#socket?.pause();
    else this.#socket?.resume();
  }

  async #connect(): Promise<void> {
    if (this.#stopped) return;
    const socket = await this.#dial();
    const acks = new OrderedAcks((messageId) => {
      if (this.#socket === socket) this.#write({ cmd: 'puback', messageId, reasonCode: 0 });
    });
    this.#socket = socket;
    this.#acks = acks;
    let failure: string | null = null;
    // The stream is MQTT 5 from the first byte on; a parser would learn that only from a CONNECT.
    const parser = makeParser({ protocolVersion: 5 });
    parser.on('packet', (packet: Packet) => this.#onPacket(packet));
    parser.on('error', (error: Error) => socket.destroy(error));
    socket.on('data', (chunk: Buffer) => parser.parse(chunk));
    socket.on('error', (error) => (failure = error.message));
    socket.setTimeout(KEEPALIVE_S * 2_000, () => socket.destroy(new Error('the broker is silent')));
    const ping = setInterval(() => this.#write({ cmd: 'pingreq' }), KEEPALIVE_S * 1000);
    this.#timers.add(ping);
    socket.once('close', () => {
      clearInterval(ping);
      this.#timers.delete(ping);
      if (this.#connected) this.#options.onState(false, failure);
      else this.#options.onState(false, failure ?? 'the broker closed the connection');
      this.#connected = false;
      this.#reconnect();
    });
    socket.once(this.#isTls ? 'secureConnect' : 'connect', () => this.#introduce());
    const deadline = setTimeout(() => {
      if (!this.#connected) socket.destroy(new Error('the broker does not answer'));
    }, CONNECT_TIMEOUT_MS);
    this.#timers.add(deadline);
  }

  get #isTls(): boolean {
    return !this.#options.url.startsWith('mqtt:');
  }

  async #dial(): Promise<Socket> {
    return dial(await this.#access());
  }

  async #access(): Promise<BrokerAccess> {
    const { url, caPem, identity } = this.#options;
    return { url, caPem, ...(await identity()) };
  }

  #introduce(): void {
    this.#write({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clean: true,
      clientId: `${GROUP}-${randomUUID()}`,
      keepalive: KEEPALIVE_S,
      ...credentials(this.#options.url),
      properties: { receiveMaximum: RECEIVE_MAXIMUM, maximumPacketSize: AGENT_MESSAGE_BYTES_MAX + 1_024 },
    });
  }

  #onPacket(packet: Packet): void {
    switch (packet.cmd) {
      case 'connack':
        if (packet.reasonCode !== 0) {
          this.#socket?.destroy(new Error(`the broker refused the connection (reason code ${packet.reasonCode})`));
          return;
        }
        this.#connected = true;
        this.#retryMs = RECONNECT_MS_MIN;
        this.#write({
          cmd: 'subscribe',
          messageId: this.#id(),
          subscriptions: [
            { topic: shared(topics.allUp), qos: 1 },
            { topic: shared(topics.allPresence), qos: 1 },
          ],
        });
        return;
      case 'suback': {
        const refused = (packet.granted as number[]).find((code) => code >= 0x80);
        if (refused === undefined) this.#options.onState(true, null);
        else this.#socket?.destroy(new Error(`the broker refused the subscription (reason code ${refused})`));
        return;
      }
      case 'publish':
        return this.#onPublish(packet);
      case 'disconnect':
        this.#socket?.destroy(new Error(`the broker ended the connection (reason code ${packet.reasonCode})`));
        return;
      default:
    }
  }

  #onPublish(packet: IPublishPacket): void {
    const settle = packet.qos === 0 ? nothing : this.#acks.take(packet.messageId ?? 0);
    const agentId = topics.agentIdOf(packet.topic);
    const payload = packet.payload as Buffer;
    const receivedAtMs = this.#options.now();
    if (agentId === null) return settle();
    if (packet.topic === topics.up(agentId)) {
      this.up.emit({ agentId, payload, receivedAtMs, settle });
      return;
    }
    this.presence.emit({ agentId, payload, receivedAtMs });
    if (saysOnline(payload)) this.ready.emit({ agentId });
    settle();
  }

  #write(packet: Packet): void {
    if (this.#socket?.writable === true) this.#socket.write(generate(packet, { protocolVersion: 5 }));
  }

  #id(): number {
    this.#nextId = (this.#nextId % MESSAGE_IDS) + 1;
    return this.#nextId;
  }

  #reconnect(): void {
    if (this.#stopped) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.#connect().catch((error: Error) => {
          this.#options.onState(false, error.message);
          this.#reconnect();
        });
      },
      this.#retryMs * (0.5 + Math.random()),
    );
    this.#timers.add(timer);
    this.#retryMs = Math.min(RECONNECT_MS_MAX, this.#retryMs * 2);
  }
}

function shared(filter: string): string {
  return `$share/${GROUP}/${filter}`;
}

/** An agent that publishes `online` receives our messages; a last will does not. */
function saysOnline(payload: Buffer): boolean {
  try {
    return (JSON.parse(payload.toString('utf8')) as { online?: unknown } | null)?.online === true;
  } catch {
    return false;
  }
}

function nothing(): void {}
