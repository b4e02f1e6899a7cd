import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { LiveEvent } from '@loopstart/contracts';
import { LOGGER, type Logger } from '../observe/logger.ts';
import { PgNotifications } from './pg-notifications.ts';

const CHANNEL = 'loopstart_live';
/** Postgres refuses a NOTIFY payload of 8000 bytes or more. */
const PAYLOAD_BYTES_MAX = 7_900;
const FLUSH_MS = 40;
/** Maximum number of events waiting for the next NOTIFY; beyond it other processes get a `resync`. */
const PENDING_MAX = 2_000;

export type LiveListener = (event: LiveEvent) => void;
/** Receives the events of every operator; with `null` as operator some events were missed. */
export type FleetListener = (operatorId: string | null, event: LiveEvent) => void;

interface Wire {
  from: string;
  operatorId: string;
  events: LiveEvent[];
}

/**
 * Sends changes to the browsers of every API process: at once in this process, through LISTEN/NOTIFY in the others.
 * Events may be lost (a browser then gets `resync` and fetches again); publishing never waits.
 */
@Injectable()
export class LiveBus implements OnApplicationShutdown {
  readonly #listeners = new Map<string, Set<LiveListener>>();
  readonly #fleetListeners = new Set<FleetListener>();
  #pending = new Map<string, LiveEvent[]>();
  #pendingCount = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly notifications: PgNotifications,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    notifications.listen(CHANNEL, {
      receive: (payload) => this.#receive(payload),
      listening: (again) => again && this.#missed(),
    });
  }

  /** Sends an event to every browser of the operator, in any process. */
  publish(operatorId: string, event: LiveEvent): void {
    this.#deliver(operatorId, event);
    if (this.#pendingCount >= PENDING_MAX) {
      this.#pending = new Map([...this.#pending.keys()].map((operator) => [operator, [{ type: 'resync' }]]));
      this.#pendingCount = this.#pending.size;
    }
    const waiting = this.#pending.get(operatorId);
    if (waiting === undefined) this.#pending.set(operatorId, [event]);
    else waiting.push(event);
    this.#pendingCount += 1;
    this.#timer ??= setTimeout(() => void this.#flush(), FLUSH_MS);
  }

  /** Calls `listener` for each event of the operator until the returned function is called. */
  subscribe(operatorId: string, listener: LiveListener): () => void {
    const listeners = this.#listeners.get(operatorId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(operatorId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(operatorId);
    };
  }

  /** Calls `listener` for each event of every operator, from any process, until the returned function is called. */
  subscribeFleet(listener: FleetListener): () => void {
    this.#fleetListeners.add(listener);
    return () => this.#fleetListeners.delete(listener);
  }

  /** Browsers connected to this process. */
  get subscribers(): number {
    let count = 0;
    for (const listeners of this.#listeners.values()) count += listeners.size;
    return count;
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
  }

  #deliver(operatorId: string, event: LiveEvent): void {
    for (const listener of this.#listeners.get(operatorId) ?? []) listener(event);
    for (const listener of this.#fleetListeners) listener(operatorId, event);
  }

  async #flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = new Map();
    this.#pendingCount = 0;
    this.#timer = undefined;
    const payloads = [...pending].flatMap(([operatorId, events]) => chunk(this.notifications.self, operatorId, events));
    try {
      await this.notifications.notify(CHANNEL, payloads);
    } catch (error) {
      this.log.warn({ err: error }, 'live events for other processes were lost');
    }
  }

  #missed(): void {
    const resync: LiveEvent = { type: 'resync' };
    for (const listeners of this.#listeners.values()) for (const listener of listeners) listener(resync);
    for (const listener of this.#fleetListeners) listener(null, resync);
  }

  #receive(payload: string): void {
    // Sent to our own browsers already; most notifications are our own, so these are not even parsed.
    if (payload.startsWith(`{"from":"${this.notifications.self}"`)) return;
    const wire = JSON.parse(payload) as Wire;
    for (const event of wire.events) this.#deliver(wire.operatorId, event);
  }
}

/** Splits events into payloads small enough for NOTIFY; an event that is too large alone becomes a `resync`. */
export function chunk(from: string, operatorId: string, events: readonly LiveEvent[]): string[] {
  const payloads: string[] = [];
  const encode = (some: LiveEvent[]) => JSON.stringify({ from, operatorId, events: some } satisfies Wire);
  const overhead = Buffer.byteLength(encode([]));
  let batch: LiveEvent[] = [];
  let bytes = overhead;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event)) + 1;
    const fits: LiveEvent = overhead + size > PAYLOAD_BYTES_MAX ? { type: 'resync' } : event;
    const fitted = fits === event ? size : Buffer.byteLength(JSON.stringify(fits)) + 1;
    if (bytes + fitted > PAYLOAD_BYTES_MAX) {
      payloads.push(encode(batch));
      batch = [];
      bytes = overhead;
    }
    batch.push(fits);
    bytes += fitted;
  }
  if (batch.length > 0) payloads.push(encode(batch));
  return payloads;
}
