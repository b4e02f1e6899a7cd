import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { topics } from '@loopstart/contracts';
import { generate, type Packet, parser as makeParser } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, loadAuthority, makeAuthority, makeIdentity } from '../pki/certificates.ts';
import { type ConnectionLimits, connectionLimits } from './connection-limits.ts';
import { EmbeddedBroker } from './embedded-broker.ts';

const DEADLINE_MS = 700;
const AGENT = '0d9c5e0a-4f0e-4b7e-8a39-6a1f0c2d7e55';

let authority: Authority;
let server: { keyPem: string; certificatePem: string; notAfter: Date };
let agent: { keyPem: string; certificatePem: string };
beforeAll(async () => {
  authority = await loadAuthority(await makeAuthority(Date.now()));
  server = await makeIdentity(authority, { kind: 'server', names: ['127.0.0.1'] }, Date.now());
  agent = await makeIdentity(authority, { kind: 'agent', agentId: AGENT }, Date.now());
});

const brokers: EmbeddedBroker[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => Promise.all(brokers.map((broker) => broker.stop())));

/** A broker whose one agent has `agent`'s certificate; with `anyAgent` every agent id is admitted with it. */
async function start(limits: Partial<ConnectionLimits> = {}) {
  const refused = new Map<string, number>();
  const broker = new EmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    caPem: authority.certificatePem,
    now: Date.now,
    identity: () => Promise.resolve(server),
    onAuthorities: () => undefined,
    lookUp: () => Promise.resolve({ agentId: AGENT, revoked: false, superseded: false }),
    limits: { ...connectionLimits(20_000), admissionMs: DEADLINE_MS, ...limits },
    onRefused: (reason) => refused.set(reason, (refused.get(reason) ?? 0) + 1),
    onEnded: () => undefined,
  });
  brokers.push(broker);
  await broker.start();
  return { broker, refused, port: broker.port! };
}

/** A TCP connection; `closedMs` resolves with how long it lived. */
async function tcp(port: number, localAddress = '127.0.0.1') {
  const socket = connectTcp({ port, host: '127.0.0.1', localAddress });
  return follow(socket, 'connect');
}

async function tls(port: number, identity: { keyPem?: string; certificatePem?: string } = {}) {
  const { keyPem, certificatePem } = identity;
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    ca: authority.certificatePem,
    key: keyPem,
    cert: certificatePem,
  });
  return follow(socket, 'secureConnect');
}

async function follow<T extends Socket | TLSSocket>(socket: T, ready: string) {
  sockets.push(socket);
  socket.on('error', () => undefined);
  socket.resume();
  const since = performance.now();
  const closedMs = new Promise<number>((resolve) => socket.once('close', () => resolve(performance.now() - since)));
  await Promise.race([new Promise((resolve) => socket.once(ready, resolve)), closedMs]);
  return { socket, closedMs };
}

const connectPacket = (epoch: number | null = null) =>
  generate(
    {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clientId: AGENT,
      clean: true,
      keepalive: 5,
      ...(epoch === null
        ? {}
        : {
            will: {
              topic: topics.presence(AGENT),
              payload: Buffer.from(JSON.stringify({ v: 1, online: false, at: 0, epoch })),
              qos: 1 as const,
              retain: true,
            },
          }),
    },
    { protocolVersion: 5 },
  );

/** An agent's connection as far as its CONNACK: `code` null where it was closed without one. */
async function introduce(port: number, epoch: number | null = null) {
  const { socket, closedMs } = await tls(port, agent);
  const parser = makeParser({ protocolVersion: 5 });
  const connack = new Promise<Extract<Packet, { cmd: 'connack' }> | null>((resolve) => {
    parser.on('packet', (packet: Packet) => packet.cmd === 'connack' && resolve(packet));
    void closedMs.then(() => resolve(null));
  });
  socket.on('data', (chunk: Buffer) => parser.parse(chunk));
  socket.write(connectPacket(epoch));
  const answer = await connack;
  return { socket, code: answer?.reasonCode ?? null, reason: answer?.properties?.reasonString ?? null };
}

describe('peers without a certificate', () => {
  test('that never begin TLS are ended at the deadline', async () => {
    const { port, refused } = await start();
    const peers = await Promise.all(Array.from({ length: 20 }, () => tcp(port)));
    const lives = await Promise.all(peers.map(({ closedMs }) => closedMs));
    expect(Math.max(...lives)).toBeLessThan(DEADLINE_MS + 3_000);
    expect(refused.get('slow')).toBe(20);
  });

  test('that send something else than TLS are ended at once', async () => {
    const { port, refused } = await start({ admissionMs: 60_000 });
    const { socket, closedMs } = await tcp(port);
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await closedMs;
    expect(refused.get('handshake')).toBe(1);
  });

  test('that send one byte now and then are also ended', async () => {
    const { port, refused } = await start();
    const peers = await Promise.all(Array.from({ length: 20 }, () => tls(port)));
    const bytes = connectPacket();
    let at = 0;
    const drip = setInterval(() => {
      for (const { socket } of peers) if (socket.writable) socket.write(bytes.subarray(at, at + 1));
      at = Math.min(at + 1, bytes.length - 2);
    }, 50);
    await Promise.all(peers.map(({ closedMs }) => closedMs));
    clearInterval(drip);
    expect(refused.get('slow')).toBe(20);
  });

  test('that declare a huge CONNECT are ended before they have sent it', async () => {
    const { port, refused } = await start({ admissionMs: 60_000 });
    const { socket, closedMs } = await tls(port);
    // A CONNECT of 240,000 bytes, of which a part comes.
    socket.write(Buffer.concat([Buffer.from([0x10, 0x80, 0xd3, 0x0e]), Buffer.alloc(20_000)]));
    await closedMs;
    expect(refused.get('no-certificate')).toBe(1);
  });

  test('300 slow ones of one address do not keep an agent out, and are all gone after the deadline', async () => {
    const { port, broker, refused } = await start({ unadmitted: 120, admissionMs: 4_000 });
    const peers = await Promise.all(Array.from({ length: 300 }, () => tcp(port, '127.0.0.9')));
    expect((await introduce(port, 1)).code).toBe(0);
    // One more was ended to make room for the agent.
    expect(refused.get('busy')).toBe(181);
    await Promise.all(peers.map(({ closedMs }) => closedMs));
    expect(broker.connected()).toEqual([AGENT]);
  });
});

describe('agents behind one address', () => {
  test('wait for their turn instead of being refused', async () => {
    const { port, refused } = await start({ servedPerAddress: 4, admissionMs: 30_000 });
    const answers = await Promise.all(Array.from({ length: 150 }, () => introduce(port)));
    // They share one identity here; that they take over from each other does not matter.
    expect(answers.filter(({ code }) => code === 0 || code === 0x89)).toHaveLength(150);
    expect(refused.size).toBe(0);
  });

  test('give their turn to the next as soon as the certificate is verified, also when they send no more', async () => {
    const { port } = await start({ servedPerAddress: 2, admissionMs: 30_000 });
    await Promise.all(Array.from({ length: 10 }, () => tls(port, agent)));
    expect((await introduce(port)).code).toBe(0);
  });
});

describe('a copied identity', () => {
  test('does not take over while the first machine is connected, and gets the reason', async () => {
    const { port, broker } = await start();
    const first = await introduce(port, 1_700_000_000);
    const copy = await introduce(port, 1_700_000_500);
    expect([first.code, copy.code]).toEqual([0, 0x89]);
    expect(copy.reason).toMatch(/earlier connection of this agent is still open/);
    expect(first.socket.destroyed).toBe(false);
    expect(broker.connected()).toEqual([AGENT]);
    first.socket.destroy();
    await once(first.socket, 'close');
    while (broker.connected().length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await introduce(port, 1_700_000_500)).code).toBe(0);
  });

  test('the same process takes over from its own dead connection', async () => {
    const { port } = await start();
    const first = await introduce(port, 7);
    const again = await introduce(port, 7);
    expect([first.code, again.code]).toEqual([0, 0]);
    await once(first.socket, 'close');
  });
});
