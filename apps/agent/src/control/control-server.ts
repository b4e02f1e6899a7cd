import { chmod, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Logger } from 'pino';

/** The running agent's answer to its command line. */
export type ControlCommand = 'status' | 'gateways' | 'ports' | 'snmp';
export type ControlHandler = (command: string, argument: string | null) => Promise<unknown>;

const REQUEST_BYTES_MAX = 4_096;

/** Another agent runs on the same state folder. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
}

/**
 * Answers queries on a socket in the state folder, which only the agent's own user may open. The socket also prevents a
 * second agent on the same folder.
 */
export class ControlServer {
  readonly #server: Server;
  readonly #path: string;

  private constructor(server: Server, path: string) {
    this.#server = server;
    this.#path = path;
  }

  /** Throws AlreadyRunningError when an agent answers on the socket already. */
  static async listen(path: string, handler: ControlHandler, log: Logger): Promise<ControlServer> {
    if (await isRunning(path)) throw new AlreadyRunningError('an agent is running on this state folder already');
    await unlink(path).catch(() => undefined);
    const server = createServer((socket) => serve(socket, handler, log));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // The folder is closed to others; the socket too, from its first instant.
      const mask = process.umask(0o177);
      server.listen(path, resolve);
      process.umask(mask);
    });
    await chmod(path, 0o600);
    return new ControlServer(server, path);
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await unlink(this.#path).catch(() => undefined);
  }
}

function serve(socket: Socket, handler: ControlHandler, log: Logger): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.setTimeout(10_000, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', (part: string) => {
    text += part;
    if (text.length > REQUEST_BYTES_MAX) return socket.destroy();
    const end = text.indexOf('\n');
    if (end < 0) return;
    socket.removeAllListeners('data');
    answer(text.slice(0, end), handler)
      .then((reply) => socket.end(`${JSON.stringify(reply)}\n`))
      .catch((error: unknown) => {
        log.error({ error }, 'failed to answer the command line');
        socket.end(`${JSON.stringify({ error: 'something went wrong inside the agent' })}\n`);
      });
  });
}

async function answer(line: string, handler: ControlHandler): Promise<unknown> {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    return { error: 'not JSON' };
  }
  const { command, argument } = (request ?? {}) as { command?: unknown; argument?: unknown };
  if (typeof command !== 'string') return { error: 'no command' };
  return handler(command, typeof argument === 'string' ? argument : null);
}

/** Whether an agent answers on this socket. */
export function isRunning(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
