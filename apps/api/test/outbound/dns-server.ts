import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import ipaddr from 'ipaddr.js';

const TYPE_A = 1;
const TYPE_AAAA = 28;

/** A name server on loopback whose answers live for no time at all (TTL 0), so that each question may get another. */
export class DnsServer {
  /** Addresses of a name at its n-th look-up (from 0). */
  answer: (name: string, lookUp: number) => readonly string[] = () => [];
  readonly asked = new Map<string, number>();
  readonly #socket: Socket = createSocket('udp4');

  static async start(): Promise<DnsServer> {
    const server = new DnsServer();
    server.#socket.on('message', (query, from) => server.#socket.send(server.#reply(query), from.port, from.address));
    await new Promise<void>((resolve) => server.#socket.bind(0, '127.0.0.1', resolve));
    return server;
  }

  get address(): string {
    return `127.0.0.1:${(this.#socket.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#socket.close();
  }

  /** RFC 1035, section 4: header, the question again, and one record for each address. */
  #reply(query: Buffer): Buffer {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at]!; length !== 0; length = query[at]!) {
      labels.push(query.toString('ascii', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const type = query.readUInt16BE(at + 1);
    const name = labels.join('.').toLowerCase();
    const key = `${name}/${type}`;
    const lookUp = this.asked.get(key) ?? 0;
    this.asked.set(key, lookUp + 1);
    const addresses = this.answer(name, lookUp)
      .map((text) => ipaddr.parse(text).toByteArray())
      .filter((bytes) => (type === TYPE_A && bytes.length === 4) || (type === TYPE_AAAA && bytes.length === 16));
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x81_80, 2);
    header.writeUInt16BE(addresses.length, 6);
    header.writeUInt32BE(0, 8);
    const records = addresses.map((bytes) => {
      const fixed = Buffer.alloc(12);
      fixed.writeUInt16BE(0xc0_0c, 0);
      fixed.writeUInt16BE(type, 2);
      fixed.writeUInt16BE(1, 4);
      fixed.writeUInt16BE(bytes.length, 10);
      return Buffer.concat([fixed, Buffer.from(bytes)]);
    });
    return Buffer.concat([header, query.subarray(12, at + 5), ...records]);
  }
}
