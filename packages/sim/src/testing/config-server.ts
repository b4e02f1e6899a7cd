import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Page = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A plain HTTP server on loopback with files by path; it records what it was asked for. */
export class ConfigServer {
  readonly pages = new Map<string, Page>();
  readonly asked: { path: string; headers: IncomingMessage['headers'] }[] = [];
  readonly uploads: { path: string; body: string }[] = [];
  readonly #server: Server = createServer((request, response) => {
    const path = request.url ?? '/';
    this.asked.push({ path, headers: request.headers });
    const page = this.pages.get(path);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'GET') this.uploads.push({ path, body: Buffer.concat(chunks).toString() });
      if (typeof page === 'function') page(request, response);
      else if (page === undefined) response.writeHead(404).end('no such file');
      else response.writeHead(200, { 'content-length': Buffer.byteLength(page) }).end(page);
    });
  });
  host = '';

  static async start(): Promise<ConfigServer> {
    const server = new ConfigServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.host = `127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
