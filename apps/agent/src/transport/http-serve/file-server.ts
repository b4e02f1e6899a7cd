import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Logger } from 'pino';
import type { Clock } from '../../core/clock.ts';
import { plainAddress } from '../../discovery/address-range.ts';

/** A file for one gateway: only from its address, only with its identity in the User-Agent, until it has fetched it. */
export interface Lease {
  /** Address of the gateway. */
  ip: string;
  path: string;
  type: string;
  text: string;
  userAgentHas: string;
}

/** What became of a lease. `whole`: the gateway has all of it. `part`: a transfer began and did not end. */
export type LeaseEnd = 'whole' | 'part' | 'never';

const CONNECTIONS_MAX = 64;
const REQUEST_MS = 20_000;
/** Names of requests that were refused, for the log; more are only counted. */
const REFUSALS_LOGGED = 100;

interface Held {
  lease: Lease;
  body: Buffer;
  lastModified: string;
  begun: boolean;
  finish: (end: LeaseEnd) => void;
}

/**
 * Serves configurations to gateways over HTTP. Nothing is served but leases: each file once, to one gateway; everything
 * else gets 404 and is logged. Answers have Date, Last-Modified and an exact length, and conditional requests for an
 * unchanged file get 304: a gateway whose server gives none of these may restart again and again (AudioCodes user manual,
 * automatic update).
 */
export class FileServer {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #held = new Set<Held>();
  #server: Server | null = null;
  refused = 0;

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  /** The port in use; null where it does not listen. */
  get port(): number | null {
    const address = this.#server?.address() as AddressInfo | null | undefined;
    return address?.port ?? null;
  }

  /** Rejects where the port cannot be opened. */
  async open(port: number, address?: string): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    server.maxConnections = CONNECTIONS_MAX;
    server.requestTimeout = REQUEST_MS;
    server.headersTimeout = REQUEST_MS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, resolve);
    });
    server.on('error', (error) => this.#log.error({ error }, 'failed to serve configurations'));
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const held of this.#held) held.finish(held.begun ? 'part' : 'never');
    if (server === null) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** Whether `host:port` of a gateway's settings is this server. */
  isHere(hostAndPort: string): boolean {
    const [, host = '', port = '80'] = /^(.*?)(?::(\d+))?$/.exec(hostAndPort) ?? [];
    if (this.port === null || Number(port) !== this.port) return false;
    const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
    return own.includes(host.replaceAll(/[[\]]/g, ''));
  }

  /** Offers a file from now on, while `trigger` makes the gateway fetch it. The offer ends with the promise. */
  async offer(lease: Lease, trigger: () => Promise<unknown>, withinMs: number): Promise<LeaseEnd> {
    let end: (value: LeaseEnd) => void = () => undefined;
    const ended = new Promise<LeaseEnd>((resolve) => {
      end = resolve;
    });
    const held: Held = {
      lease,
      body: Buffer.from(lease.text),
      lastModified: new Date(this.#clock.now()).toUTCString(),
      begun: false,
      finish: end,
    };
    this.#held.add(held);
    const cancel = this.#clock.schedule(withinMs, () => end(held.begun ? 'part' : 'never'));
    try {
      const triggered = trigger();
      // A gateway may fetch it before it has answered what makes it fetch.
      await Promise.race([triggered, ended]);
      triggered.catch(() => undefined);
      return await ended;
    } catch (error) {
      if (!held.begun) throw error;
      return 'part';
    } finally {
      cancel();
      this.#held.delete(held);
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const held = this.#find(request);
    if (held === null) {
      this.refused += 1;
      if (this.refused <= REFUSALS_LOGGED) {
        const { url = '', headers, socket } = request;
        const userAgent = (headers['user-agent'] ?? '').slice(0, 120);
        this.#log.warn({ ip: socket.remoteAddress, path: url.slice(0, 120), userAgent }, 'a file was refused');
      }
      response.writeHead(404, { 'content-length': 0, connection: 'close' }).end();
      return;
    }
    const { body, lease, lastModified } = held;
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
    const headers = { 'last-modified': lastModified, etag, connection: 'close', 'cache-control': 'no-store' };
    if (isUnchanged(request, etag, lastModified)) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'content-type': lease.type, 'content-length': body.length });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    held.begun = true;
    response.on('close', () => {
      // Handed over whole is not received whole: the read-back decides. One that was cut may be fetched again.
      if (response.writableFinished) held.finish('whole');
    });
    response.end(body);
  }

  #find(request: IncomingMessage): Held | null {
    const { method, url, headers, socket } = request;
    if (method !== 'GET' && method !== 'HEAD') return null;
    const userAgent = (headers['user-agent'] ?? '').toLowerCase().replaceAll(/[:-]/g, '');
    const ip = plainAddress(socket.remoteAddress ?? '');
    for (const held of this.#held) {
      const { lease } = held;
      const isPath = sameText(lease.path, url ?? '');
      if (isPath && plainAddress(lease.ip) === ip && userAgent.includes(lease.userAgentHas.toLowerCase())) return held;
    }
    return null;
  }
}

function isUnchanged({ headers }: IncomingMessage, etag: string, lastModified: string): boolean {
  const known = headers['if-none-match'];
  if (known !== undefined) return known.split(',').some((one) => one.trim() === etag || one.trim() === '*');
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Date.parse(lastModified) <= since;
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a as Buffer, b as Buffer);
}
