import { type DownMessage, checkUpMessage, type Gap, type Presence, type UpMessage } from '@loopstart/contracts';
import { admit, comparePositions, STREAM_START, type Position } from '@loopstart/domain';
import type { Clock } from '../core/clock.ts';
import type { Connection, ConnectionHandlers, Transport } from '../uplink/transport.ts';

const encoder = new TextEncoder();

export interface MemoryCloudOptions {
  clock: Clock;
  random: () => number;
  /**
   * 0: no faults at all; 1: connections break as often as they can, and messages overtake each other, which no MQTT
   * broker does on one connection.
   */
  trouble: number;
}

/**
 * The other end of an uplink, in memory and with configurable faults: refuses connections, breaks them with messages in
 * flight, acknowledges late, twice or for several at once, and may lose committed messages.
 */
export class MemoryCloud implements Transport {
  readonly stored: UpMessage[] = [];
  readonly requests: string[] = [];
  presence: Presence | null = null;
  connections = 0;
  duplicates = 0;
  trouble: number;
  reachable = true;
  readonly #options: MemoryCloudOptions;
  readonly #gaps = new Map<string, Gap>();
  #live: { handlers: ConnectionHandlers; open: boolean; will: Presence } | null = null;

  constructor(options: MemoryCloudOptions) {
    this.#options = options;
    this.trouble = options.trouble;
  }

  get committed(): Position {
    const last = this.stored.at(-1);
    return last === undefined ? STREAM_START : [last.epoch, last.seq];
  }

  async connect(will: Presence, handlers: ConnectionHandlers): Promise<Connection> {
    if (!this.reachable || this.#chance(0.3)) throw new Error('connection refused');
    this.connections += 1;
    const live = { handlers, open: true, will };
    this.#live = live;
    let arrival = 0;
    const close = (reason: string) => {
      if (!live.open) return;
      live.open = false;
      if (this.#live === live) this.#live = null;
      this.#options.clock.schedule(0, () => handlers.onClosed(reason, 'other'));
    };
    return {
      publish: async (payload) => {
        if (!live.open) throw new Error('closed');
        // Messages passed to the connection may still be lost with it.
        const copy = payload.slice();
        const wanted = this.#options.clock.monotonicMs() + this.#delay(5);
        arrival = this.trouble < 1 ? Math.max(arrival, wanted) : wanted;
        this.#options.clock.schedule(arrival - this.#options.clock.monotonicMs(), () => {
          if (live.open) this.#receive(copy);
        });
        if (this.#chance(0.01)) close('the network broke');
      },
      setPresence: async (presence) => {
        this.presence = presence;
      },
      close: async () => close('closed by the agent'),
    };
  }

  /** Breaks the connection; the last will is published. */
  breakConnection(): void {
    const live = this.#live;
    if (live === null) return;
    this.#live = null;
    live.open = false;
    this.presence = live.will;
    live.handlers.onClosed('broken', 'other');
  }

  /** Forgets the committed messages after the first `count`, like a database restored from a copy. */
  loseAfter(count: number): void {
    this.stored.length = Math.min(count, this.stored.length);
  }

  /** Sends a message down, if the agent is subscribed. */
  send(message: DownMessage): void {
    const live = this.#live;
    if (live === null) return;
    void live.handlers.onDown(encoder.encode(JSON.stringify(message)));
  }

  /** Every gap ever reported, also those lost again by `loseAfter`, each once. */
  gaps(): Gap[] {
    return [...this.#gaps.values()];
  }

  #receive(payload: Uint8Array): void {
    const message = JSON.parse(new TextDecoder().decode(payload)) as UpMessage;
    const failure = checkUpMessage(message);
    if (failure !== null) throw new Error(`not as agreed at ${failure.path}: ${failure.expected}`);
    const position: Position = [message.epoch, message.seq];
    switch (admit(this.committed, position, message.after)) {
      case 'accept':
        this.stored.push(message);
        if (message.kind === 'gap') this.#gaps.set(position.join(':'), message.body);
        break;
      case 'duplicate':
        this.duplicates += 1;
        break;
      case 'out-of-order':
        this.requests.push(`rewind ${this.committed.join(':')}`);
        this.send({ v: 1, kind: 'rewind', position: this.committed as [number, number] });
        return;
    }
    if (this.#chance(0.02)) this.send({ v: 1, kind: 'pause', forMs: Math.floor(this.#options.random() * 2_000) });
    const acked = this.committed as [number, number];
    const times = this.#chance(0.2) ? 2 : 1;
    for (let i = 0; i < times; i += 1) {
      if (this.#chance(0.3)) continue;
      this.#options.clock.schedule(this.#delay(200), () => {
        // A lost commit is never acknowledged: the acknowledgement follows the commit.
        if (comparePositions(acked, this.committed) <= 0) this.send({ v: 1, kind: 'ack', position: acked });
      });
    }
  }

  #chance(probability: number): boolean {
    return this.#options.random() < probability * this.trouble;
  }

  #delay(ms: number): number {
    return this.trouble === 0 ? 0 : Math.floor(this.#options.random() * ms);
  }
}
