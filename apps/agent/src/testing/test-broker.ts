import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { Aedes } from 'aedes';
import type { TestCa } from './test-ca.ts';

export interface TestBroker {
  port: number;
  url: string;
  broker: Aedes;
  /** Everything published, in order. */
  published: { topic: string; payload: string; retain: boolean }[];
  /** Publishes as the cloud does. */
  send(topic: string, message: unknown): Promise<void>;
  /** Cuts all connections without a DISCONNECT. */
  cut(): void;
  close(): Promise<void>;
}

/** An MQTT broker on loopback that requires client certificates and limits a client to its own topics. */
export async function startTestBroker(ca: TestCa, port = 0): Promise<TestBroker> {
  const published: TestBroker['published'] = [];
  const sockets = new Set<Socket>();
  /** Read when a connection begins: a last will is authorised when its socket is gone. */
  const names = new WeakMap<Socket, string>();
  const broker = await Aedes.createBroker({
    authorizePublish(client, packet, callback) {
      const name = client === null ? null : names.get(client.conn as Socket);
      callback(name === null || packet.topic.includes(`/${name}/`) ? null : new Error('not yours'));
    },
  });
  broker.on('publish', (packet, client) => {
    if (client === null) return;
    published.push({ topic: packet.topic, payload: packet.payload.toString(), retain: packet.retain });
  });
  const { keyPem, certificatePem } = await ca.server();
  const server = createServer(
    { key: keyPem, cert: certificatePem, ca: ca.caPem, requestCert: true, rejectUnauthorized: true },
    (socket) => {
      sockets.add(socket);
      names.set(socket, commonName(socket));
      socket.on('close', () => sockets.delete(socket));
      broker.handle(socket);
    },
  );
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    url: `mqtts://127.0.0.1:${bound}`,
    broker,
    published,
    send: (topic, message) =>
      new Promise((resolve, reject) => {
        const packet = {
          cmd: 'publish' as const,
          topic,
          payload: Buffer.from(JSON.stringify(message)),
          qos: 1 as const,
        };
        broker.publish({ ...packet, retain: false, dup: false }, (error) => (error ? reject(error) : resolve()));
      }),
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => broker.close(resolve));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function commonName(socket: TLSSocket): string {
  const name = socket.getPeerCertificate().subject.CN;
  return Array.isArray(name) ? (name[0] ?? '') : (name ?? '');
}
