import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { generate, type Packet, parser as makeParser } from 'mqtt-packet';

const TIMEOUT_MS = 10_000;

/** How the API signs in at an external broker. */
export interface BrokerAccess {
  /** `mqtts://host:port`, or `mqtt://` on a network that is trusted. */
  url: string;
  caPem: string;
  keyPem: string;
  certificatePem: string;
}

/** A connection to the broker, not introduced yet. */
export function dial({ url: text, caPem, keyPem, certificatePem }: BrokerAccess) {
  const url = new URL(text);
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  if (text.startsWith('mqtt:')) return connectTcp({ host, port: Number(url.port || 1883) });
  return connectTls({
    host,
    port: Number(url.port || 8883),
    servername: /^[\d.]+$|:/.test(host) ? '' : host,
    key: keyPem,
    cert: certificatePem,
    ca: caPem,
    minVersion: 'TLSv1.2',
  });
}

/** User name and password of a broker's address, as a CONNECT has them. */
export function credentials(text: string): { username?: string; password?: Buffer } {
  const url = new URL(text);
  return {
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: Buffer.from(decodeURIComponent(url.password)) }),
  };
}

/**
 * Ends the connection of another client: MQTT has no packet for that, but a broker closes the former connection of a
 * client id when another one has it (MQTT 5 section 3.1.4-3). The session, with what waits in it, ends with ours.
 */
export async function endConnection(access: BrokerAccess, clientId: string): Promise<void> {
  const socket = dial(access);
  await new Promise<void>((resolve, reject) => {
    const parser = makeParser({ protocolVersion: 5 });
    const fail = (reason: string) => socket.destroy(new Error(reason));
    parser.on('packet', (packet: Packet) => {
      if (packet.cmd !== 'connack') return;
      if (packet.reasonCode !== 0) return void fail(`the broker refused (reason code ${packet.reasonCode})`);
      socket.end(generate({ cmd: 'disconnect', reasonCode: 0 }, { protocolVersion: 5 }));
      resolve();
    });
    parser.on('error', (error: Error) => socket.destroy(error));
    socket.setTimeout(TIMEOUT_MS, () => fail('the broker does not answer'));
    socket.on('data', (chunk: Buffer) => parser.parse(chunk));
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('the broker closed the connection')));
    socket.once(access.url.startsWith('mqtt:') ? 'connect' : 'secureConnect', () =>
      socket.write(
        generate(
          {
            cmd: 'connect',
            protocolId: 'MQTT',
            protocolVersion: 5,
            clean: true,
            clientId,
            keepalive: 10,
            properties: { sessionExpiryInterval: 0 },
            ...credentials(access.url),
          },
          { protocolVersion: 5 },
        ),
      ),
    );
  });
}
