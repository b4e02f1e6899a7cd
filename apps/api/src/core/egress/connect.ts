import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { sameAddress } from './address-rules.ts';
import type { Target } from './target.ts';

/** How many of a host's addresses are tried, and how long the first ones may take. */
const ADDRESSES_MAX = 4;
const FIRST_TRIES_MS = 4_000;

interface TlsTrust {
  ca?: string;
  cert?: string;
  key?: string;
}

/**
 * A connection to one of exactly these addresses, encrypted where the target is https (the certificate is checked
 * against its name). Looks up nothing. Throws the error of the last address.
 */
export async function connectTo(
  target: Target,
  addresses: readonly string[],
  signal: AbortSignal,
  /** Authorities that are trusted in place of those of the system, and a client certificate with its key, all in PEM. */
  trust: TlsTrust = {},
): Promise<Socket> {
  const tried = addresses.slice(0, ADDRESSES_MAX);
  for (const [index, address] of tried.entries()) {
    const last = index === tried.length - 1;
    try {
      const limit = last ? signal : AbortSignal.any([signal, AbortSignal.timeout(FIRST_TRIES_MS)]);
      const socket = await connected(connectTcp({ host: address, port: target.port, noDelay: true }), 'connect', limit);
      return await secured(socket, address, target, signal, trust);
    } catch (error) {
      if (last || signal.aborted) throw error;
    }
  }
  throw new Error('There is no address to connect to.');
}

async function secured(
  socket: Socket,
  address: string,
  target: Target,
  signal: AbortSignal,
  trust: TlsTrust,
): Promise<Socket> {
  if (!sameAddress(socket.remoteAddress ?? '', address)) {
    socket.destroy();
    throw new Error('The connection went to another address than the one that was checked.');
  }
  if (!target.secure) return socket;
  // An address has no server name to announce (RFC 6066, section 3); its certificate is checked anyway.
  const named = /[a-z]/i.test(target.host) && !target.host.includes(':');
  const tls = connectTls({
    ...trust,
    socket,
    host: target.host,
    ...(named ? { servername: target.host.replace(/\.$/, '') } : {}),
  });
  return connected(tls, 'secureConnect', signal);
}

function connected<S extends Socket>(socket: S, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      signal.removeEventListener('abort', abort);
      socket.off('error', fail).off(event, done);
      // From here on the user of the socket gets its errors; between two listeners an error must not end the process.
      socket.on('error', () => undefined);
      end();
    };
    const abort = () => fail(signal.reason as Error);
    const fail = (error: Error) =>
      settle(() => {
        socket.destroy();
        reject(error);
      });
    const done = () => settle(() => resolve(socket));
    socket.once('error', fail).once(event, done);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
