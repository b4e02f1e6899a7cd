import { allowedWords } from './address-rules.ts';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { connectTo } from './connect.ts';
import type { Resolve } from './resolve.ts';
import { checkAddresses, type OutboundRules, type Target, targetOf } from './target.ts';

export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface OutboundAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** At most ANSWER_BYTES_MAX bytes of it. */
  body: string;
}

/** From the look-up to the last byte. */
export const DEADLINE_MS = 15_000;
export const ANSWER_BYTES_MAX = 65_536;
const HEADER_BYTES_MAX = 16_384;

/**
 * The only HTTP client for addresses that customers choose. The host is looked up once, every address is checked, and
 * the connection goes to one of those checked. No redirects are followed and no proxy of the environment is used.
 */
export class GuardedHttp {
  readonly #rules: OutboundRules;
  readonly #resolve: Resolve;
  readonly #deadlineMs: number;

  constructor(rules: OutboundRules, resolve: Resolve, deadlineMs = DEADLINE_MS) {
    this.#rules = rules;
    this.#resolve = resolve;
    this.#deadlineMs = deadlineMs;
  }

  /** Hosts and networks that are allowed in addition to the public internet, by plain http too. */
  get alsoAllowed(): string[] {
    return allowedWords(this.#rules.allow);
  }

  /** Checks the form of a URL, for when it is saved. Throws BlockedError. */
  check(url: string): void {
    targetOf(url, this.#rules);
  }

  /** Throws BlockedError where sending is not allowed, and the error of the socket where nothing answers. */
  async send(request: OutboundRequest): Promise<OutboundAnswer> {
    const target = targetOf(request.url, this.#rules);
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new Error(`There was no answer within ${this.#deadlineMs / 1000} s.`)),
      this.#deadlineMs,
    );
    try {
      const found = await orAbort(this.#resolveHost(target), deadline.signal);
      const addresses = checkAddresses(target, found, this.#rules);
      const socket = await connectTo(target, addresses, deadline.signal);
      return await exchange(socket, target, request, deadline.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  #resolveHost(target: Target): Promise<readonly string[]> {
    // A host that looks like an address is one; it was checked with the URL and is checked again with the rest.
    return /^[\d.]+$|:/.test(target.host) ? Promise.resolve([target.host]) : this.#resolve(target.host);
  }
}

/** Rejects when the signal does, whatever state the promise is in. */
function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}

/**
 * One request and its answer on a connection of its own. Once there is a status it counts, even if the rest of the
 * answer is late or long.
 */
function exchange(
  socket: Socket,
  target: Target,
  { method, headers, body }: OutboundRequest,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      createConnection: () => socket,
      method,
      path: target.url.pathname + target.url.search,
      headers: {
        ...headers,
        host: target.url.host,
        connection: 'close',
        'accept-encoding': 'identity',
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      maxHeaderSize: HEADER_BYTES_MAX,
    });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const abort = () => fail(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    request.on('error', fail);
    request.once('response', (response) => {
      signal.removeEventListener('abort', abort);
      void readBody(response, signal).then((text) => {
        socket.destroy();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    request.end(body);
  });
}

function readBody(response: IncomingMessage, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = () => resolve(Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString('utf8'));
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= ANSWER_BYTES_MAX) done();
    });
    response.once('end', done).once('error', done).once('close', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
