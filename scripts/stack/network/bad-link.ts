import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Badness, BadPath, connectedAt } from './bad-path.ts';

/**
 * What a cut does to the connections that are there:
 * - `stalls`: they live on, and TCP goes on when one of its repetitions gets through;
 * - `forgets`: nothing ever comes through them again, and nobody says so, as when a firewall forgets them;
 * - `resets`: both sides are told at once, and nobody can connect while it lasts.
 */
export const CUTS = ['stalls', 'forgets', 'resets'] as const;
export type Cut = (typeof CUTS)[number];

/** Maximum of written and undelivered bytes; beyond it the sender is not read. */
const UNDERWAY_BYTES_MAX = 1_048_576;

/**
 * A relay on loopback that makes a TCP connection behave as over a bad network: each direction is delayed, lost packets
 * stop the stream for a time (see BadPath), and it can be cut for a time in three ways.
 */
export class BadLink {
  readonly #server: Server;
  readonly #to: { host: string; port: number };
  readonly #badness: Badness;
  readonly #random: () => number;
  readonly #pairs = new Set<Pair>();
  /** Peers whose connection is not established yet. */
  readonly #asking = new Set<Socket>();
  #cutUntil = 0;
  #refuses = false;
  /** Established connections since the start. */
  connections = 0;

  constructor(to: { host: string; port: number }, badness: Badness, random: () => number) {
    this.#to = to;
    this.#badness = badness;
    this.#random = random;
    this.#server = createServer((near) => this.#accept(near));
  }

  /** Starts on a free port of loopback and returns it. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts the connection for this time, from now on. */
  cut(forMs: number, how: Cut): void {
    this.#cutUntil = Date.now() + forMs;
    this.#refuses = how === 'resets';
    if (how === 'resets') for (const pair of this.#pairs) pair.reset();
    if (how === 'forgets') for (const pair of this.#pairs) pair.forget();
  }

  async stop(): Promise<void> {
    for (const pair of this.#pairs) pair.reset();
    for (const near of this.#asking) near.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #accept(near: Socket): void {
    const now = Date.now();
    near.on('error', () => undefined);
    if (this.#refuses && now < this.#cutUntil) {
      near.resetAndDestroy();
      return;
    }
    // The kernel has accepted already; the peer's data wait as if its SYN were still in transit.
    near.pause();
    this.#asking.add(near);
    const timer = setTimeout(
      () => {
        this.connections += 1;
        this.#asking.delete(near);
        const paths = { up: new BadPath(this.#badness, this.#random), down: new BadPath(this.#badness, this.#random) };
        const pair = new Pair(near, connect(this.#to), paths, () => this.#cutUntil);
        this.#pairs.add(pair);
        pair.onEnd = () => this.#pairs.delete(pair);
      },
      connectedAt(now, this.#badness, this.#cutUntil, this.#random) - now,
    );
    near.once('close', () => {
      clearTimeout(timer);
      this.#asking.delete(near);
    });
  }
}

/** The two ends of one connection. */
class Pair {
  readonly #ends: readonly [Socket, Socket];
  readonly #ways: readonly [Way, Way];
  #open = 2;
  onEnd: () => void = () => undefined;

  constructor(near: Socket, far: Socket, paths: { up: BadPath; down: BadPath }, cutUntil: () => number) {
    this.#ends = [near, far];
    this.#ways = [new Way(paths.up, cutUntil), new Way(paths.down, cutUntil)];
    this.#carry(near, far, this.#ways[0]);
    this.#carry(far, near, this.#ways[1]);
    near.resume();
  }

  /** From now on nothing is forwarded, neither bytes nor an end. */
  forget(): void {
    for (const way of this.#ways) way.close();
  }

  reset(): void {
    this.forget();
    for (const socket of this.#ends) socket.resetAndDestroy();
  }

  #carry(from: Socket, to: Socket, way: Way): void {
    let underway = 0;
    from.setNoDelay(true);
    from.on('data', (chunk: Buffer) => {
      underway += chunk.length;
      if (underway > UNDERWAY_BYTES_MAX) from.pause();
      way.send(chunk.length, () => {
        underway -= chunk.length;
        if (from.isPaused() && underway <= UNDERWAY_BYTES_MAX) from.resume();
        if (!to.destroyed) to.write(chunk);
      });
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      // The end of a connection is a packet like any other.
      way.send(1, () => to.destroy());
      this.#open -= 1;
      if (this.#open > 0) return;
      // Data in transit have no destination any more.
      this.forget();
      this.onEnd();
    });
  }
}

/** Data in transit in one direction, in order. */
class Way {
  readonly #path: BadPath;
  readonly #cutUntil: () => number;
  readonly #queue: { at: number; arrive: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(path: BadPath, cutUntil: () => number) {
    this.#path = path;
    this.#cutUntil = cutUntil;
  }

  send(bytes: number, arrive: () => void): void {
    if (this.#closed) return;
    this.#queue.push({ at: this.#path.arrivesAt(Date.now(), bytes, this.#cutUntil()), arrive });
    if (this.#queue.length === 1) this.#arm();
  }

  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
    clearTimeout(this.#timer);
  }

  #arm(): void {
    const next = this.#queue[0];
    if (next === undefined) return;
    this.#timer = setTimeout(
      () => {
        const now = Date.now();
        while (this.#queue[0] !== undefined && this.#queue[0].at <= now) this.#queue.shift()?.arrive();
        this.#arm();
      },
      Math.max(0, next.at - Date.now()),
    );
  }
}
