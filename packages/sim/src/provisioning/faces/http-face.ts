import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { basicHeader, digestChallenge, digestFits, type Login } from './digest.ts';
import type { LinkState } from './line-faults.ts';

export interface FaceRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface FaceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the unit does once it has answered. */
  readonly afterwards?: () => void;
}

/** The web server of a unit, behind its login. */
export interface HttpHandler {
  readonly scheme: 'basic' | 'digest';
  readonly realm: string;
  answer(request: FaceRequest): Promise<FaceAnswer> | FaceAnswer;
}

export interface HttpHost {
  down(): boolean;
  login(): Login;
  link(): LinkState;
  losePower(): void;
}

const BODY_BYTES_MAX = 4_000_000;

/** A unit's HTTP server. A unit without power, or a cut link, drops the connection without an answer. */
export class HttpFace {
  readonly #host: HttpHost;
  readonly #handler: HttpHandler;
  readonly #nonces = new Set<string>();
  readonly #server: Server;

  constructor(host: HttpHost, handler: HttpHandler) {
    this.#host = host;
    this.#handler = handler;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#server.on('connection', (socket) => {
      if (host.down()) socket.destroy();
    });
  }

  async listen(port: number, address: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, address, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  drop(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.drop();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#host.down()) {
      response.destroy();
      return;
    }
    const link = this.#host.link();
    const body = await bodyOf(request, link);
    if (body === null) {
      if (link.losesPower) this.#host.losePower();
      response.destroy();
      return;
    }
    if (link.delayMs > 0) await delay(link.delayMs);
    const { method = 'GET', url = '/', headers } = request;
    if (!this.#admits(headers.authorization, method)) {
      response.writeHead(401, { 'www-authenticate': this.#challenge() }).end();
      return;
    }
    const answer = await this.#handler.answer({ method, url, headers, body });
    if (this.#host.down()) response.destroy();
    else {
      const { status, headers, afterwards } = answer;
      response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(answer.body, () => afterwards?.());
    }
  }

  #admits(header: string | undefined, method: string): boolean {
    const login = this.#host.login();
    if (this.#handler.scheme === 'basic') return header === basicHeader(login);
    return digestFits(header, this.#nonces, login, method);
  }

  #challenge(): string {
    const { scheme, realm } = this.#handler;
    if (scheme === 'basic') return `Basic realm="${realm}"`;
    const { header, nonce } = digestChallenge(realm);
    this.#nonces.add(nonce);
    return header;
  }
}

/** The whole body; null where the link is cut before its end, or it is too long. */
async function bodyOf(request: IncomingMessage, link: LinkState): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > Math.min(link.cutAtByte, BODY_BYTES_MAX)) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
