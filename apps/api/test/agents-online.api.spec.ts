import { randomUUID } from 'node:crypto';
import { connect as connectTls } from 'node:tls';
import { endpoints, topics } from '@loopstart/contracts';
import { connectAsync } from 'mqtt';
import { generate } from 'mqtt-packet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority, loadAuthority, makeIdentity } from '../src/agents/pki/certificates.ts';
import { Secrets } from '../src/core/secret/secrets.ts';
import { Metrics } from '../src/core/observe/metrics.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { inventoryOf, reportOf, rowsOf, TestStream } from './ingest.ts';
import { brokerUrl, enrolAgent, eventually, type Identity, MqttAgent } from './mqtt-agent.ts';
import { makeCsr } from './pki.ts';

let api: TestApp;
let oak: TestOperator;
let url: string;
const open: MqttAgent[] = [];

beforeAll(async () => {
  api = await startApp();
  oak = await api.operator('Oak');
  url = brokerUrl(api);
});
afterAll(async () => {
  await Promise.all(open.map((agent) => agent.end()));
  await api.close();
});

const connect = async (identity: Identity, options = {}) => {
  const agent = await MqttAgent.connect(url, identity, options);
  open.push(agent);
  return agent;
};
const counted = async (name: string, labels: Record<string, string>) => {
  const metric = await api.app.get(Metrics).registry.getSingleMetric(`loopstart_${name}`)?.get();
  const same = (value: { labels: object }) =>
    Object.entries(labels).every(([key, text]) => (value.labels as Record<string, unknown>)[key] === text);
  return metric?.values.find(same)?.value ?? 0;
};

async function stoppedAt({ agentId }: { agentId: string }): Promise<Date | null> {
  const [row] = await rowsOf<{ stopped_at: Date | null }>(
    api.database.ownerUrl,
    'select stopped_at from agent where id = $1',
    [agentId],
  );
  return row!.stopped_at;
}

describe.for([4, 5] as const)('an agent that speaks MQTT %i', (protocolVersion) => {
  test('has its gateway in the console after the acknowledgement, and is online', async () => {
    const identity = await enrolAgent(api, oak);
    const agent = await connect(identity, { protocolVersion });
    await agent.setPresence(true, Date.now());
    const stream = new TestStream();
    const gatewayId = randomUUID();
    await agent.say(stream.say('inventory', inventoryOf(gatewayId, [1, 2])));
    await agent.say(
      stream.say('reports', {
        reports: [reportOf(gatewayId, Date.now(), { full: true, state: { hook: [0, 0], fault: [0, 1] } })],
      }),
    );
    await agent.receives('ack', ({ position }) => position[1] === 2);
    const gateway = await oak.viewer(endpoints.getGateway, { params: { gatewayId } });
    expect(gateway).toMatchObject({ vendor: 'Acme', portList: [{ fault: 'none' }, { fault: 'no-line-device' }] });
    const shown = () => oak.viewer(endpoints.getAgent, { params: { agentId: identity.agentId } });
    expect((await eventually(shown, ({ state }) => state === 'online')).gatewayCount).toBe(1);
  });

  test('that dies without a goodbye is silent by its last will', async () => {
    const identity = await enrolAgent(api, oak);
    const payload = Buffer.from(JSON.stringify({ v: 1, online: false, at: Date.now(), epoch: 1 }));
    const will = { topic: topics.presence(identity.agentId), payload, qos: 1 as const, retain: true };
    const agent = await connect(identity, { protocolVersion, will });
    await agent.setPresence(true, Date.now());
    const shown = () => oak.viewer(endpoints.getAgent, { params: { agentId: identity.agentId } });
    await eventually(shown, ({ state }) => state === 'online');
    agent.client.stream.destroy();
    await eventually(shown, ({ state }) => state === 'silent');
    expect(await stoppedAt(identity)).toBeNull();
  });

  test('that is stopped in good order is known to be, until it is back', async () => {
    const identity = await enrolAgent(api, oak);
    const agent = await connect(identity, { protocolVersion });
    const shown = () => oak.viewer(endpoints.getAgent, { params: { agentId: identity.agentId } });
    await agent.setPresence(true, Date.now());
    await eventually(shown, ({ state }) => state === 'online');
    // Its clock was set back meanwhile.
    await agent.setPresence(false, Date.now() - 5_000, { reason: 'stopping' });
    await eventually(shown, ({ state }) => state === 'silent');
    expect(await stoppedAt(identity)).toBeInstanceOf(Date);
    await agent.setPresence(true, Date.now());
    await eventually(shown, ({ state }) => state === 'online');
    expect(await stoppedAt(identity)).toBeNull();
  });
});

describe('what is desired', () => {
  test('config comes at connection and at each change, with its secrets, until it is reported', async () => {
    const identity = await enrolAgent(api, oak);
    const agent = await connect(identity);
    expect((await agent.receives('config')).config).toMatchObject({ revision: 0, targets: [] });
    const access = { version: 'v2c' as const, community: 'sesame' };
    await oak.technician(endpoints.putAgentTargets, {
      params: { agentId: identity.agentId },
      body: { targets: [{ id: 't1', address: '192.0.2.7', port: 161, pollIntervalMs: null, access }], trapPort: 1162 },
    });
    const { config } = await agent.receives('config', ({ config }) => config.revision === 1);
    expect(config).toMatchObject({ trapPort: 1162, targets: [{ id: 't1', address: '192.0.2.7', access }] });
  });

  test('an action reaches the agent at once, and what the agent says moves it', async () => {
    const identity = await enrolAgent(api, oak);
    const agent = await connect(identity);
    await agent.setPresence(true, Date.now());
    const stream = new TestStream();
    const gatewayId = randomUUID();
    await agent.say(stream.say('inventory', inventoryOf(gatewayId, [1, 2])));
    await agent.receives('ack', ({ position }) => position[1] === 1);
    const shown = () => oak.viewer(endpoints.getAgent, { params: { agentId: identity.agentId } });
    await eventually(shown, ({ state }) => state === 'online');
    const { id } = await oak.technician(endpoints.createAction, {
      params: { gatewayId },
      body: { type: 'poll-now', position: null, lifeSafetyConfirmed: false, idempotencyKey: randomUUID() },
    });
    const asked = await agent.receives('action', ({ actionId }) => actionId === id);
    expect(asked).toMatchObject({ type: 'poll-now', gatewayId, position: null, lifeSafetyConfirmed: false });
    expect(asked.expiresAt).toBeGreaterThan(Date.now());
    const action = () => oak.viewer(endpoints.getAction, { params: { actionId: id } });
    expect((await eventually(action, ({ state }) => state !== 'queued')).state).toBe('sent');
    await agent.say(
      stream.say('action', { actionId: id, at: Date.now(), state: 'succeeded', reason: null, result: { Ports: 2 } }),
    );
    expect(await eventually(action, ({ state }) => state !== 'sent')).toMatchObject({
      state: 'succeeded',
      result: { Ports: 2 },
    });
  });

  test('an action asked while the agent was away is sent when it comes back', async () => {
    const identity = await enrolAgent(api, oak);
    const first = await connect(identity);
    await first.setPresence(true, Date.now());
    const gatewayId = randomUUID();
    await first.say(new TestStream().say('inventory', inventoryOf(gatewayId, [1])));
    await first.receives('ack');
    const shown = () => oak.viewer(endpoints.getAgent, { params: { agentId: identity.agentId } });
    await eventually(shown, ({ state }) => state === 'online');
    await first.end();
    const { id } = await oak.technician(endpoints.createAction, {
      params: { gatewayId },
      body: { type: 'poll-now', position: null, lifeSafetyConfirmed: false, idempotencyKey: randomUUID() },
    });
    const second = await connect(identity);
    expect((await second.receives('action')).actionId).toBe(id);
  });

  test('a certificate is renewed over the connection', async () => {
    const identity = await enrolAgent(api, oak);
    const agent = await connect(identity);
    const { csrPem, keyPem } = await makeCsr();
    await agent.say(new TestStream().say('renew', { csrPem }));
    const { certificatePem } = await agent.receives('certificate');
    await connect({ ...identity, keyPem, certificatePem });
    await agent.closed;
  });
});

describe('several API processes on one database', () => {
  let other: TestApp;
  beforeAll(async () => {
    other = await startApp({ database: api.database });
  });
  afterAll(() => other.close());

  test('an action asked at one reaches the agent at the other, and so does a revocation', async () => {
    const identity = await enrolAgent(api, oak);
    const agent = await MqttAgent.connect(brokerUrl(other), identity);
    open.push(agent);
    await agent.setPresence(true, Date.now());
    const gatewayId = randomUUID();
    await agent.say(new TestStream().say('inventory', inventoryOf(gatewayId, [1])));
    await agent.receives('ack');
    const shown = () => oak.viewer(endpoints.getAgent, { params: { agentId: identity.agentId } });
    await eventually(shown, ({ state }) => state === 'online');
    const { id } = await oak.technician(endpoints.createAction, {
      params: { gatewayId },
      body: { type: 'poll-now', position: null, lifeSafetyConfirmed: false, idempotencyKey: randomUUID() },
    });
    await agent.receives('action', ({ actionId }) => actionId === id);
    await oak.admin(endpoints.revokeAgent, { params: { agentId: identity.agentId } });
    await agent.closed;
  });

  test('an agent that moves from one to the other goes on where it was', async () => {
    const identity = await enrolAgent(api, oak);
    const stream = new TestStream();
    const gatewayId = randomUUID();
    const first = await connect(identity);
    await first.say(stream.say('inventory', inventoryOf(gatewayId, [1])));
    await first.receives('ack', ({ position }) => position[1] === 1);
    const second = await MqttAgent.connect(brokerUrl(other), identity);
    open.push(second);
    for (const message of stream.messages) await second.say(message);
    await second.say(stream.say('unchanged', { at: Date.now(), gatewayIds: [gatewayId] }));
    expect((await second.receives('ack', ({ position }) => position[1] === 2)).rejected).toBeUndefined();
  });
});

describe('a database that goes away', () => {
  test('loses nothing: agents are asked to hold back, and what waits is committed when it is back', async () => {
    const down = await startApp();
    const elm = await down.operator('Elm');
    const identity = await enrolAgent(down, elm);
    const agent = await MqttAgent.connect(brokerUrl(down), identity);
    open.push(agent);
    const stream = new TestStream();
    const gatewayId = randomUUID();
    await agent.say(stream.say('inventory', inventoryOf(gatewayId, [1])));
    await agent.receives('ack');
    await setConnections(down, false);
    const start = Date.now();
    for (let index = 0; index < 20; index += 1)
      await agent.say(
        stream.say('reports', {
          reports: [reportOf(gatewayId, start - index, { measures: { lineVoltageV: [index] } })],
        }),
        0,
      );
    expect((await agent.receives('pause')).forMs).toBeGreaterThan(0);
    await setConnections(down, true);
    await agent.receives('ack', ({ position }) => position[1] === 21);
    const samples = await rowsOf(down.database.ownerUrl, 'select 1 from gateway_sample where gateway_id = $1', [
      gatewayId,
    ]);
    expect(samples).toHaveLength(20);
    await agent.end();
    await down.close();
  });
});

/** Lets the database accept connections, or throws all out and lets nobody in. */
async function setConnections(of: TestApp, allowed: boolean): Promise<void> {
  const { name } = of.database;
  const maintenance = new URL(of.database.ownerUrl);
  maintenance.pathname = '/postgres';
  await rowsOf(maintenance.toString(), `alter database ${name} with allow_connections ${allowed}`);
  if (allowed) return;
  await rowsOf(maintenance.toString(), 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    name,
  ]);
}

describe('who is not let in', () => {
  const refusal = async (identity: Identity, options = {}): Promise<string> => {
    try {
      await connect(identity, options);
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('the connection was accepted');
  };

  test('nobody without a certificate', async () => {
    const identity = await enrolAgent(api, oak);
    const client = connectAsync(
      url,
      { clientId: identity.agentId, ca: identity.caPem, reconnectPeriod: 0, protocolVersion: 5 },
      false,
    );
    await expect(client).rejects.toThrow(/Not authorized/i);
    expect(await counted('broker_refused_total', { reason: 'no-certificate' })).toBeGreaterThan(0);
  });

  test('a certificate by another CA', async () => {
    const identity = await enrolAgent(api, oak);
    const other = await loadAuthority(await makeAuthority(Date.now()));
    const fake = await makeIdentity(other, { kind: 'agent', agentId: identity.agentId }, Date.now());
    expect(await refusal({ ...identity, ...fake })).toMatch(/Not authorized/i);
    expect(await counted('broker_refused_total', { reason: 'untrusted' })).toBeGreaterThan(0);
  });

  test('an expired certificate', async () => {
    const identity = await enrolAgent(api, oak);
    const ca = await authorityOf(api);
    const old = await makeIdentity(ca, { kind: 'agent', agentId: identity.agentId }, Date.now() - 91 * 86_400_000);
    expect(await refusal({ ...identity, ...old })).toMatch(/Not authorized/i);
    expect(await counted('broker_refused_total', { reason: 'expired' })).toBeGreaterThan(0);
  });

  test('a certificate that was signed but never issued', async () => {
    const identity = await enrolAgent(api, oak);
    const forged = await makeIdentity(await authorityOf(api), { kind: 'agent', agentId: identity.agentId }, Date.now());
    expect(await refusal({ ...identity, ...forged })).toMatch(/Not authorized/i);
    expect(await counted('broker_refused_total', { reason: 'unknown-certificate' })).toBeGreaterThan(0);
  });

  test('a server’s certificate as a client’s', async () => {
    const identity = await enrolAgent(api, oak);
    const server = await makeIdentity(await authorityOf(api), { kind: 'server', names: ['localhost'] }, Date.now());
    expect(await refusal({ ...identity, ...server })).toMatch(/Not authorized/i);
  });

  test('an agent under another’s name', async () => {
    const [one, two] = await Promise.all([enrolAgent(api, oak), enrolAgent(api, oak)]);
    expect(await refusal(one, { clientId: two.agentId })).toMatch(/Identifier not valid|Client Identifier/i);
  });

  test('a last will that speaks for another', async () => {
    const [one, two] = await Promise.all([enrolAgent(api, oak), enrolAgent(api, oak)]);
    const will = { topic: topics.presence(two.agentId), payload: Buffer.from('{}'), qos: 1, retain: true };
    expect(await refusal(one, { will })).toMatch(/Not authorized/i);
  });

  test('a revoked agent: its connection ends at once, and it cannot come back', async () => {
    const identity = await enrolAgent(api, oak);
    const agent = await connect(identity);
    await oak.admin(endpoints.revokeAgent, { params: { agentId: identity.agentId } });
    await agent.closed;
    expect(await refusal(identity)).toMatch(/Not authorized/i);
    expect(await counted('broker_refused_total', { reason: 'revoked' })).toBeGreaterThan(0);
    const list = await (await fetch(`${api.url}/api/v1/pki/crl.pem`)).text();
    expect(list).toContain('BEGIN X509 CRL');
  });
});

describe('what a connected agent may do', () => {
  test.for([
    ['publishing as another', (other: string) => topics.up(other)],
    ['publishing to its own down topic', (_: string, own: string) => topics.down(own)],
    ['publishing elsewhere', () => 'loopstart/v1/agents'],
  ] as const)('%s ends its connection', async ([, topic]) => {
    const [one, two] = await Promise.all([enrolAgent(api, oak), enrolAgent(api, oak)]);
    const agent = await connect(one);
    void agent.client.publishAsync(topic(two.agentId, one.agentId), '{}', { qos: 1 }).catch(() => undefined);
    await agent.closed;
    await eventually(
      () => counted('broker_ended_total', { reason: 'topicRefused' }),
      (count) => count > 0,
    );
  });

  test.for([topics.allUp, '#', '$share/loopstart-api/#'])('subscribing to %s is refused', async (filter) => {
    const agent = await connect(await enrolAgent(api, oak));
    await expect(agent.client.subscribeAsync(filter, { qos: 1 })).rejects.toThrow();
    expect(agent.client.connected).toBe(true);
  });

  test('what is larger than a message may be is not even collected', async () => {
    const identity = await enrolAgent(api, oak);
    const other = await connect(await enrolAgent(api, oak));
    const { port } = new URL(url);
    const socket = connectTls({
      host: '127.0.0.1',
      port: Number(port),
      key: identity.keyPem,
      cert: identity.certificatePem,
      ca: identity.caPem,
      servername: '',
    });
    socket.on('error', () => undefined);
    socket.resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      generate({
        cmd: 'connect',
        clientId: identity.agentId,
        protocolId: 'MQTT',
        protocolVersion: 4,
        keepalive: 30,
        clean: true,
      }),
    );
    // The fixed header of a PUBLISH that says 200 MiB will follow, and the first of it.
    socket.write(Buffer.concat([Buffer.from([0x32, 0x80, 0x80, 0x80, 0x64]), Buffer.alloc(1000)]));
    await closed;
    await eventually(
      () => counted('broker_ended_total', { reason: 'tooLarge' }),
      (count) => count > 0,
    );
    expect(other.client.connected).toBe(true);
  });

  test('noise in place of MQTT ends that connection alone', async () => {
    const identity = await enrolAgent(api, oak);
    const other = await connect(await enrolAgent(api, oak));
    const socket = connectTls({
      host: '127.0.0.1',
      port: Number(new URL(url).port),
      key: identity.keyPem,
      cert: identity.certificatePem,
      ca: identity.caPem,
      servername: '',
    });
    socket.on('error', () => undefined);
    socket.resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(40)));
    await closed;
    expect(other.client.connected).toBe(true);
  });

  test('a second connection takes over from the first', async () => {
    const identity = await enrolAgent(api, oak);
    const first = await connect(identity);
    const second = await connect(identity);
    await first.closed;
    await second.say(new TestStream().say('inventory', inventoryOf(randomUUID(), [1])));
    expect((await second.receives('ack')).position).toEqual([1, 1]);
  });

  test('an unreadable message is quarantined with a reason, and later ones count', async () => {
    const identity = await enrolAgent(api, oak);
    const agent = await connect(identity);
    const stream = new TestStream();
    const gatewayId = randomUUID();
    await agent.say(Buffer.from('{"v":1,'));
    await agent.say({ ...stream.say('inventory', inventoryOf(gatewayId, [1])), v: 2 });
    await agent.say(stream.say('inventory', inventoryOf(gatewayId, [1], 2)));
    const ack = await agent.receives('ack', ({ position }) => position[1] === 2);
    const rejected = agent.received.flatMap((message) => (message.kind === 'ack' ? (message.rejected ?? []) : []));
    expect(rejected).toMatchObject([{ position: [1, 1], code: 'wrong-version' }]);
    expect(ack.position).toEqual([1, 2]);
    expect(
      await rowsOf(
        api.database.ownerUrl,
        'select code, epoch, seq from rejected_message where agent_id = $1 order by id',
        [identity.agentId],
      ),
    ).toEqual([
      { code: 'not-json', epoch: null, seq: null },
      { code: 'wrong-version', epoch: '1', seq: '1' },
    ]);
    expect(await counted('ingest_rejected_total', { reason: 'not-json' })).toBeGreaterThan(0);
    expect((await oak.viewer(endpoints.getGateway, { params: { gatewayId } })).portList).toHaveLength(1);
  });

  test('a gateway that is not known is asked for', async () => {
    const agent = await connect(await enrolAgent(api, oak));
    const gatewayId = randomUUID();
    await agent.say(new TestStream().say('unchanged', { at: Date.now(), gatewayIds: [gatewayId] }));
    expect(await agent.receives('ack')).toMatchObject({
      rejected: [{ position: [1, 1], code: 'unknown-gateway' }],
      inventoryOf: [gatewayId],
    });
  });
});

/** The installation's own CA with its key, which only a thief of the key would have. */
async function authorityOf(of: TestApp) {
  const [stored] = await rowsOf<{ id: string; certificatePem: string; key: Buffer }>(
    of.database.ownerUrl,
    `select id, certificate_pem as "certificatePem", key from certificate_authority where state = 'current'`,
  );
  const { id, certificatePem, key } = stored!;
  const place = { field: 'certificate_authority.key', operatorId: null, row: { id } } as const;
  return loadAuthority({ keyPem: await of.app.get(Secrets).open(place, key), certificatePem });
}
