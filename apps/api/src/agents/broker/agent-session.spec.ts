import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { topics } from '@loopstart/contracts';
import { generate, type Packet, parser as makeParser } from 'mqtt-packet';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AgentSession, type CloseReason, type LastWill } from './agent-session.ts';

const AGENT = '0d9c5e0a-4f0e-4b7e-8a39-6a1f0c2d7e55';

/** A socket whose other end is the test. */
class Wire extends Duplex {
  readonly said: Packet[] = [];
  readonly #parser = makeParser();

  constructor(version: 4 | 5) {
    super();
    Object.assign(this.#parser, { settings: { protocolVersion: version } });
    this.#parser.on('packet', (packet: Packet) => this.said.push(packet));
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#parser.parse(chunk);
    done();
  }

  setNoDelay(): void {}

  destroySoon(): void {
    this.end();
    setImmediate(() => this.destroy());
  }
}

function open(version: 4 | 5 = 5, refusal: string | null = null) {
  const wire = new Wire(version);
  const heard: { payload: string; settle: () => void }[] = [];
  const closed: { will: LastWill | null; reason: CloseReason | null }[] = [];
  const session = new AgentSession(wire as unknown as TLSSocket, AGENT, refusal, {
    holdOff: () => null,
    onConnected: () => undefined,
    onSubscribed: () => undefined,
    onUp: (payload, settle) => heard.push({ payload: payload.toString(), settle }),
    onPresence: () => undefined,
    onClosed: (will, reason) => closed.push({ will, reason }),
  });
  const say = async (...packets: Packet[]) => {
    for (const packet of packets) wire.push(generate(packet, { protocolVersion: version }));
    await turn();
  };
  return { wire, session, heard, closed, say };
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const will = { topic: topics.presence(AGENT), payload: Buffer.from('{}'), qos: 1 as const, retain: true };
const connect = (version: 4 | 5 = 5, rest = {}): Packet => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: version,
  clientId: AGENT,
  clean: true,
  keepalive: 30,
  ...rest,
});
const publish = (payload: string, messageId: number, topic = topics.up(AGENT)): Packet => ({
  cmd: 'publish',
  topic,
  payload,
  qos: 1,
  dup: false,
  retain: false,
  messageId,
});
const pubacks = (wire: Wire) => wire.said.filter(({ cmd }) => cmd === 'puback').map(({ messageId }) => messageId);

describe('a session', () => {
  test('acknowledges a message when it is committed, and in order', async () => {
    const { wire, heard, say } = open();
    await say(connect(), publish('a', 1), publish('b', 2), publish('c', 3));
    expect(heard.map(({ payload }) => payload)).toEqual(['a', 'b', 'c']);
    heard[1]!.settle();
    await turn();
    expect(pubacks(wire)).toEqual([]);
    heard[0]!.settle();
    await turn();
    expect(pubacks(wire)).toEqual([1, 2]);
  });

  test('reads no further from an agent that has too much uncommitted, and goes on when some of it is', async () => {
    const { heard, say } = open();
    await say(connect());
    for (let id = 1; id <= 1_000; id += 1) await say(publish(`${id}`, id));
    expect(heard).toHaveLength(401);
    for (const { settle } of heard.slice(0, 201)) settle();
    await turn();
    expect(heard.length).toBeGreaterThan(401);
    for (let settled = 201; settled < 1_000; settled += 1) {
      heard[settled]!.settle();
      if (settled % 50 === 0) await turn();
    }
    expect(heard.map(({ payload }) => Number(payload))).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  });

  test.for([
    ['without CONNECT', [publish('a', 1)], 'malformed'],
    ['with two', [connect(), connect()], 'malformed'],
    ['with QoS 2', [connect(), { ...publish('a', 1), qos: 2 }], 'qosRefused'],
    ['on another topic', [connect(), publish('a', 1, 'somewhere')], 'topicRefused'],
    ['under another client id', [connect(5, { clientId: 'me' })], 'wrongClientId'],
    ['with another’s last will', [connect(5, { will: { ...will, topic: 'x' } })], 'notAuthorized'],
    ['with MQTT 3.1', [connect(4, { protocolVersion: 3, protocolId: 'MQIsdp' })], 'wrongVersion'],
  ] as const)('%s is ended', async ([, packets, reason]) => {
    const { closed, heard, say } = open();
    await say(...(packets as readonly Packet[]));
    await turn();
    expect(closed).toEqual([{ will: null, reason }]);
    expect(heard).toEqual([]);
  });

  test.for([4, 5] as const)('of MQTT %i that is refused by its certificate is told so', async (version) => {
    const { wire, closed, say } = open(version, 'The agent was revoked.');
    await say(connect(version));
    await turn();
    expect(wire.said[0]).toMatchObject(
      version === 4
        ? { cmd: 'connack', returnCode: 5 }
        : { cmd: 'connack', reasonCode: 0x87, properties: { reasonString: 'The agent was revoked.' } },
    );
    expect(closed).toEqual([{ will: null, reason: 'notAuthorized' }]);
  });

  test.for([
    ['a goodbye', { cmd: 'disconnect', reasonCode: 0 }, false],
    ['a goodbye that asks for the will', { cmd: 'disconnect', reasonCode: 4 }, true],
    ['no goodbye', null, true],
  ] as const)('that ends with %s', async ([, goodbye, willed]) => {
    const { wire, closed, say } = open();
    await say(connect(5, { will }));
    if (goodbye !== null) await say(goodbye);
    wire.destroy();
    await turn();
    expect(closed).toEqual([{ will: willed ? { payload: Buffer.from('{}'), delayMs: 0 } : null, reason: null }]);
  });

  test('a packet that says it is too large ends it before it is there', async () => {
    const { wire, closed, say } = open();
    await say(connect());
    wire.push(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f, 0, 1]));
    await turn();
    await turn();
    expect(closed).toEqual([{ will: null, reason: 'tooLarge' }]);
  });
});

describe('a peer that has not introduced itself', () => {
  const connectHeader = (length: number) =>
    Buffer.from([0x10, 0x80 | (length & 0x7f), 0x80 | ((length >> 7) & 0x7f), length >> 14]);

  test('is ended when its CONNECT says that it is larger than any agent’s', async () => {
    const { wire, closed } = open();
    wire.push(connectHeader(200_000));
    await turn();
    await turn();
    expect(closed).toEqual([{ will: null, reason: 'tooLarge' }]);
  });

  test('is ended when it has said more than a CONNECT needs', async () => {
    const { wire, closed } = open();
    wire.push(connectHeader(16_000));
    for (let part = 0; part < 15; part += 1) wire.push(Buffer.alloc(1_000));
    await turn();
    expect(closed).toEqual([]);
    // Whatever it is, it is not what was announced.
    for (let part = 0; part < 3; part += 1) wire.push(Buffer.alloc(1_000));
    await turn();
    await turn();
    expect(closed).toMatchObject([{ will: null }]);
  });

  test('is read from while the intake is held, and held when it is let in', async () => {
    const { wire, heard, session, say } = open();
    session.hold(true);
    await say(connect());
    expect(wire.said[0]).toMatchObject({ cmd: 'connack', reasonCode: 0 });
    await say(publish('a', 1));
    expect(heard).toEqual([]);
    session.hold(false);
    await turn();
    expect(heard).toHaveLength(1);
  });
});

describe('a session whose agent falls silent', () => {
  afterEach(() => void vi.useRealTimers());
  const still = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const heartbeat = connect(5, { keepalive: 10, will: { ...will, properties: { willDelayInterval: 18 } } });
  const lost = [{ will: { payload: Buffer.from('{}'), delayMs: 18_000 }, reason: 'keepAlive' }];

  test('is ended after one and a half times its keep-alive, and leaves its will', async () => {
    still();
    const { closed, say } = open();
    await say(heartbeat);
    vi.advanceTimersByTime(14_900);
    await turn();
    expect(closed).toEqual([]);
    vi.advanceTimersByTime(200);
    await turn();
    expect(closed).toEqual(lost);
  });

  test('and breaks before that leaves its will no sooner', async () => {
    still();
    const { wire, closed, say } = open();
    await say(heartbeat);
    vi.advanceTimersByTime(9_000);
    await say({ cmd: 'pingreq' });
    vi.advanceTimersByTime(4_000);
    wire.destroy();
    await turn();
    expect(closed).toEqual([{ will: { payload: Buffer.from('{}'), delayMs: 11_000 + 18_000 }, reason: null }]);
  });

  test('is ended in time although it is spoken to', async () => {
    still();
    const { closed, session, say } = open();
    await say(heartbeat);
    for (let second = 0; second < 14; second += 1) {
      vi.advanceTimersByTime(1_000);
      session.send(Buffer.from('news'));
    }
    expect(closed).toEqual([]);
    vi.advanceTimersByTime(1_100);
    await turn();
    expect(closed).toEqual(lost);
  });

  test('lives as long as it says something, and while it is not read', async () => {
    still();
    const { closed, session, say } = open();
    await say(heartbeat);
    for (let ping = 0; ping < 5; ping += 1) {
      vi.advanceTimersByTime(10_000);
      await say({ cmd: 'pingreq' });
    }
    session.hold(true);
    vi.advanceTimersByTime(60_000);
    session.hold(false);
    vi.advanceTimersByTime(14_000);
    await turn();
    expect(closed).toEqual([]);
  });
});
