import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The way of each demo site to the broker, which can be cut. A cut link is what a dug-up cable is: connections stay open
 * and nothing comes through, no refusal, no end. Mended, the old connections are gone and new ones work.
 */
export class SiteLink {
  readonly site: string;
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #cut = false;

  constructor(site: string, broker: { host: string; port: number }) {
    this.site = site;
    this.#server = createServer((near) => {
      const far = connect(broker);
      const pair: [Socket, Socket] = [near, far];
      this.#pairs.add(pair);
      for (const [from, to] of [pair, [far, near] as const]) {
        from.on('data', (chunk: Buffer) => {
          if (this.#cut) return;
          if (!to.write(chunk)) {
            from.pause();
            to.once('drain', () => from.resume());
          }
        });
        from.on('error', () => undefined);
        from.on('close', () => {
          if (this.#cut) return;
          this.#pairs.delete(pair);
          to.destroy();
        });
      }
    });
  }

  /** Starts on a free port of loopback and returns it. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  cut(): void {
    this.#cut = true;
  }

  mend(): void {
    this.#cut = false;
    this.#drop();
  }

  async stop(): Promise<void> {
    this.#cut = false;
    this.#drop();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #drop(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    this.#pairs.clear();
  }
}

/** Takes orders to cut and mend over HTTP on loopback: `POST /<site>/cut`, `POST /<site>/restore`. */
export async function serveLinks(links: readonly SiteLink[]): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createHttpServer((request, response) => {
    const [, name = '', order = ''] = (request.url ?? '').split('/').map(decodeURIComponent);
    const link = links.find(({ site }) => site.toLowerCase() === name.toLowerCase());
    const say = (status: number, text: string) => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
    };
    if (request.method !== 'POST') say(405, 'Orders are sent with POST.');
    else if (link === undefined) say(404, `There is no site "${name}": ${links.map(({ site }) => site).join('; ')}.`);
    else if (order === 'cut') {
      link.cut();
      say(200, `${link.site} is cut off.`);
    } else if (order === 'restore') {
      link.mend();
      say(200, `${link.site} is connected again.`);
    } else say(404, 'A site can be "cut" or "restore"d.');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
