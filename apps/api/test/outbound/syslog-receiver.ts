import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { AddressInfo, Socket } from 'node:net';
import { selfSigned } from './self-signed.ts';

/** A message of RFC 5424, as it was framed (RFC 5425). */
export interface SyslogMessage {
  priority: number;
  msgId: string;
  data: Readonly<Record<string, string>>;
  text: string;
}

const MESSAGE = /^<(\d+)>1 \S+ \S+ loopstart - (\S+) \[\S+((?: \w+="(?:[^"\\\]]|\\["\\\]])*")*)\] \uFEFF([^]*)$/u;

/** A receiver of syslog over TLS on loopback that reads octet-counted frames strictly; a frame that is wrong is kept as an error. */
export class SyslogReceiver {
  readonly received: SyslogMessage[] = [];
  readonly errors: string[] = [];
  /** Resets a connection once so many bytes came by it, after reading what was complete before. */
  dropAfterBytes: number | null = null;
  connections = 0;
  readonly #server: Server;
  /** Below the last connection. */
  #raw: Socket | undefined;

  readonly certificate: string;

  private constructor(server: Server, certificate: string) {
    this.#server = server;
    this.certificate = certificate;
    server.on('connection', (raw: Socket) => (this.#raw = raw));
    server.on('secureConnection', (socket) => this.#read(socket));
    server.on('tlsClientError', (error) => this.errors.push(error.message));
  }

  /** With `clients`, only who shows a certificate of these authorities is let in. */
  static async start(host = 'localhost', port = 0, { clients }: { clients?: string } = {}): Promise<SyslogReceiver> {
    const { certificate, key } = await selfSigned(host);
    const asks = clients === undefined ? {} : { requestCert: true, rejectUnauthorized: true, ca: clients };
    const receiver = new SyslogReceiver(createServer({ cert: certificate, key, ...asks }), certificate);
    await new Promise<void>((resolve) => receiver.#server.listen(port, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #read(socket: TLSSocket): void {
    this.connections += 1;
    let bytes: Buffer = Buffer.alloc(0);
    let total = 0;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      total += chunk.length;
      const isCut = this.dropAfterBytes !== null && total > this.dropAfterBytes;
      bytes = Buffer.concat([bytes, isCut ? chunk.subarray(0, this.dropAfterBytes! - (total - chunk.length)) : chunk]);
      while (bytes.length > 0) {
        const frame = /^([1-9]\d*) /.exec(bytes.subarray(0, 12).toString('latin1'));
        if (frame === null) break;
        const end = frame[0].length + Number(frame[1]);
        if (bytes.length < end) break;
        this.#take(bytes.subarray(frame[0].length, end).toString('utf8'));
        bytes = bytes.subarray(end);
      }
      if (isCut) this.#raw?.resetAndDestroy();
    });
    socket.on('end', () => {
      if (bytes.length > 0) this.errors.push(`${bytes.length} bytes were left over`);
    });
  }

  #take(text: string): void {
    const [, priority, msgId, data, json] = MESSAGE.exec(text) ?? [];
    if (json === undefined) return void this.errors.push(text);
    const pairs = [...data!.matchAll(/ (\w+)="((?:[^"\\\]]|\\["\\\]])*)"/g)];
    this.received.push({
      priority: Number(priority),
      msgId: msgId!,
      data: Object.fromEntries(pairs.map(([, name, value]) => [name, value!.replace(/\\(["\\\]])/g, '$1')])),
      text: json,
    });
  }
}
