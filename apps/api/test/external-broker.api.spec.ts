import { randomUUID } from 'node:crypto';
import { endpoints, topics, type UpMessage } from '@loopstart/contracts';
import { comparePositions, type Position } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { inventoryOf, reportOf, rowsOf, TestStream } from './ingest.ts';
import { hasMosquitto, makeMosquitto } from './mosquitto.ts';
import { enrolAgent, eventually, type Identity, MqttAgent } from './mqtt-agent.ts';

const describeWithMosquitto = hasMosquitto ? describe : describe.skip;
if (!hasMosquitto) console.warn('skipped: mosquitto is not installed, so nothing is tried against an external broker');

describeWithMosquitto('through Mosquitto, with two API processes', () => {
  let database: TestDatabase;
  let mosquitto: Awaited<ReturnType<typeof makeMosquitto>>;
  let one: TestApp;
  let two: TestApp;
  let oak: TestOperator;
  const open: MqttAgent[] = [];

  beforeAll(async () => {
    mosquitto = await makeMosquitto();
    database = await createDatabase({ MQTT_URL: mosquitto.apiUrl, MQTT_PUBLIC_URL: mosquitto.agentUrl });
    await mosquitto.prepare(database.config);
    await mosquitto.start();
    one = await startApp({ database });
    two = await startApp({ database });
    oak = await one.operator('Oak');
  });
  afterAll(async () => {
    await Promise.all(open.map((agent) => agent.end()));
    await one.close();
    await two.close();
    await mosquitto.stop();
    await database.drop();
  });

  const connect = async (identity: Identity, options = {}) => {
    const agent = await MqttAgent.connect(mosquitto.agentUrl, identity, options);
    open.push(agent);
    return agent;
  };
  const connectWhenItIsBack = async (identity: Identity): Promise<MqttAgent> => {
    for (;;) {
      try {
        return await connect(identity);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  test('messages count once, and what is desired arrives', async () => {
    const identity = await enrolAgent(one, oak);
    const agent = await connect(identity);
    await agent.setPresence(true, Date.now());
    expect((await agent.receives('config')).config.revision).toBe(0);
    const stream = new TestStream();
    const gatewayId = randomUUID();
    await agent.say(stream.say('inventory', inventoryOf(gatewayId, [1, 2])));
    await agent.receives('ack', ({ position }) => position[1] === 1);
    const shown = () => oak.viewer(endpoints.getAgent, { params: { agentId: identity.agentId } });
    await eventually(shown, ({ state }) => state === 'online');
    // Asked at the other process.
    const { id } = await clientOf(two.url, oak.cookie)(endpoints.createAction, {
      params: { gatewayId },
      body: { type: 'poll-now', position: null, lifeSafetyConfirmed: false, idempotencyKey: randomUUID() },
    });
    await agent.receives('action', ({ actionId }) => actionId === id);
  });

  test('nothing is lost or doubled when the broker is killed in the middle', async () => {
    const identity = await enrolAgent(one, oak);
    const gatewayId = randomUUID();
    const stream = new TestStream();
    const start = Date.now() - 3_600_000;
    stream.say('inventory', inventoryOf(gatewayId, [1]));
    for (let index = 0; index < 300; index += 1)
      stream.say('reports', {
        reports: [reportOf(gatewayId, start + index, { measures: { lineVoltageV: [index % 100] } })],
      });
    let committed: Position = [0, 0];
    let kills = 0;
    let agent = await connect(identity);
    const last = stream.position;
    while (comparePositions(committed, last) < 0) {
      const rest = stream.messages.filter(({ epoch, seq }) => comparePositions([epoch, seq], committed) > 0);
      // Some of the window may reach nobody: it is sent again from what is known to be committed.
      void Promise.allSettled(rest.slice(0, 60).map((message: UpMessage) => agent.say(message)));
      if (kills < 2 && committed[1] > 60 * (kills + 1)) {
        kills += 1;
        await mosquitto.kill();
        await mosquitto.start();
        agent = await connectWhenItIsBack(identity);
      }
      await Promise.race([
        agent.receives('ack', ({ position }) => comparePositions([position[0], position[1]], committed) > 0),
        new Promise((resolve) => setTimeout(resolve, 1_000)),
      ]);
      for (const message of agent.received)
        if (message.kind === 'ack' && comparePositions([message.position[0], message.position[1]], committed) > 0)
          committed = [message.position[0], message.position[1]];
    }
    expect(kills).toBe(2);
    const rows = await rowsOf<{ v: number }>(
      database.ownerUrl,
      'select line_voltage_v[1] as v from gateway_sample where gateway_id = $1 order by taken_at',
      [gatewayId],
    );
    expect(rows.map((row) => row.v)).toEqual(Array.from({ length: 300 }, (_, index) => index % 100));
  }, 120_000);

  test('an agent cannot speak or listen for another', async () => {
    const [identity, other] = await Promise.all([enrolAgent(one, oak), enrolAgent(one, oak)]);
    const agent = await connect(identity);
    const victim = await connect(other);
    const gatewayId = randomUUID();
    await agent.client
      .publishAsync(
        topics.up(other.agentId),
        JSON.stringify(new TestStream().say('inventory', inventoryOf(gatewayId, [1]))),
        { qos: 1 },
      )
      .catch(() => undefined);
    await agent.client.subscribeAsync(topics.down(other.agentId), { qos: 1 }).catch(() => undefined);
    await victim.say(new TestStream().say('inventory', inventoryOf(randomUUID(), [1])));
    await victim.receives('ack');
    await agent.say(new TestStream().say('inventory', inventoryOf(randomUUID(), [1])));
    await agent.receives('ack');
    expect(await rowsOf(database.ownerUrl, 'select 1 from gateway where id = $1', [gatewayId])).toEqual([]);
    expect(agent.received.filter((message) => message.kind === 'ack')).toHaveLength(1);
  });

  test('a revoked agent is refused once the broker has the new list, and its messages at once', async () => {
    const identity = await enrolAgent(one, oak);
    const agent = await connect(identity);
    await oak.admin(endpoints.revokeAgent, { params: { agentId: identity.agentId } });
    const gatewayId = randomUUID();
    await Promise.race([agent.say(new TestStream().say('inventory', inventoryOf(gatewayId, [1]))), agent.closed]);
    await agent.closed;
    await mosquitto.reload(database.config);
    await eventually(
      async () => {
        try {
          const again = await connect(identity);
          await again.end();
          return 'connected';
        } catch {
          return 'refused';
        }
      },
      (answer) => answer === 'refused',
    );
    expect(await rowsOf(database.ownerUrl, 'select 1 from gateway where id = $1', [gatewayId])).toEqual([]);
  });
});
