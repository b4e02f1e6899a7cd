import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the sink answers; `hang` never does, `hang-up` closes the connection. */
export type Answer =
  | { status: number; headers?: Record<string, string>; body?: string; afterMs?: number }
  | 'hang'
  | 'hang-up';

/** A receiver on loopback that keeps what it got. */
export class Sink {
  readonly received: Received[] = [];
  answer: (request: Received, index: number) => Answer = () => ({ status: 200, body: 'ok' });
  readonly #server: Server;
  #notify: () => void = () => undefined;
  /** Connections that reached it, requests or not. */
  connections = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const got: Received = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        const answer = this.answer(got, this.received.length);
        this.received.push(got);
        this.#notify();
        if (answer === 'hang') return;
        if (answer === 'hang-up') return void request.socket.destroy();
        const reply = () => response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? '');
        if (answer.afterMs === undefined) reply();
        else setTimeout(reply, answer.afterMs);
      });
    });
    this.#server.on('connection', () => (this.connections += 1));
  }

  static async start(port = 0, host = '127.0.0.1'): Promise<Sink> {
    const sink = new Sink();
    await new Promise<void>((resolve) => sink.#server.listen(port, host, resolve));
    return sink;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  url(path = '/hook'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Resolves once so many requests are there. */
  async until(count: number): Promise<Received[]> {
    while (this.received.length < count) await new Promise<void>((resolve) => (this.#notify = resolve));
    return this.received;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
