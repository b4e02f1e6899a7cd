import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { topics, type Presence } from '@loopstart/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts';
import { makeTestCa, makeTestIdentity, type TestCa } from '../testing/test-ca.ts';
import { until } from '../testing/until.ts';
import { mqttTransport } from './mqtt-transport.ts';
import type { Connection, ConnectionHandlers } from './transport.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const offline: Presence = { v: 1, online: false, at: 1, epoch: 1 };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function setUp(options: { agentId?: string; signedBy?: TestCa; expired?: boolean } = {}) {
  const ca = await makeTestCa();
  const agentId = options.agentId ?? randomUUID();
  const broker: TestBroker = await startTestBroker(ca);
  closing.push(() => broker.close());
  const life = options.expired === true ? { fromMs: 1_000, untilMs: 2_000 } : undefined;
  const identity = await makeTestIdentity(options.signedBy ?? ca, agentId, life);
  const downs: string[] = [];
  const closes: string[] = [];
  const transport = mqttTransport(() => ({ url: broker.url, agentId, ...identity, caPem: ca.caPem }));
  const open = async (onDown?: (text: string) => Promise<void>): Promise<Connection> => {
    const handlers: ConnectionHandlers = {
      onDown: async (payload) => {
        downs.push(decoder.decode(payload));
        await onDown?.(decoder.decode(payload));
      },
      onClosed: (reason) => closes.push(reason),
    };
    const connection = await transport.connect(offline, handlers, 8_000);
    closing.unshift(() => connection.close('at once'));
    return connection;
  };
  return { agentId, broker, open, downs, closes };
}

describe('MQTT over mutual TLS', () => {
  test('publishes upwards in order, and receives messages from the cloud', async () => {
    const { agentId, broker, open, downs } = await setUp();
    const connection = await open();
    await Promise.all(Array.from({ length: 50 }, (_, i) => connection.publish(encoder.encode(`message ${i}`))));
    const up = broker.published.filter((packet) => packet.topic === topics.up(agentId));
    expect(up.map((packet) => packet.payload)).toEqual(Array.from({ length: 50 }, (_, i) => `message ${i}`));
    await broker.send(topics.down(agentId), { hello: 1 });
    await until(() => downs.length === 1);
    expect(downs).toEqual(['{"hello":1}']);
  });

  test('falls back to MQTT 3.1.1 where the broker refuses 5', async () => {
    const { broker, open } = await setUp();
    const versions: unknown[] = [];
    broker.broker.on('clientReady', (client) => versions.push((client as unknown as { version: number }).version));
    await open();
    expect(versions).toEqual([4]);
  });

  test('presence is retained, and the last will is published when the connection dies', async () => {
    const { agentId, broker, open, closes } = await setUp();
    const connection = await open();
    await connection.setPresence({ ...offline, online: true });
    broker.cut();
    await until(() => broker.published.length === 2 && closes.length === 1);
    expect(broker.published.map(({ topic, payload, retain }) => ({ topic, retain, ...JSON.parse(payload) }))).toEqual([
      { topic: topics.presence(agentId), retain: true, v: 1, online: true, at: 1, epoch: 1 },
      { topic: topics.presence(agentId), retain: true, v: 1, online: false, at: 1, epoch: 1 },
    ]);
  });

  test('an orderly end publishes no last will', async () => {
    const { broker, open, closes } = await setUp();
    const connection = await open();
    await connection.close('politely');
    await until(() => closes.length === 1);
    expect(broker.published).toEqual([]);
  });

  test('messages sent while the agent was away arrive when it is back', async () => {
    const { agentId, broker, open, downs } = await setUp();
    await (await open()).close('politely');
    await broker.send(topics.down(agentId), { while: 'away' });
    await open();
    await until(() => downs.length === 1);
    expect(downs).toEqual(['{"while":"away"}']);
  });

  test('a message whose handling was interrupted arrives again', async () => {
    const { agentId, broker, open, downs } = await setUp();
    const connection = await open(() => new Promise(() => undefined));
    await broker.send(topics.down(agentId), { once: 1 });
    await until(() => downs.length === 1);
    await connection.close('at once');
    await open();
    await until(() => downs.length === 2);
    expect(downs).toEqual(['{"once":1}', '{"once":1}']);
  });

  test('a publish in flight fails when the connection breaks', async () => {
    const { broker, open } = await setUp();
    const connection = await open();
    broker.broker.authorizePublish = () => undefined;
    const publishing = connection.publish(encoder.encode('x'));
    setTimeout(() => broker.cut(), 50);
    await expect(publishing).rejects.toThrow('closed');
  });

  test('a topic of another agent is refused by closing the connection', async () => {
    const { broker, open, closes } = await setUp({ agentId: randomUUID() });
    const connection = await open();
    broker.broker.authorizePublish = (_client, _packet, callback) => callback(new Error('not yours'));
    await connection.publish(encoder.encode('x')).catch(() => undefined);
    await until(() => closes.length === 1);
    expect(closes.length).toBe(1);
  });

  test.for([
    ['of another CA', { other: true }],
    ['that has expired', { expired: true }],
  ] as const)('a certificate %s is refused, with a reason', async ([, kind]) => {
    const signedBy = 'other' in kind ? await makeTestCa() : undefined;
    const { open } = await setUp({ ...(signedBy === undefined ? {} : { signedBy }), expired: 'expired' in kind });
    await expect(open()).rejects.toThrow(/alert|certificate|closed|unknown ca|ECONNRESET/i);
  });

  test('a broker of another CA is refused', async () => {
    const ca = await makeTestCa();
    const broker = await startTestBroker(await makeTestCa());
    closing.push(() => broker.close());
    const agentId = randomUUID();
    const identity = await makeTestIdentity(ca, agentId);
    const transport = mqttTransport(() => ({ url: broker.url, agentId, ...identity }));
    const handlers = { onDown: async () => undefined, onClosed: () => undefined };
    await expect(transport.connect(offline, handlers, 8_000)).rejects.toThrow(/certificate/i);
  });

  test('an absent broker is reported as such', async () => {
    const { broker, open } = await setUp();
    await broker.close();
    closing.length = 0;
    await expect(open()).rejects.toThrow(/ECONNREFUSED/);
  });
});

/** A broker of bytes: answers the CONNECT and the packet after it, and nothing else. */
async function scriptedBroker(answers: readonly ((packet: Buffer) => Buffer)[]) {
  const ca = await makeTestCa();
  const { keyPem, certificatePem } = await ca.server();
  const server = createServer({ key: keyPem, cert: certificatePem }, (socket) => {
    const left = [...answers];
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const answer = left.shift();
      if (answer !== undefined) socket.write(answer(chunk));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  const agentId = randomUUID();
  const identity = await makeTestIdentity(ca, agentId);
  const url = `mqtts://localhost:${(server.address() as AddressInfo).port}`;
  return mqttTransport(() => ({ url, agentId, ...identity, caPem: ca.caPem }));
}

/** CONNACK of MQTT 5 (section 3.2): reason code, and a reason string (property 0x1f) where there is one. */
function connack(code: number, text = ''): Buffer {
  const reason = Buffer.from(text);
  const properties = text === '' ? [0] : [reason.length + 3, 0x1f, 0, reason.length];
  return Buffer.from([0x20, 2 + properties.length + reason.length, 0, code, ...properties, ...reason]);
}

describe('another machine with the same identity', () => {
  test('a connection refused in favour of the first one gets the reason', async () => {
    const transport = await scriptedBroker([() => connack(0x89, 'Another machine uses this identity.')]);
    const handlers = { onDown: async () => undefined, onClosed: () => undefined };
    await expect(transport.connect(offline, handlers, 5_000)).rejects.toMatchObject({
      name: 'ConnectError',
      endCause: 'held-off',
      message: 'the broker refused the connection: Another machine uses this identity.',
    });
  });

  test('a connection that is taken over reports it', async () => {
    const transport = await scriptedBroker([
      () => connack(0),
      // SUBACK for the packet id of the SUBSCRIBE, then DISCONNECT "session taken over".
      (packet) => Buffer.from([0x90, 4, packet[2]!, packet[3]!, 0, 0, 0xe0, 1, 0x8e]),
    ]);
    const closed = Promise.withResolvers<[string, string]>();
    const handlers = {
      onDown: async () => undefined,
      onClosed: (reason: string, cause: string) => closed.resolve([reason, cause]),
    };
    await transport.connect(offline, handlers, 5_000);
    expect(await closed.promise).toEqual([expect.stringMatching(/copy of its state folder/), 'taken-over']);
  });
});
