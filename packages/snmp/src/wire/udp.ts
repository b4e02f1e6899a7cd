import { type RemoteInfo, type Socket, createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { SocketAddress, isIP } from 'node:net';
import { SnmpError } from './errors.ts';
import type { Peer } from './types.ts';

/** Buffer for a burst of answers; the system may grant less. */
const RECEIVE_BUFFER_BYTES = 1 << 20;

export interface ResolvedPeer extends Peer {
  family: 4 | 6;
}

const LITERALS_MAX = 20_000;
const literals = new Map<string, { address: string; family: 4 | 6 }>();

/** An address as the system writes it, for comparison with a datagram's sender. */
function canonicalLiteral(host: string, family: 4 | 6): { address: string; family: 4 | 6 } {
  const known = literals.get(host);
  if (known) return known;
  const address =
    family === 4 || host.includes('%') ? host : new SocketAddress({ address: host, family: 'ipv6' }).address;
  if (literals.size >= LITERALS_MAX) literals.clear();
  const literal = { address, family };
  literals.set(host, literal);
  return literal;
}

/** Resolves a name, or returns an address unchanged. Rejects with SnmpError 'unreachable'. */
export async function resolvePeer(host: string, port: number): Promise<ResolvedPeer> {
  const family = isIP(host);
  if (family === 4 || family === 6) return { ...canonicalLiteral(host, family), port };
  try {
    const found = await lookup(host);
    return { address: found.address, family: found.family === 6 ? 6 : 4, port };
  } catch (error) {
    throw new SnmpError('unreachable', `cannot resolve '${host}': ${String(error)}`);
  }
}

/** Creates a socket that sends to addresses only, and so never waits for a resolver. */
export function openSocket(family: 4 | 6): Socket {
  return createSocket({
    type: family === 4 ? 'udp4' : 'udp6',
    lookup: (host, _options, callback) => callback(null, host, family),
  });
}

/** Binds a socket; rejects with SnmpError 'unreachable' where the address or port is not available. */
export function bindSocket(socket: Socket, port: number, address?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const refused = (error: Error) =>
      reject(new SnmpError('unreachable', `cannot bind ${address ?? '*'}:${port}: ${error.message}`));
    socket.once('error', refused);
    socket.bind({ port, ...(address === undefined ? {} : { address }), exclusive: true }, () => {
      socket.off('error', refused);
      resolve(socket.address().port);
    });
  });
}

/** Requests a larger receive buffer; whatever the system grants is enough. */
export function enlargeReceiveBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
  } catch {
    // Limited by the system: datagrams of bursts are then lost and retried.
  }
}

export type OnDatagram = (bytes: Buffer, from: RemoteInfo) => void;

/** One socket per address family, bound when first needed, for a process that talks to many peers. */
export class SharedSockets {
  readonly #bindAddress: string | undefined;
  readonly #onDatagram: OnDatagram;
  readonly #sockets = new Map<4 | 6, Promise<Socket>>();
  readonly #bound = new Map<4 | 6, Socket>();

  constructor(bindAddress: string | undefined, onDatagram: OnDatagram) {
    this.#bindAddress = bindAddress;
    this.#onDatagram = onDatagram;
  }

  /** The bound socket of a family, if there is one already. */
  bound(family: 4 | 6): Socket | undefined {
    return this.#bound.get(family);
  }

  /** The socket of a family. Rejects with SnmpError 'unreachable'. */
  open(family: 4 | 6): Promise<Socket> {
    const known = this.#sockets.get(family);
    if (known) return known;
    const opening = this.#bind(family);
    this.#sockets.set(family, opening);
    opening.catch(() => this.#sockets.delete(family));
    return opening;
  }

  async close(): Promise<void> {
    const sockets = await Promise.allSettled(this.#sockets.values());
    this.#sockets.clear();
    this.#bound.clear();
    for (const socket of sockets) if (socket.status === 'fulfilled') await closeSocket(socket.value);
  }

  async #bind(family: 4 | 6): Promise<Socket> {
    const socket = openSocket(family);
    const ownFamily = this.#bindAddress !== undefined && isIP(this.#bindAddress) === family;
    await bindSocket(socket, 0, ownFamily ? this.#bindAddress : undefined);
    enlargeReceiveBuffer(socket);
    socket.on('message', this.#onDatagram);
    // Errors of sending arrive in send's callback; other errors of the system affect one datagram.
    socket.on('error', () => {});
    // Timers of waiting requests keep the process alive; an idle client does not.
    socket.unref();
    this.#bound.set(family, socket);
    return socket;
  }
}

/** Closes a socket; harmless when it is closed already. */
export function closeSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    try {
      socket.close(() => resolve());
    } catch {
      resolve();
    }
  });
}
