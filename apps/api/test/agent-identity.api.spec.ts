import { randomUUID } from 'node:crypto';
import { endpoints, topics } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { inventoryOf, rowsOf, TestStream } from './ingest.ts';
import { brokerUrl, enrolAgent, eventually, type Identity, MqttAgent } from './mqtt-agent.ts';

let api: TestApp;
let oak: TestOperator;
const open: MqttAgent[] = [];

beforeAll(async () => {
  api = await startApp();
  oak = await api.operator('Oak');
});
afterAll(async () => {
  await Promise.all(open.map((agent) => agent.end()));
  await api.close();
});

/** Connects as a process of this epoch does: its last will names it. */
async function connect(identity: Identity, epoch: number): Promise<MqttAgent> {
  const payload = Buffer.from(JSON.stringify({ v: 1, online: false, at: Date.now(), epoch }));
  const will = { topic: topics.presence(identity.agentId), payload, qos: 1 as const, retain: true };
  const agent = await MqttAgent.connect(brokerUrl(api), identity, { will, keepalive: 10 });
  open.push(agent);
  return agent;
}
const shown = ({ agentId }: Identity) => oak.viewer(endpoints.getAgent, { params: { agentId } });

describe('a copied state folder', () => {
  test('never takes over, raises a conflict while both live, and an operator can settle it', async () => {
    const identity = await enrolAgent(api, oak);
    const original = await connect(identity, 1_700_000_000);
    let copies = 0;
    // The copy comes back every second, as agents do.
    const knocking = setInterval(() => {
      connect(identity, 1_700_000_900).then(
        () => (copies += 1),
        () => undefined,
      );
    }, 1_000);
    try {
      const agent = await eventually(
        () => shown(identity),
        ({ identityConflictAt }) => identityConflictAt !== null,
      );
      expect(Date.now() - Date.parse(agent.identityConflictAt!)).toBeLessThan(60_000);
    } finally {
      clearInterval(knocking);
    }
    expect([copies, original.client.connected]).toEqual([0, true]);
    const { agentId } = identity;
    expect(await problemOf(oak.technician(endpoints.settleIdentityConflict, { params: { agentId } }))).toMatchObject({
      status: 403,
    });
    const settled = await oak.admin(endpoints.settleIdentityConflict, { params: { agentId } });
    expect(settled.identityConflictAt).toBeNull();
    const audit = await rowsOf(api.database.ownerUrl, 'select verb from audit_entry where subject_id = $1', [agentId]);
    expect(audit).toContainEqual({ verb: 'settle-identity-conflict' });
  });

  test('is noticed by the epochs of presences too, as behind another broker', async () => {
    const identity = await enrolAgent(api, oak);
    const agent = await MqttAgent.connect(brokerUrl(api), identity);
    open.push(agent);
    for (const epoch of [5, 9, 5]) await agent.setPresence(true, Date.now(), { epoch });
    await eventually(
      () => shown(identity),
      ({ state }) => state === 'online',
    );
    expect((await shown(identity)).identityConflictAt).toBeNull();
    await agent.setPresence(true, Date.now(), { epoch: 9 });
    await eventually(
      () => shown(identity),
      ({ identityConflictAt }) => identityConflictAt !== null,
    );
  });
});

describe('a hand-over', () => {
  test('moves gateways to another agent of the site, which is asked for their inventory', async () => {
    const first = await enrolAgent(api, oak);
    const second = await enrolAgent(api, oak, first.siteId);
    const elsewhere = await enrolAgent(api, oak);
    const gatewayId = randomUUID();
    const [one, two] = [await connect(first, 1), await connect(second, 1)];
    const [mine, theirs] = [new TestStream(), new TestStream()];
    await one.say(mine.say('inventory', inventoryOf(gatewayId, [1])));
    await one.receives('ack', ({ position }) => position[1] === 1);
    await two.say(theirs.say('inventory', inventoryOf(gatewayId, [1])));
    expect(await two.receives('ack', ({ position }) => position[1] === 1)).toMatchObject({
      rejected: [{ code: 'not-holder' }],
      inventoryOf: [gatewayId],
    });
    expect((await shown(second)).rejectedMessages).toBe(1);

    const handOver = (from: Identity, body: { toAgentId: string; gatewayIds?: string[] }) =>
      oak.admin(endpoints.handOverGateways, { params: { agentId: from.agentId }, body });
    for (const toAgentId of [elsewhere.agentId, first.agentId, randomUUID()])
      expect(await problemOf(handOver(first, { toAgentId }))).toMatchObject({
        status: 400,
        fields: [{ path: 'body.toAgentId' }],
      });
    expect(await handOver(first, { toAgentId: second.agentId, gatewayIds: [randomUUID()] })).toEqual({ gateways: 0 });
    expect(await handOver(first, { toAgentId: second.agentId })).toEqual({ gateways: 1 });
    // Its settings come anew, which has it say again what was refused.
    await two.receives('config', ({ config }) => config.revision >= 2);
    await two.say(theirs.say('inventory', inventoryOf(gatewayId, [1, 2], 2)));
    expect((await two.receives('ack', ({ position }) => position[1] === 2)).rejected).toBeUndefined();
    await one.say(mine.say('unchanged', { at: Date.now(), gatewayIds: [gatewayId] }));
    expect(await one.receives('ack', ({ position }) => position[1] === 2)).toMatchObject({
      rejected: [{ code: 'not-holder' }],
    });
    expect([(await shown(first)).gatewayCount, (await shown(second)).gatewayCount]).toEqual([0, 1]);
  });
});
