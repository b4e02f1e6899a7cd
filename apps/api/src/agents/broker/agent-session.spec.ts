import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { topics } from '@loopstart/contracts';
import { generate, type Packet, parser as makeParser } from 'mqtt-packet';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AgentSession, type CloseReason, type LastWill } from './agent-session.ts';

const AGENT = '0d9c5e0a-4f0e-4b7e-8a39-6a1f0c2d7e55';

/** A socket whose other end is the test. */
class Wire extends Duplex {
  readonly received: Packet[] = [];
  readonly #parser = makeParser();

  constructor(version: 4 | 5) {
    super();
    Object.assign(this.#parser, { settings: { protocolVersion: version } });
    this.#parser.on('packet', (packet: Packet) => this.received.push(packet));
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
  const published: { payload: string; settle: () => void }[] = [];
  const closed: { will: LastWill | null; reason: CloseReason | null }[] = [];
  const session = new AgentSession(wire as unknown as TLSSocket, AGENT, refusal, {
    holdOff: () => null,
    onConnected: () => undefined,
    onSubscribed: () => undefined,
    onUp: (payload, settle) => published.push({ payload: payload.toString(), settle }),
    onPresence: () => undefined,
    onClosed: (will, reason) => closed.push({ will, reason }),
  });
  const send = async (...packets: Packet[]) => {
    for (const packet of packets) wire.push(generate(packet, { protocolVersion: version }));
    await turn();
  };
  return { wire, session, published, closed, send };
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
const pubacks = (wire: Wire) => wire.received.filter(({ cmd }) => cmd === 'puback').map(({ messageId }) => messageId);

describe('a session', () => {
  test('acknowledges messages when they are committed, and in order', async () => {
    const { wire, published, send } = open();
    await send(connect(), publish('a', 1), publish('b', 2), publish('c', 3));
    expect(published.map(({ payload }) => payload)).toEqual(['a', 'b', 'c']);
    published[1]!.settle();
    await turn();
    expect(pubacks(wire)).toEqual([]);
    published[0]!.settle();
    await turn();
    expect(pubacks(wire)).toEqual([1, 2]);
  });

  test('reads no further from an agent that has too much uncommitted, and continues when some of it is committed', async () => {
    const { published, send } = open();
    await send(connect());
    for (let id = 1; id <= 1_000; id += 1) await send(publish(`${id}`, id));
    expect(published).toHaveLength(401);
    for (const { settle } of published.slice(0, 201)) settle();
    await turn();
    expect(published.length).toBeGreaterThan(401);
    for (let settled = 201; settled < 1_000; settled += 1) {
      published[settled]!.settle();
      if (settled % 50 === 0) await turn();
    }
    expect(published.map(({ payload }) => Number(payload))).toEqual(
      Array.from({ length: 1_000 }, (_, index) => index + 1),
    );
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
    const { closed, published, send } = open();
    await send(...(packets as readonly Packet[]));
    await turn();
    expect(closed).toEqual([{ will: null, reason }]);
    expect(published).toEqual([]);
  });

  test.for([4, 5] as const)('of MQTT %i that is refused by its certificate gets the reason', async (version) => {
    const { wire, closed, send } = open(version, 'The agent was revoked.');
    await send(connect(version));
    await turn();
    expect(wire.received[0]).toMatchObject(
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
    const { wire, closed, send } = open();
    await send(connect(5, { will }));
    if (goodbye !== null) await send(goodbye);
    wire.destroy();
    await turn();
    expect(closed).toEqual([{ will: willed ? { payload: Buffer.from('{}'), delayMs: 0 } : null, reason: null }]);
  });

  test('a packet that declares too large a length ends it before it is complete', async () => {
    const { wire, closed, send } = open();
    await send(connect());
    wire.push(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f, 0, 1]));
    await turn();
    await turn();
    expect(closed).toEqual([{ will: null, reason: 'tooLarge' }]);
  });
});

describe('a peer before its CONNECT', () => {
  const connectHeader = (length: number) =>
    Buffer.from([0x10, 0x80 | (length & 0x7f), 0x80 | ((length >> 7) & 0x7f), length >> 14]);

  test('is ended when its CONNECT declares a greater length than any agent’s', async () => {
    const { wire, closed } = open();
    wire.push(connectHeader(200_000));
    await turn();
    await turn();
    expect(closed).toEqual([{ will: null, reason: 'tooLarge' }]);
  });

  test('is ended when it has sent more than a CONNECT needs', async () => {
    const { wire, closed } = open();
    wire.push(connectHeader(16_000));
    for (let part = 0; part < 15; part += 1) wire.push(Buffer.alloc(1_000));
    await turn();
    expect(closed).toEqual([]);
    // The bytes do not match the declared packet.
    for (let part = 0; part < 3; part += 1) wire.push(Buffer.alloc(1_000));
    await turn();
    await turn();
    expect(closed).toMatchObject([{ will: null }]);
  });

  test('is read from while the intake is paused, and paused when it is admitted', async () => {
    const { wire, published, session, send } = open();
    session.hold(true);
    await send(connect());
    expect(wire.received[0]).toMatchObject({ cmd: 'connack', reasonCode: 0 });
    await send(publish('a', 1));
    expect(published).toEqual([]);
    session.hold(false);
    await turn();
    expect(published).toHaveLength(1);
  });
});

describe('a session whose agent is silent', () => {
  afterEach(() => void vi.useRealTimers());
  const still = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const heartbeat = connect(5, { keepalive: 10, will: { ...will, properties: { willDelayInterval: 18 } } });
  const lost = [{ will: { payload: Buffer.from('{}'), delayMs: 18_000 }, reason: 'keepAlive' }];

  test('is ended after one and a half times its keep-alive, and leaves its will', async () => {
    still();
    const { closed, send } = open();
    await send(heartbeat);
    vi.advanceTimersByTime(14_900);
    await turn();
    expect(closed).toEqual([]);
    vi.advanceTimersByTime(200);
    await turn();
    expect(closed).toEqual(lost);
  });

  test('that breaks before that publishes its will no sooner', async () => {
    still();
    const { wire, closed, send } = open();
    await send(heartbeat);
    vi.advanceTimersByTime(9_000);
    await send({ cmd: 'pingreq' });
    vi.advanceTimersByTime(4_000);
    wire.destroy();
    await turn();
    expect(closed).toEqual([{ will: { payload: Buffer.from('{}'), delayMs: 11_000 + 18_000 }, reason: null }]);
  });

  test('is ended in time although messages are sent to it', async () => {
    still();
    const { closed, session, send } = open();
    await send(heartbeat);
    for (let second = 0; second < 14; second += 1) {
      vi.advanceTimersByTime(1_000);
      session.send(Buffer.from('news'));
    }
    expect(closed).toEqual([]);
    vi.advanceTimersByTime(1_100);
    await turn();
    expect(closed).toEqual(lost);
  });

  test('lives while it sends something, and while it is not read', async () => {
    still();
    const { closed, session, send } = open();
    await send(heartbeat);
    for (let ping = 0; ping < 5; ping += 1) {
      vi.advanceTimersByTime(10_000);
      await send({ cmd: 'pingreq' });
    }
    session.hold(true);
    vi.advanceTimersByTime(60_000);
    session.hold(false);
    vi.advanceTimersByTime(14_000);
    await turn();
    expect(closed).toEqual([]);
  });
});
