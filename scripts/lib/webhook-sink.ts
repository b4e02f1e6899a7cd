import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookPayload } from '@loopstart/contracts';
import { Webhook } from 'standardwebhooks';

/** One message as it came in, checked. */
export interface Received {
  at: number;
  /** The webhook-id header. */
  id: string;
  payload: WebhookPayload;
}

/** A receiver of webhooks on loopback that checks everything: signature by the public library, body by the contract. */
export class WebhookSink {
  readonly received: Received[] = [];
  readonly refused: string[] = [];
  readonly #server: Server;
  #secret = '';

  /** Called for each valid message, and for each invalid one, with the reason. */
  onTaken: (message: Received) => void = () => undefined;
  onRefused: (reason: string) => void = () => undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens on loopback; port 0 takes any free one. Rejects where the port is in use. */
  static async start(port = 0): Promise<WebhookSink> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    const sink = new WebhookSink(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const ok = sink.#take(request.headers as Record<string, string>, Buffer.concat(chunks).toString('utf8'));
        response.writeHead(ok ? 204 : 400).end();
      });
    });
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** The signing secret that the channel showed once. */
  set secret(secret: string) {
    this.#secret = secret;
  }

  /** The first message since `since` that matches; rejects after `timeoutMs`. */
  async waitFor(what: string, timeoutMs: number, matches: (message: Received) => boolean): Promise<Received> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const found = this.received.find(matches);
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`no webhook "${what}" within ${timeoutMs / 1000} s`);
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #take(headers: Record<string, string>, body: string): boolean {
    try {
      const payload = WebhookPayload.parse(new Webhook(this.#secret).verify(body, headers));
      const message = { at: Date.now(), id: headers['webhook-id'] ?? '', payload };
      this.received.push(message);
      this.onTaken(message);
      return true;
    } catch (error) {
      this.refused.push(String(error));
      this.onRefused(String(error));
      return false;
    }
  }
}
