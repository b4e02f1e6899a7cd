import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer, type TLSSocket } from 'node:tls';
import { addressBlock } from './address-block.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import { type Pass, type PeerEnd, PeerGate } from './peer-gate.ts';

export interface TlsListenerOptions {
  host: string;
  port: number;
  keyPem: string;
  certificatePem: string;
  caPem: string;
  limits: ConnectionLimits;
  /** A peer whose handshake is done, with or without a valid certificate; `pass` admits it. */
  onPeer: (socket: TLSSocket, pass: Pass) => void;
  onRefused: (reason: PeerEnd | 'handshake') => void;
}

/**
 * Accepts TCP connections, and starts TLS with each when the gate permits it. Ended sockets are destroyed: neither a
 * peer that never starts a handshake nor one that breaks it keeps a descriptor.
 */
export class TlsListener {
  readonly #options: TlsListenerOptions;
  readonly #gate: PeerGate;
  readonly #tls: TlsServer;
  readonly #tcp: TcpServer;
  /** By the far end's address and port. */
  readonly #visits = new Map<string, { raw: Socket; pass: Pass; secured: boolean }>();

  constructor(options: TlsListenerOptions) {
    this.#options = options;
    this.#gate = new PeerGate({ ...options.limits, schedule });
    this.#tls = createTlsServer({
      key: options.keyPem,
      cert: options.certificatePem,
      ca: options.caPem,
      requestCert: true,
      // Refused peers are given the reason in the CONNACK.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      // The gate's deadline is the one that counts: it began earlier.
      handshakeTimeout: options.limits.admissionMs,
    });
    this.#tls.on('secureConnection', (socket) => this.#secured(socket));
    this.#tls.on('tlsClientError', (_error, socket) => {
      options.onRefused('handshake');
      this.#visits.get(farEnd(socket))?.raw.destroy();
      socket.destroy();
    });
    this.#tcp = createTcpServer({ pauseOnConnect: true }, (raw) => this.#accept(raw));
    // The gate counts; this is a second limit in case sockets close more slowly than they arrive.
    this.#tcp.maxConnections = options.limits.connections + Math.ceil(options.limits.unadmitted / 8);
    this.#tcp.on('drop', () => options.onRefused('busy'));
  }

  get port(): number | null {
    return (this.#tcp.address() as AddressInfo | null)?.port ?? null;
  }

  async listen(): Promise<void> {
    const { port, host } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#tcp.once('error', reject);
      this.#tcp.listen({ port, host, backlog: 4_096 }, () => {
        this.#tcp.off('error', reject);
        resolve();
      });
    });
    this.#tcp.on('error', () => undefined);
  }

  /** Accepts no more; resolves when every connection is closed. Unadmitted peers are closed now. */
  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#tcp.close(() => resolve()));
    for (const { raw, secured } of this.#visits.values()) if (!secured) raw.destroy();
    return closed;
  }

  /** From now on new connections get this certificate, and theirs are checked against these authorities. */
  setIdentity({
    keyPem,
    certificatePem,
    caPem,
  }: Pick<TlsListenerOptions, 'keyPem' | 'certificatePem' | 'caPem'>): void {
    this.#tls.setSecureContext({ key: keyPem, cert: certificatePem, ca: caPem, minVersion: 'TLSv1.2' });
  }

  #accept(raw: Socket): void {
    raw.on('error', () => undefined);
    const { remoteAddress } = raw;
    if (remoteAddress === undefined) return void raw.destroy();
    const key = farEnd(raw);
    const pass = this.#gate.arrive({
      block: addressBlock(remoteAddress),
      serve: () => this.#tls.emit('connection', raw),
      end: (reason) => {
        this.#options.onRefused(reason);
        raw.destroy();
      },
    });
    if (raw.destroyed) return;
    const visit = { raw, pass, secured: false };
    this.#visits.set(key, visit);
    raw.once('close', () => {
      pass.leave();
      // The port may be in use again already.
      if (this.#visits.get(key) === visit) this.#visits.delete(key);
    });
  }

  #secured(socket: TLSSocket): void {
    socket.on('error', () => undefined);
    const visit = this.#visits.get(farEnd(socket));
    // The peer left while the handshake ended.
    if (visit === undefined) return void socket.destroy();
    visit.secured = true;
    this.#options.onPeer(socket, visit.pass);
  }
}

function farEnd(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}

function schedule(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
}
