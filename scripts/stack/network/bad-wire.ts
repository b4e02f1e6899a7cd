import { createSocket, type Socket } from 'node:dgram';
import type { Badness } from './bad-path.ts';

/** Where a relay of datagrams listens, and its destination. */
export interface WireEnds {
  listen: { host: string; port: number };
  to: { host: string; port: number };
  /** The source address of forwarded datagrams; any by default. */
  from?: string;
}

/** A relay of datagrams that delays them and loses some, in each direction. Answers go to the requester. */
export class BadWire {
  readonly #server = createSocket('udp4');
  readonly #ends: WireEnds;
  readonly #badness: Badness;
  readonly #random: () => number;
  readonly #beyond = new Map<string, Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;
  sent = 0;
  lost = 0;

  constructor(ends: WireEnds, badness: Badness, random: () => number) {
    this.#ends = ends;
    this.#badness = badness;
    this.#random = random;
  }

  /** Rejects where the address is not available. */
  async listen(): Promise<void> {
    const { host, port } = this.#ends.listen;
    this.#server.on('message', (message, { address, port: peerPort }) => {
      const asker = this.#askerOf(address, peerPort);
      this.#carry(() => asker.send(message, this.#ends.to.port, this.#ends.to.host));
    });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.bind(port, host, () => {
        this.#server.off('error', reject);
        this.#server.on('error', () => undefined);
        resolve();
      });
    });
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of [this.#server, ...this.#beyond.values()]) socket.close();
  }

  /** One socket for each requester, so that answers find their way back. */
  #askerOf(address: string, port: number): Socket {
    const name = `${address}:${port}`;
    const known = this.#beyond.get(name);
    if (known !== undefined) return known;
    const socket = createSocket('udp4');
    socket.on('error', () => undefined);
    socket.on('message', (answer) => this.#carry(() => this.#server.send(answer, port, address)));
    if (this.#ends.from !== undefined) socket.bind(0, this.#ends.from);
    this.#beyond.set(name, socket);
    return socket;
  }

  #carry(send: () => void): void {
    this.sent += 1;
    if (this.#random() < this.#badness.loss) {
      this.lost += 1;
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#stopped) send();
    }, this.#badness.delayMs);
    this.#timers.add(timer);
  }
}
