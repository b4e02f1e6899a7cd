import { DownMessage, type DownRequest, type Presence } from '@loopstart/contracts';
import { admitLine, type LineLimit, type LineWindow } from '@loopstart/domain';
import type { Logger } from 'pino';
import { sleep, type Clock } from '../core/clock.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { fullJitter, patience, takeoverPauseMs, TAKEOVERS_WITHIN_MS } from './backoff.ts';
import { encodeEnvelope } from './envelope.ts';
import { ConnectError, type Connection, type EndCause, type Transport } from './transport.ts';
import {
  ackDeadlineMs,
  applyToWindow,
  initialWindow,
  nextWindowStep,
  type WindowEvent,
  type WindowState,
} from './window.ts';

export interface UplinkOptions {
  outbox: Outbox;
  transport: Transport;
  clock: Clock;
  random: () => number;
  log: Logger;
  /** Done before the broker forgets the message; must be safe to do twice. */
  onRequest: (request: DownRequest) => Promise<void>;
  /** The cloud lacks the inventories of these gateways, or has others than the agent. May be called often. */
  onLacking?: (gatewayIds: readonly string[]) => void;
  /** A connection failed or ended, other than for a new certificate. */
  onFailed?: (cause: EndCause) => void;
  /** A connection is there. */
  onConnected?: () => void;
  /** An acknowledgement had the cloud's time, ms since the epoch. */
  onCloudTime?: (cloudMs: number) => void;
}

export interface UplinkStatus {
  connected: boolean;
  since: number | null;
  lastError: string | null;
  refusedDown: number;
}

/** A connection that lasted this long resets the waits. */
const STABLE_MS = 10_000;
/** A defect can have every message quarantined: logging some of them is enough. */
const REJECTED_LINES: LineLimit = { lines: 20, windowMs: 60_000 };

/**
 * Keeps a connection to the cloud and sends the outbox, in order, each message at least once, until the cloud has
 * acknowledged it. The decisions are in `window.ts`; this is the IO around them.
 */
export class Uplink {
  readonly #options: UplinkOptions;
  readonly #clock: Clock;
  #window: WindowState;
  /** Grows whenever the next message to send changes for another reason than sending. */
  #generation = 0;
  #connection: Connection | null = null;
  #status: UplinkStatus = { connected: false, since: null, lastError: null, refusedDown: 0 };
  #stop = new AbortController();
  #reconnect = new AbortController();
  #rejectedLines: LineWindow | undefined;
  #running: Promise<void> = Promise.resolve();
  #pumping = false;
  #pumpAgain = false;
  #cancelTimer: (() => void) | null = null;
  #endListening: () => void = () => undefined;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#window = initialWindow(options.outbox.acked);
  }

  get status(): UplinkStatus {
    return { ...this.#status };
  }

  start(): void {
    this.#endListening = this.#options.outbox.onCommitted(() => this.#pump());
    this.#running = this.#run();
  }

  /** Drops the connection and makes a new one, for example with a new certificate. */
  async renewConnection(): Promise<void> {
    this.#reconnect.abort();
    // Without a DISCONNECT: if the new connection fails, the last will reports it.
    await this.#connection?.close('at once');
  }

  /** Sends the remaining outbox for at most `lingerMs`, sets the presence to offline, and ends. */
  async stop(lingerMs: number): Promise<void> {
    await this.#options.outbox.flush();
    const deadline = this.#clock.monotonicMs() + lingerMs;
    while (this.#connection !== null && this.#clock.monotonicMs() < deadline) {
      if (this.#options.outbox.stats().messages === 0) break;
      await sleep(this.#clock, 20);
    }
    this.#endListening();
    this.#stop.abort();
    this.#reconnect.abort();
    const connection = this.#connection;
    if (connection !== null) {
      await connection.setPresence({ ...this.#presence(false), reason: 'stopping' }).catch(() => undefined);
      await connection.close('politely');
    }
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    let takeoversMs: number[] = [];
    let awaySinceMs = this.#clock.monotonicMs();
    while (!this.#stop.signal.aborted) {
      this.#reconnect = new AbortController();
      const startedAt = this.#clock.monotonicMs();
      const { reason, cause, upMs } = await this.#connectOnce(patience(startedAt - awaySinceMs).connectMs);
      if (this.#stop.signal.aborted) break;
      const wanted = this.#reconnect.signal.aborted;
      const nowMs = this.#clock.monotonicMs();
      const stable = upMs >= STABLE_MS;
      failures = wanted ? 0 : stable ? 1 : failures + 1;
      if (wanted || stable) awaySinceMs = nowMs;
      takeoversMs = takeoversMs.filter((atMs) => nowMs - atMs < TAKEOVERS_WITHIN_MS);
      if (cause === 'taken-over' && !wanted) takeoversMs.push(nowMs);
      const waitMs = Math.max(
        fullJitter(failures, patience(nowMs - awaySinceMs).waits, this.#options.random()),
        cause === 'taken-over' ? takeoverPauseMs(takeoversMs.length, this.#options.random()) : 0,
      );
      if (!wanted) this.#options.log.warn({ reason, waitMs }, 'not connected to the cloud');
      this.#status.lastError = wanted ? null : reason;
      if (!wanted) this.#options.onFailed?.(cause);
      await sleep(this.#clock, waitMs, AbortSignal.any([this.#stop.signal, this.#reconnect.signal]));
    }
  }

  /** Connects and stays until the connection ends; returns why, and how long it lasted. */
  async #connectOnce(withinMs: number): Promise<{ reason: string; cause: EndCause; upMs: number }> {
    let upAtMs: number | null = null;
    const end = (reason: string, cause: EndCause) => ({
      reason,
      cause,
      upMs: upAtMs === null ? 0 : this.#clock.monotonicMs() - upAtMs,
    });
    const closed = Promise.withResolvers<{ reason: string; cause: EndCause }>();
    try {
      const handlers = {
        onDown: (payload: Uint8Array) => this.#receive(payload),
        onClosed: (reason: string, cause: EndCause) => closed.resolve({ reason, cause }),
      };
      const connection = await this.#options.transport.connect(this.#presence(false), handlers, withinMs);
      if (this.#stop.signal.aborted) {
        await connection.close('politely');
        return end('stopped', 'other');
      }
      await connection.setPresence(this.#presence(true));
      this.#connection = connection;
      upAtMs = this.#clock.monotonicMs();
      this.#status = { ...this.#status, connected: true, since: this.#clock.now(), lastError: null };
      this.#options.log.info('connected to the cloud');
      this.#apply({ type: 'connected' });
      this.#options.onConnected?.();
      const { reason, cause } = await closed.promise;
      return end(reason, cause);
    } catch (error) {
      const cause = error instanceof ConnectError ? error.endCause : 'other';
      return end(error instanceof Error ? error.message : String(error), cause);
    } finally {
      this.#connection = null;
      this.#status = { ...this.#status, connected: false, since: null };
      this.#apply({ type: 'disconnected' });
    }
  }

  async #receive(payload: Uint8Array): Promise<void> {
    const message = parseDown(payload);
    if (typeof message === 'string') {
      this.#status.refusedDown += 1;
      this.#options.log.warn({ reason: message }, 'ignored a message from the cloud');
      return;
    }
    const { outbox, log, onLacking, onCloudTime } = this.#options;
    switch (message.kind) {
      case 'ack':
        for (const rejected of message.rejected ?? []) this.#logRejected(rejected);
        if (message.cloudTimeMs !== undefined) onCloudTime?.(message.cloudTimeMs);
        if (message.inventoryOf !== undefined) onLacking?.(message.inventoryOf);
        await outbox.ack(message.position);
        return this.#apply({ type: 'acked', position: message.position });
      case 'rewind':
        log.warn({ position: message.position }, 'the cloud requested messages again');
        await outbox.ack(message.position);
        await outbox.rewind(message.position);
        return this.#apply({ type: 'rewound', position: message.position });
      case 'pause':
        return this.#apply({ type: 'paused', forMs: message.forMs });
      default:
        return this.#options.onRequest(message);
    }
  }

  #logRejected(rejected: object): void {
    const { write, leftOut, window } = admitLine(this.#rejectedLines, REJECTED_LINES, this.#clock.monotonicMs());
    this.#rejectedLines = window;
    if (leftOut > 0) this.#options.log.error({ suppressed: leftOut }, 'the cloud quarantined further messages');
    if (write) this.#options.log.error({ rejected }, 'the cloud quarantined a message');
  }

  #apply(event: WindowEvent): void {
    const before = this.#window;
    this.#window = applyToWindow(before, event, this.#clock.monotonicMs());
    if (this.#window === before) return;
    const overtaken = event.type === 'acked' && this.#window.cursor !== before.cursor;
    if (overtaken || (event.type !== 'sent' && event.type !== 'acked')) this.#generation += 1;
    this.#pump();
  }

  #pump(): void {
    this.#pumpAgain = true;
    if (this.#pumping) return;
    this.#pumping = true;
    void this.#pumpAll().finally(() => {
      this.#pumping = false;
    });
  }

  async #pumpAll(): Promise<void> {
    while (this.#pumpAgain) {
      this.#pumpAgain = false;
      this.#cancelTimer?.();
      this.#cancelTimer = null;
      const step = nextWindowStep(this.#window, this.#clock.monotonicMs());
      if (step.do === 'resend') {
        this.#options.log.warn('no acknowledgement in time: resending');
        this.#apply({ type: 'timed-out' });
      } else if (step.do === 'send') {
        await this.#send(step.messagesMax, step.bytesMax);
      } else if (step.untilMs !== null) this.#wakeAt(step.untilMs);
    }
  }

  async #send(messagesMax: number, bytesMax: number): Promise<void> {
    const generation = this.#generation;
    const { cursor } = this.#window;
    const messages = await this.#options.outbox.readAfter(cursor, messagesMax, bytesMax).catch((error: unknown) => {
      this.#options.log.error({ error }, 'failed to read the outbox');
      return [];
    });
    const connection = this.#connection;
    if (generation !== this.#generation || connection === null) {
      this.#pumpAgain = true;
      return;
    }
    const deadline = ackDeadlineMs(this.#window);
    if (messages.length === 0) {
      if (deadline !== null) this.#wakeAt(deadline);
      return;
    }
    let after = cursor;
    for (const message of messages) {
      const payload = encodeEnvelope(message, after);
      after = message.position;
      connection.publish(payload).catch((error: unknown) => {
        this.#options.log.debug({ error }, 'the broker refused a message');
        if (this.#connection === connection) void connection.close('at once');
      });
    }
    const sent = messages.map((message) => ({ position: message.position, bytes: message.body.length }));
    this.#apply({ type: 'sent', messages: sent });
  }

  #wakeAt(atMs: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.schedule(atMs - this.#clock.monotonicMs(), () => this.#pump());
  }

  #presence(online: boolean): Presence {
    return { v: 1, online, at: this.#clock.now(), epoch: this.#options.outbox.epoch };
  }
}

/** A message from the cloud, or its error. */
export function parseDown(payload: Uint8Array): DownMessage | string {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return 'not JSON';
  }
  const parsed = DownMessage.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not as agreed'}`;
}
