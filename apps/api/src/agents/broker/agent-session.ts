import type { TLSSocket } from 'node:tls';
import { AGENT_MESSAGE_BYTES_MAX, Presence, topics } from '@loopstart/contracts';
import {
  generate,
  type IConnectPacket,
  type IPublishPacket,
  type ISubscribePacket,
  type Packet,
  parser as makeParser,
} from 'mqtt-packet';
import type { Incumbent } from './identity-claims.ts';
import { OrderedAcks } from './ordered-acks.ts';

/** Fixed and variable header of a PUBLISH with one of our topics. */
const HEADER_BYTES_MAX = 256;
/** Maximum bytes waiting in an agent's socket: beyond it the agent does not read any more. */
const UNSENT_BYTES_MAX = 8_388_608;
/** Twice the agents' own window: an agent with more uncommitted messages is not read until some are committed. */
const UNSETTLED_MAX = 400;
/** Maximum bytes before a CONNECT is complete: an agent's own, last will included, has less than 1 KB. */
const CONNECT_BYTES_MAX = 16_384;
/** How long a peer that does not close its side has to read the remaining data. */
const CLOSE_LINGER_MS = 5_000;
const KEEPALIVE_MAX_S = 300;

/** Reason codes of MQTT 5 (section 2.4) and their counterparts in MQTT 3.1.1 (table 3.1). */
const REASON = {
  notAuthorized: { v5: 0x87, v4: 5 },
  wrongClientId: { v5: 0x85, v4: 2 },
  wrongVersion: { v5: 0x84, v4: 1 },
  malformed: { v5: 0x81, v4: 0 },
  topicRefused: { v5: 0x90, v4: 0 },
  tooLarge: { v5: 0x95, v4: 0 },
  takenOver: { v5: 0x8e, v4: 0 },
  qosRefused: { v5: 0x9b, v4: 0 },
  keepAlive: { v5: 0x8d, v4: 0 },
  shuttingDown: { v5: 0x8b, v4: 0 },
  heldOff: { v5: 0x89, v4: 3 },
} as const;
export type CloseReason = keyof typeof REASON;
const DISCONNECT_WITH_WILL = 0x04;

/** A last will: the message for the agent's lost connection, and its delay. */
export interface LastWill {
  payload: Buffer;
  delayMs: number;
}

export interface SessionHandlers {
  /** Why an authenticated agent may not be admitted now, or null; `epoch` is that of its process, where it is sent. */
  holdOff(epoch: number | null): string | null;
  /** The certificate and the client id agree: the agent is authenticated. */
  onConnected(): void;
  onSubscribed(): void;
  /** `settle` acknowledges the message to the peer. */
  onUp(payload: Buffer, settle: () => void): void;
  onPresence(payload: Buffer): void;
  /** Called once, at the end. `will` is null after a DISCONNECT. `reason`: why we ended it; null: the peer did. */
  onClosed(will: LastWill | null, reason: CloseReason | null): void;
}

/**
 * One agent's MQTT connection, 3.1.1 or 5, as far as agents need it: publishing to its own topics with QoS 0 or 1,
 * receiving from its own with QoS 0. There is no session state: messages that must not be lost are numbered and
 * acknowledged end to end. A PUBACK is sent when the message is committed, together with that end-to-end
 * acknowledgement.
 */
export class AgentSession {
  readonly agentId: string;
  readonly #socket: TLSSocket;
  readonly #handlers: SessionHandlers;
  readonly #parser = makeParser();
  /** Why the certificate was refused, sent to the peer after its CONNECT. */
  readonly #refusal: string | null;
  readonly #upTopic: string;
  readonly #presenceTopic: string;
  readonly #downTopic: string;
  #version: 4 | 5 = 4;
  #state: 'new' | 'connected' | 'closed' = 'new';
  #will: LastWill | null = null;
  #epoch: number | null = null;
  #sinceMs = 0;
  #reason: CloseReason | null = null;
  #corked = false;
  #held = false;
  #unsettled = 0;
  #strangeBytes = 0;
  #linger: NodeJS.Timeout | undefined;
  /** The agent's maximum silence, the time of its last packet, and the timer that checks. Monotonic ms. */
  #silenceMsMax = 0;
  #heardAtMs = performance.now();
  #silence: NodeJS.Timeout | undefined;
  readonly #acks = new OrderedAcks((messageId) => this.#write({ cmd: 'puback', messageId }));

  constructor(socket: TLSSocket, agentId: string, refusal: string | null, handlers: SessionHandlers) {
    this.agentId = agentId;
    this.#socket = socket;
    this.#refusal = refusal;
    this.#handlers = handlers;
    this.#upTopic = topics.up(agentId);
    this.#presenceTopic = topics.presence(agentId);
    this.#downTopic = topics.down(agentId);
    this.#parser.on('packet', (packet: Packet) => this.#onPacket(packet));
    this.#parser.on('error', () => this.close('malformed'));
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onClose());
  }

  /** The agent's process, and when it connected and last sent a packet; monotonic ms. */
  get claim(): Incumbent {
    return { epoch: this.#epoch, sinceMs: this.#sinceMs, heardAtMs: this.#heardAtMs };
  }

  /** Sends a payload to the agent. */
  send(payload: Buffer): void {
    if (this.#state !== 'connected') return;
    if (this.#socket.writableLength > UNSENT_BYTES_MAX) {
      this.#socket.destroy();
      return;
    }
    this.#write({ cmd: 'publish', topic: this.#downTopic, payload, qos: 0, dup: false, retain: false });
  }

  /** Stops reading from the agent until reading is resumed. */
  hold(hold: boolean): void {
    this.#held = hold;
    this.#readOrNot();
  }

  /** Ends the connection, with the reason where the protocol can carry one. */
  close(reason: CloseReason): void {
    if (this.#state === 'closed' || this.#reason !== null) return;
    this.#reason = reason;
    if (this.#state === 'connected' && this.#version === 5)
      this.#write({ cmd: 'disconnect', reasonCode: REASON[reason].v5 });
    this.#socket.end();
    // A peer that does not close its side is not waited for; one that is gone does not even read the remaining data.
    if (reason === 'keepAlive') setImmediate(() => this.#socket.destroy());
    else this.#socket.destroySoon();
    this.#linger = setTimeout(() => this.#socket.destroy(), CLOSE_LINGER_MS);
    this.#linger.unref();
  }

  #onData(chunk: Buffer): void {
    if (this.#reason !== null) return;
    this.#heardAtMs = performance.now();
    this.#parser.parse(chunk);
    // The length is in the first bytes of a packet: a packet that is too large is not even collected.
    const { packet } = this.#parser as unknown as { packet: { length: number } };
    if (packet.length > AGENT_MESSAGE_BYTES_MAX + HEADER_BYTES_MAX) this.close('tooLarge');
    if (this.#state !== 'new') return;
    this.#strangeBytes += chunk.length;
    if (Math.max(this.#strangeBytes, packet.length) > CONNECT_BYTES_MAX) this.close('tooLarge');
  }

  /**
   * Our own packets prove nothing about the agent, so the socket's own timeout is of no use. Without reading, silence
   * cannot be detected.
   */
  #watchSilence(): void {
    const nowMs = performance.now();
    if (this.#socket.isPaused()) this.#heardAtMs = nowMs;
    const leftMs = this.#heardAtMs + this.#silenceMsMax - nowMs;
    if (leftMs <= 0) return this.close('keepAlive');
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#watchSilence(), leftMs);
  }

  #readOrNot(): void {
    const paused = this.#socket.isPaused();
    // A peer that is not admitted yet is read from, or it would be ended while the database is slow.
    if (this.#state === 'new') {
      if (paused) this.#socket.resume();
    } else if (this.#held || this.#unsettled > UNSETTLED_MAX) {
      if (!paused) this.#socket.pause();
    } else if (paused && this.#unsettled <= UNSETTLED_MAX / 2) {
      this.#heardAtMs = performance.now();
      this.#socket.resume();
    }
  }

  #onPacket(packet: Packet): void {
    if (this.#reason !== null) return;
    if (packet.cmd === 'connect') return this.#onConnect(packet);
    if (this.#state !== 'connected') return this.close('malformed');
    switch (packet.cmd) {
      case 'publish':
        return this.#onPublish(packet);
      case 'subscribe':
        return this.#onSubscribe(packet);
      case 'unsubscribe':
        return this.#write({
          cmd: 'unsuback',
          messageId: packet.messageId ?? 0,
          granted: packet.unsubscriptions.map(() => 0),
        });
      case 'pingreq':
        return this.#write({ cmd: 'pingresp' });
      case 'puback':
        return undefined;
      case 'disconnect':
        if (packet.reasonCode !== DISCONNECT_WITH_WILL) this.#will = null;
        this.#socket.end();
        return undefined;
      default:
        return this.close('malformed');
    }
  }

  #onConnect(packet: IConnectPacket): void {
    if (this.#state !== 'new') return this.close('malformed');
    if (packet.protocolVersion === 3) return this.#refuse('wrongVersion', 'MQTT 3.1.1 or 5 is needed.');
    this.#version = packet.protocolVersion === 5 ? 5 : 4;
    if (this.#refusal !== null) return this.#refuse('notAuthorized', this.#refusal);
    if (packet.clientId !== this.agentId)
      return this.#refuse('wrongClientId', 'The client id must be the common name of the certificate.');
    const { will } = packet;
    if (will !== undefined && will.topic !== this.#presenceTopic)
      return this.#refuse('notAuthorized', 'The last will may only be the presence of the agent itself.');
    if (will !== undefined)
      this.#will = {
        payload: Buffer.from(will.payload),
        delayMs: (will.properties?.willDelayInterval ?? 0) * 1000,
      };
    this.#epoch = this.#will === null ? null : epochOf(this.#will.payload);
    const holdOff = this.#handlers.holdOff(this.#epoch);
    if (holdOff !== null) {
      this.#will = null;
      return this.#refuse('heldOff', holdOff);
    }
    this.#sinceMs = performance.now();
    const keepaliveS = Math.min(packet.keepalive || KEEPALIVE_MAX_S, KEEPALIVE_MAX_S);
    // One and a half times the interval (MQTT 5 section 3.1.2.10).
    this.#silenceMsMax = keepaliveS * 1500;
    this.#state = 'connected';
    this.#watchSilence();
    this.#readOrNot();
    this.#write({
      cmd: 'connack',
      sessionPresent: false,
      ...(this.#version === 4
        ? { returnCode: 0 }
        : {
            reasonCode: 0,
            properties: {
              sessionExpiryInterval: 0,
              serverKeepAlive: keepaliveS,
              maximumQoS: 1,
              maximumPacketSize: AGENT_MESSAGE_BYTES_MAX + HEADER_BYTES_MAX,
              wildcardSubscriptionAvailable: false,
              sharedSubscriptionAvailable: false,
              subscriptionIdentifiersAvailable: false,
            },
          }),
    });
    this.#handlers.onConnected();
  }

  #onPublish(packet: IPublishPacket): void {
    if (packet.qos === 2) return this.close('qosRefused');
    const isUp = packet.topic === this.#upTopic;
    if (!isUp && packet.topic !== this.#presenceTopic) return this.close('topicRefused');
    const payload = packet.payload as Buffer;
    if (payload.length > AGENT_MESSAGE_BYTES_MAX) return this.close('tooLarge');
    const acknowledge = packet.qos === 1 ? this.#acks.take(packet.messageId ?? 0) : nothing;
    if (!isUp) {
      this.#handlers.onPresence(payload);
      acknowledge();
      return;
    }
    this.#unsettled += 1;
    this.#readOrNot();
    this.#handlers.onUp(payload, () => {
      this.#unsettled -= 1;
      this.#readOrNot();
      acknowledge();
    });
  }

  #onSubscribe(packet: ISubscribePacket): void {
    const refused = this.#version === 5 ? REASON.notAuthorized.v5 : 0x80;
    const granted = packet.subscriptions.map(({ topic }) => (topic === this.#downTopic ? 0 : refused));
    this.#write({ cmd: 'suback', messageId: packet.messageId ?? 0, granted });
    if (granted.includes(0)) this.#handlers.onSubscribed();
  }

  #refuse(reason: CloseReason, text: string): void {
    this.#write({
      cmd: 'connack',
      sessionPresent: false,
      ...(this.#version === 4
        ? { returnCode: REASON[reason].v4 }
        : { reasonCode: REASON[reason].v5, properties: { reasonString: text } }),
    });
    this.close(reason);
  }

  #write(packet: Packet): void {
    if (!this.#socket.writable) return;
    // All packets of one turn of the event loop leave as one TLS record.
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(generate(packet, { protocolVersion: this.#version }));
  }

  /**
   * A delayed will counts from when silence alone would have ended the connection: a connection broken by a reset is
   * detected sooner, but its agent needs as long to return when the cause is the same gap of its line.
   */
  #willDelayMs({ delayMs }: LastWill): number {
    if (delayMs === 0) return 0;
    return delayMs + Math.max(0, Math.round(this.#heardAtMs + this.#silenceMsMax - performance.now()));
  }

  #onClose(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#silence);
    clearTimeout(this.#linger);
    this.#handlers.onClosed(
      this.#will === null ? null : { ...this.#will, delayMs: this.#willDelayMs(this.#will) },
      this.#reason,
    );
  }
}

/** The epoch in a presence; null where it is not one of ours. */
function epochOf(presence: Buffer): number | null {
  try {
    return Presence.parse(JSON.parse(presence.toString('utf8'))).epoch;
  } catch {
    return null;
  }
}

function nothing(): void {}
