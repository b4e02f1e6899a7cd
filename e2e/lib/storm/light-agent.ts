import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { DownMessage, type Presence, topics, type UpKind } from '@loopstart/contracts';
import { comparePositions, type Position } from '@loopstart/domain';
import { generate, makeParser, type Packet } from '../../../apps/api/bench/ingest/packets.ts';
import { fullJitter, patience } from '../../../apps/agent/dist/uplink/backoff.js';
import { KEEPALIVE_S, WILL_DELAY_S } from '../../../apps/agent/dist/uplink/mqtt-transport.js';

/** As the agent's uplink has them. */
const KEEPALIVE_MS = KEEPALIVE_S * 1000;
const STABLE_MS = 10_000;
const ACK_TIMEOUT_MS = 15_000;
const V5 = { protocolVersion: 5 } as const;

export interface LightIdentity {
  agentId: string;
  host: string;
  port: number;
  keyPem: string;
  certificatePem: string;
  caPem: string;
}

interface Unsaid {
  position: Position;
  kind: UpKind;
  body: unknown;
}

/**
 * A real agent's traffic, without its disk and its gateways: mutual TLS, MQTT 5 with a delayed last will, presence,
 * keepalive, numbered messages that are repeated until they are acknowledged, rewinds, and the same waits between two
 * tries. Thousands fit into a process.
 */
export class LightAgent {
  readonly #identity: LightIdentity;
  readonly #random: () => number;
  readonly #epoch: number;
  #seq = 0;
  #base: Position = [0, 0];
  #unsaid: Unsaid[] = [];
  #socket: Socket | null = null;
  #announced = false;
  #failures = 0;
  #awaySinceMs = performance.now();
  #messageId = 0;
  #timer: NodeJS.Timeout | undefined;
  #acknowledge: NodeJS.Timeout | undefined;
  #gone = false;
  /** Connected, with presence published. */
  online = false;
  connections = 0;
  refused = 0;
  acknowledged = 0;

  constructor(identity: LightIdentity, epoch: number, random: () => number) {
    this.#identity = identity;
    this.#epoch = epoch;
    this.#random = random;
  }

  /** Messages that are not acknowledged. */
  get waiting(): number {
    return this.#unsaid.length;
  }

  connect(): void {
    const { host, port, keyPem, certificatePem, caPem } = this.#identity;
    const startedAt = performance.now();
    const socket = connectTls({ host, port, key: keyPem, cert: certificatePem, ca: caPem, servername: '' });
    this.#socket = socket;
    socket.setNoDelay(true);
    const giveUp = setTimeout(() => socket.destroy(), patience(startedAt - this.#awaySinceMs).connectMs);
    let heardAt = performance.now();
    let onlineAt: number | null = null;
    const ping = setInterval(() => {
      if (performance.now() - heardAt > KEEPALIVE_MS * 1.5) socket.destroy();
      else if (this.online) this.#write({ cmd: 'pingreq' });
    }, KEEPALIVE_MS);
    const parser = makeParser(V5);
    parser.on('packet', (packet: Packet) => {
      heardAt = performance.now();
      this.#hear(packet, () => {
        clearTimeout(giveUp);
        onlineAt = performance.now();
      });
    });
    socket.on('data', (chunk: Buffer) => parser.parse(chunk));
    socket.on('error', () => undefined);
    socket.once('secureConnect', () => this.#introduce());
    socket.once('close', () => {
      clearTimeout(giveUp);
      clearInterval(ping);
      clearTimeout(this.#acknowledge);
      this.online = false;
      this.#announced = false;
      this.#socket = null;
      if (this.#gone) return;
      const nowMs = performance.now();
      const stable = onlineAt !== null && nowMs - onlineAt >= STABLE_MS;
      this.#failures = stable ? 1 : this.#failures + 1;
      if (stable) this.#awaySinceMs = nowMs;
      const waitMs = fullJitter(this.#failures, patience(nowMs - this.#awaySinceMs).waits, this.#random());
      this.#timer = setTimeout(() => this.connect(), waitMs);
    });
  }

  /** Puts a message after those that wait, and sends it when there is a connection. */
  say(kind: UpKind, body: unknown): void {
    if (this.#gone) return;
    this.#seq += 1;
    const message: Unsaid = { position: [this.#epoch, this.#seq], kind, body };
    const before = this.#unsaid.at(-1)?.position ?? this.#base;
    this.#unsaid.push(message);
    if (this.#announced) this.#send(message, before);
  }

  /** Ends like a machine that loses its power: no DISCONNECT, and never back. */
  die(): void {
    this.#gone = true;
    this.#unsaid = [];
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  #introduce(): void {
    this.#write({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clean: false,
      clientId: this.#identity.agentId,
      keepalive: KEEPALIVE_MS / 1000,
      properties: { sessionExpiryInterval: 86_400 },
      will: {
        topic: topics.presence(this.#identity.agentId),
        payload: this.#presence(false),
        qos: 1,
        retain: true,
        properties: { willDelayInterval: WILL_DELAY_S },
      },
    });
  }

  #hear(packet: Packet, welcomed: () => void): void {
    const { agentId } = this.#identity;
    switch (packet.cmd) {
      case 'connack':
        if (packet.reasonCode !== 0) {
          this.refused += 1;
          this.#socket?.destroy();
          return;
        }
        welcomed();
        this.#write({
          cmd: 'subscribe',
          messageId: this.#nextId(),
          subscriptions: [{ topic: topics.down(agentId), qos: 1 }],
        });
        return;
      case 'suback':
        this.#publish(topics.presence(agentId), this.#presence(true), true);
        this.connections += 1;
        this.online = true;
        this.#sayAll();
        return;
      case 'publish':
        this.#obey(DownMessage.parse(JSON.parse(packet.payload.toString())));
        return;
      case 'disconnect':
        this.#socket?.destroy();
        return;
      default:
    }
  }

  #obey(message: DownMessage): void {
    if (message.kind === 'ack') {
      this.#forget(message.position);
      if (message.rejected !== undefined) throw new Error(`refused: ${JSON.stringify(message.rejected)}`);
      this.#expectAck();
    } else if (message.kind === 'rewind') {
      this.#forget(message.position);
      this.#sayAll();
    }
  }

  /** Everything up to here is committed by the cloud. */
  #forget(position: Position): void {
    const before = this.#unsaid.length;
    this.#unsaid = this.#unsaid.filter((one) => comparePositions(one.position, position) > 0);
    this.acknowledged += before - this.#unsaid.length;
    this.#base = position;
  }

  #sayAll(): void {
    this.#announced = true;
    let before = this.#base;
    for (const message of this.#unsaid) {
      this.#send(message, before);
      before = message.position;
    }
  }

  #send({ position, kind, body }: Unsaid, after: Position): void {
    const [epoch, seq] = position;
    this.#publish(
      topics.up(this.#identity.agentId),
      Buffer.from(JSON.stringify({ v: 1, epoch, seq, after, kind, body })),
      false,
    );
    if (this.#acknowledge === undefined) this.#expectAck();
  }

  /** Messages that are not acknowledged for a while are repeated. */
  #expectAck(): void {
    clearTimeout(this.#acknowledge);
    this.#acknowledge = undefined;
    if (this.#unsaid.length === 0) return;
    this.#acknowledge = setTimeout(() => {
      this.#acknowledge = undefined;
      if (this.online) this.#sayAll();
    }, ACK_TIMEOUT_MS);
  }

  #publish(topic: string, payload: Buffer, retain: boolean): void {
    this.#write({ cmd: 'publish', topic, payload, qos: 1, dup: false, retain, messageId: this.#nextId() });
  }

  #presence(online: boolean): Buffer {
    const presence: Presence = { v: 1, online, at: Date.now(), epoch: this.#epoch };
    return Buffer.from(JSON.stringify(presence));
  }

  #nextId(): number {
    this.#messageId = (this.#messageId % 65_535) + 1;
    return this.#messageId;
  }

  #write(packet: Packet): void {
    if (this.#socket?.writable === true) this.#socket.write(generate(packet, V5));
  }
}
