import { randomUUID } from 'node:crypto';
import type { DownMessage } from '@loopstart/contracts';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AgentLink } from '../src/agents/broker/agent-link.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { inventoryOf, rowsOf, TestStream } from './ingest.ts';
import { hasMosquitto, makeMosquitto } from './mosquitto.ts';
import { brokerUrl, enrolAgent, type Identity, MqttAgent } from './mqtt-agent.ts';
import { sampleTopics } from './topics.ts';

const TOPICS = 10_000;
const FILTERS_AT_ONCE = 100;

if (!hasMosquitto) console.warn('skipped: mosquitto is not installed, so no topic is tried against an external broker');

/** A topic that can be published to, and not only subscribed to. */
const isName = (topic: string) => !/[+#]/.test(topic);

/** Subscribes to all of them; what the broker does not understand ends the connection, and a new one goes on. */
async function subscribeAll(connect: () => Promise<MqttAgent>, filters: readonly string[]): Promise<MqttAgent> {
  let agent = await connect();
  for (let from = 0; from < filters.length; from += FILTERS_AT_ONCE)
    for (const some of [filters.slice(from, from + FILTERS_AT_ONCE)]) {
      const granted = await subscribe(agent.client, some);
      if (granted !== null) continue;
      for (const one of some) {
        if (!agent.client.connected) agent = await connect();
        await subscribe(agent.client, [one]);
      }
      if (!agent.client.connected) agent = await connect();
    }
  return agent;
}

/** Null where the connection ended. */
async function subscribe(client: MqttClient, filters: readonly string[]): Promise<unknown> {
  client.setMaxListeners(0);
  const ended = new Promise<null>((resolve) => client.once('close', () => resolve(null)));
  return Promise.race([client.subscribeAsync([...filters], { qos: 1 }).catch(() => 'refused'), ended]);
}

describe.each(['the broker of the API', 'Mosquitto'] as const)('10,000 topics at %s', (broker) => {
  const isExternal = broker === 'Mosquitto';
  let api: TestApp;
  let database: TestDatabase | undefined;
  let mosquitto: Awaited<ReturnType<typeof makeMosquitto>> | undefined;
  let oak: TestOperator;
  let url = '';
  const open: MqttAgent[] = [];

  beforeAll(async () => {
    if (isExternal && !hasMosquitto) return;
    if (isExternal) {
      mosquitto = await makeMosquitto();
      database = await createDatabase({ MQTT_URL: mosquitto.apiUrl, MQTT_PUBLIC_URL: mosquitto.agentUrl });
      await mosquitto.prepare(database.config);
      await mosquitto.start();
    }
    api = await startApp(database === undefined ? {} : { database });
    url = mosquitto?.agentUrl ?? brokerUrl(api);
    oak = await api.operator('Oak');
  });
  afterAll(async () => {
    await Promise.all(open.map((agent) => agent.end()));
    await api?.close();
    await mosquitto?.stop();
    await database?.drop();
  });

  const connect = async (identity: Identity) => {
    const agent = await MqttAgent.connect(url, identity);
    open.push(agent);
    return agent;
  };

  test.skipIf(isExternal && !hasMosquitto)(
    'an agent hears and speaks for itself alone',
    async () => {
      const elm = await api.operator('Elm');
      const [attacker, victim] = [await enrolAgent(api, oak), await enrolAgent(api, elm)];
      const other = await connect(victim);
      const all = sampleTopics(attacker.agentId, victim.agentId, TOPICS);
      expect(all).toHaveLength(TOPICS);
      // The broker of the API ends a connection that publishes elsewhere: a tenth keeps it to seconds.
      const names = all.filter(isName).filter((_, index) => isExternal || index % 10 === 0);
      expect(names.length).toBeGreaterThan(isExternal ? 2_000 : 200);

      // What the attacker can hear: everything that anybody gets is sent to the victim, and its own.
      const spy = await subscribeAll(() => connect(attacker), all);
      const link = api.app.get<AgentLink>(AgentLink);
      const secret: DownMessage = { v: 1, kind: 'pause', forMs: 4_321 };
      const own: DownMessage = { v: 1, kind: 'pause', forMs: 1_234 };
      link.send(victim.agentId, secret);
      await other.receives('pause');
      link.send(attacker.agentId, own);
      await spy.receives('pause');
      for (const agent of open.filter((one) => one !== other))
        expect(agent.received.filter((message) => message.kind === 'pause' && message.forMs === 4_321)).toEqual([]);

      // What the attacker can say: a gateway for each topic, none of which must exist; and the victim must hear none.
      const gatewayId = randomUUID();
      const payload = JSON.stringify(new TestStream().say('inventory', inventoryOf(gatewayId, [1])));
      // Its settings are sent again until it reports them.
      const heard = () => other.received.filter(({ kind }) => kind !== 'config').length;
      const before = heard();
      let speaker = await connect(attacker);
      for (const topic of names) {
        if (!speaker.client.connected) speaker = await connect(attacker);
        const ended = new Promise<void>((resolve) => speaker.client.once('close', () => resolve()));
        await Promise.race([speaker.client.publishAsync(topic, payload, { qos: 1 }).catch(() => undefined), ended]);
      }
      if (!speaker.client.connected) speaker = await connect(attacker);
      const mine = randomUUID();
      await speaker.say(new TestStream().say('inventory', inventoryOf(mine, [1])));
      await speaker.receives('ack');
      const gateways = await rowsOf<{ id: string }>(
        api.database.ownerUrl,
        'select id from gateway where id = any ($1)',
        [[gatewayId, mine]],
      );
      expect(gateways).toEqual([{ id: mine }]);
      expect(heard()).toBe(before);
      expect(other.client.connected).toBe(true);
    },
    300_000,
  );
});
