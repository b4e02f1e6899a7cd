import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import { SYSLOG_BYTES_MAX, tcpFrames } from '@loopstart/call-records';

/** A burst of a whole site waits here while the process is busy; the kernel's own limit may be lower. */
const UDP_BUFFER_BYTES = 4_194_304;
/** Connections at once: of all senders, and of one. A gateway has one. */
const CONNECTIONS_MAX = 256;
const CONNECTIONS_PER_SENDER_MAX = 4;
const IDLE_MS = 15 * 60_000;

export interface SyslogReceiverOptions {
  onMessage: (bytes: Uint8Array, address: string) => void;
  onRefused: (reason: string, address: string) => void;
  /** Whether an address may connect; asked before anything is read. */
  mayConnect: (address: string) => boolean;
}

/** Receives syslog messages over UDP (RFC 5426) and TCP (RFC 6587) on one port. Bounded for strangers. */
export class SyslogReceiver {
  readonly #options: SyslogReceiverOptions;
  readonly #connections = new Map<Socket, string>();
  #udp: UdpSocket | null = null;
  #tcp: Server | null = null;

  constructor(options: SyslogReceiverOptions) {
    this.#options = options;
  }

  /** Listens on a port, 0: any; returns it. Rejects where it is not available. */
  async listen(port: number, address?: string): Promise<number> {
    const udp = createSocket({ type: address === undefined || address.includes(':') ? 'udp6' : 'udp4' });
    this.#udp = udp;
    udp.on('message', (bytes, { address: from }) => this.#options.onMessage(bytes, from));
    try {
      await new Promise<void>((resolve, reject) => {
        udp.once('error', reject);
        udp.bind({ port, ...(address !== undefined && { address }) }, () => {
          udp.off('error', reject);
          udp.on('error', () => this.#options.onRefused('socket-error', ''));
          resolve();
        });
      });
      udp.setRecvBufferSize(UDP_BUFFER_BYTES);
      const bound = udp.address().port;
      await this.#listenTcp(bound, address);
      return bound;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const { udp, tcp } = { udp: this.#udp, tcp: this.#tcp };
    this.#udp = null;
    this.#tcp = null;
    for (const socket of this.#connections.keys()) socket.destroy();
    this.#connections.clear();
    if (tcp?.listening === true) await new Promise<void>((resolve) => tcp.close(() => resolve()));
    if (udp !== null) await new Promise<void>((resolve) => udp.close(() => resolve()));
  }

  async #listenTcp(port: number, address: string | undefined): Promise<void> {
    const server = createServer((socket) => this.#connect(socket));
    this.#tcp = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, ...(address !== undefined && { host: address }) }, () => {
        server.off('error', reject);
        server.on('error', () => this.#options.onRefused('socket-error', ''));
        resolve();
      });
    });
  }

  #connect(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const { onMessage, onRefused, mayConnect } = this.#options;
    socket.on('error', () => socket.destroy());
    const own = [...this.#connections.values()].filter((other) => other === address).length;
    const refusal = !mayConnect(address)
      ? 'unknown-sender'
      : own >= CONNECTIONS_PER_SENDER_MAX || this.#connections.size >= CONNECTIONS_MAX
        ? 'too-many-connections'
        : null;
    if (refusal !== null) {
      onRefused(refusal, address);
      socket.destroy();
      return;
    }
    this.#connections.set(socket, address);
    socket.on('close', () => this.#connections.delete(socket));
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    const frames = tcpFrames(SYSLOG_BYTES_MAX);
    socket.on('data', (chunk: Buffer) => {
      const { messages, tooLong } = frames.push(chunk);
      for (const bytes of messages) onMessage(bytes, address);
      for (let i = 0; i < tooLong; i += 1) onRefused('too-long', address);
    });
  }
}
