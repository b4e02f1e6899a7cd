import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { carryOut } from './fault-order.ts';
import type { SimFleet } from './sim-fleet.ts';
import { SimSpecError } from './spec.ts';
import { fleetStatus } from './status.ts';

const BODY_BYTES_MAX = 65_536;
const LOOPBACK_HOST = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/;

/** A request that cannot be served, with its HTTP status. */
class Refusal extends Error {
  readonly status: number;
  readonly field: string | null;

  constructor(status: number, message: string, field: string | null = null) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/**
 * Lets people and tests inspect a fleet and set faults, over HTTP on loopback only: `GET /state[?gateway=name]`, `POST
 * /faults {gateway, port?, fault, on}`. Errors are `{ "error": "one sentence", "field": "where" }`.
 */
export class ControlServer {
  readonly #fleet: SimFleet;
  readonly #server: Server;

  constructor(fleet: SimFleet) {
    this.#fleet = fleet;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** Starts listening on 127.0.0.1; port 0 takes any. Throws SimSpecError where the port is not available. */
  async listen(port: number): Promise<{ url: string }> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        const why = error.code === 'EADDRINUSE' ? 'the port is in use' : error.message;
        reject(new SimSpecError('port', `The control address 127.0.0.1:${port} cannot be had: ${why}.`));
      });
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return { url: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}` };
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
    };
    try {
      send(200, await this.#serve(request));
    } catch (error) {
      if (error instanceof Refusal) send(error.status, { error: error.message, field: error.field });
      else if (error instanceof SimSpecError) send(422, { error: error.message, field: error.field });
      else send(500, { error: error instanceof Error ? error.message : String(error), field: null });
    }
  }

  async #serve(request: IncomingMessage): Promise<unknown> {
    // A page in a browser of this machine must not reach this server, neither by a form nor by a host name of its own.
    if (!LOOPBACK_HOST.test(request.headers.host ?? '')) throw new Refusal(403, 'Only loopback names are served.');
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/state') {
      expectMethod(request, 'GET');
      const name = url.searchParams.get('gateway') ?? undefined;
      const gateways = fleetStatus(this.#fleet, name);
      if (name !== undefined && gateways.length === 0) {
        throw new Refusal(404, `There is no simulated gateway "${name}".`, 'gateway');
      }
      return { gateways };
    }
    if (url.pathname === '/faults') {
      expectMethod(request, 'POST');
      const gateway = carryOut(this.#fleet, await readJson(request));
      return { gateway: gateway.name, faults: gateway.living.life.active };
    }
    throw new Refusal(404, 'Served are GET /state and POST /faults.');
  }
}

function expectMethod(request: IncomingMessage, method: string): void {
  if (request.method !== method) throw new Refusal(405, `This address takes ${method} only.`);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'The order must be sent as application/json.', 'content-type');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Refusal(413, `An order has at most ${BODY_BYTES_MAX} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal(400, 'The order is not JSON.');
  }
}
