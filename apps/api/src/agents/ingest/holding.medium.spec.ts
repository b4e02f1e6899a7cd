import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../test/database.ts';
import {
  type IngestInstance,
  inventoryOf,
  itemOf,
  plantAgent,
  reportOf,
  rowsOf,
  startIngest,
  type TestAgent,
  TestStream,
} from '../../../test/ingest.ts';

const now = Date.parse('2026-05-12T10:15:00Z');
let database: TestDatabase;
let ingest: IngestInstance;
/** Two agents of one site; the first holds the gateway. */
let first: TestAgent;
let second: TestAgent;
let streams: Map<TestAgent, TestStream>;
let gatewayId: string;

beforeAll(async () => {
  database = await createDatabase({ AGENT_GATEWAYS_MAX: '3', AGENT_PORTS_MAX: '10' });
  ingest = await startIngest(database.config, () => now);
});
afterAll(async () => {
  await ingest.close();
  await database.drop();
});
beforeEach(async () => {
  first = await plantAgent(database.ownerUrl);
  second = await plantAgent(database.ownerUrl, { operatorId: first.operatorId, siteId: first.siteId });
  await change(`update agent set certificate_expires_at = now() + interval '1 day'`);
  streams = new Map([
    [first, new TestStream()],
    [second, new TestStream()],
  ]);
  gatewayId = randomUUID();
  await say(first, 'inventory', inventoryOf(gatewayId, [1, 2]));
});

const change = (text: string, values: unknown[] = []) => rowsOf(database.ownerUrl, text, values);

/** Sends a message as an agent; returns the code of its refusal, or null. */
async function say(agent: TestAgent, ...message: Parameters<TestStream['say']>) {
  const [outcome] = await ingest.committer.commit([itemOf(agent.agentId, streams.get(agent)!.say(...message), now)]);
  return outcome!.rejections[0]?.rejection ?? null;
}
const holder = async () =>
  (await rowsOf<{ agent_id: string }>(database.ownerUrl, 'select agent_id from gateway where id = $1', [gatewayId]))[0]
    ?.agent_id;
const event = () => ({
  id: randomUUID(),
  gatewayId,
  at: now,
  kind: 'other' as const,
  severity: 'info' as const,
  position: null,
  text: 'forged',
  alarmKey: null,
  source: 'trap' as const,
  detail: {},
});

describe('a second agent of the site', () => {
  test.for([
    ['events', () => say(second, 'events', { events: [event()] })],
    ['readings', () => say(second, 'reports', { reports: [reportOf(gatewayId, now)] })],
    ['silence', () => say(second, 'unchanged', { at: now, gatewayIds: [gatewayId] })],
    [
      'reachability',
      () => say(second, 'reachability', { gatewayId, at: now, reachable: false, code: null, reason: 'cut' }),
    ],
    ['an inventory', () => say(second, 'inventory', inventoryOf(gatewayId, [1, 2, 3], 2))],
  ] as const)('cannot forge %s of a gateway that the first holds', async ([, act]) => {
    expect(await act()).toMatchObject({ code: 'not-holder', gatewayIds: [gatewayId] });
    expect(await holder()).toBe(first.agentId);
    expect(await change('select 1 from gateway_event where gateway_id = $1', [gatewayId])).toEqual([]);
    expect(
      await change('select reachability, revision from gateway_current where gateway_id = $1', [gatewayId]),
    ).toEqual([{ reachability: 'unknown', revision: 1 }]);
    const counted = await change('select rejected_messages::int as n from agent where id = $1', [second.agentId]);
    expect(counted).toEqual([{ n: 1 }]);
  });

  test.for([
    ['was revoked', `update agent set revoked_at = now() where id = $1`],
    [
      'has let its certificate expire',
      `update agent set certificate_expires_at = now() - interval '1 minute' where id = $1`,
    ],
    [
      'handed it over',
      `update gateway set agent_id = (select id from agent where site_id = gateway.site_id and id <> $1) where agent_id = $1`,
    ],
  ] as const)('takes it over with its inventory when the first %s', async ([, statement]) => {
    await change(statement, [first.agentId]);
    if ((await holder()) === first.agentId)
      expect(await say(second, 'reports', { reports: [reportOf(gatewayId, now)] })).toMatchObject({
        code: 'not-holder',
      });
    expect(await say(second, 'inventory', inventoryOf(gatewayId, [1, 2], 2))).toBeNull();
    expect(await holder()).toBe(second.agentId);
    expect(await say(second, 'events', { events: [event()] })).toBeNull();
    expect(await say(first, 'events', { events: [event()] })).toMatchObject({ code: 'not-holder' });
  });
});

describe('the limit of one agent', () => {
  const inventory = (count: number) =>
    inventoryOf(
      randomUUID(),
      Array.from({ length: count }, (_, at) => at + 1),
    );

  test('applies to gateways; its own gateways stay readable', async () => {
    expect(await say(first, 'inventory', inventory(1))).toBeNull();
    expect(await say(first, 'inventory', inventory(1))).toBeNull();
    expect(await say(first, 'inventory', inventory(1))).toMatchObject({
      code: 'too-many-gateways',
      detail: expect.stringContaining('at most 3 gateways') as unknown,
    });
    expect(await say(first, 'inventory', inventoryOf(gatewayId, [1, 2], 2))).toBeNull();
    expect(await change('select count(*)::int as n from gateway where agent_id = $1', [first.agentId])).toEqual([
      { n: 3 },
    ]);
  });

  test('applies to ports, also of a gateway that grows', async () => {
    expect(await say(first, 'inventory', inventory(8))).toBeNull();
    expect(await say(first, 'inventory', inventory(1))).toMatchObject({ code: 'too-many-ports' });
    expect(await say(first, 'inventory', inventoryOf(gatewayId, [1, 2, 3], 2))).toMatchObject({
      code: 'too-many-ports',
    });
    // An unconfirmed list removes no port, so the gateway still counts with two.
    expect(await say(first, 'inventory', inventoryOf(gatewayId, [1], 2))).toBeNull();
    expect(await say(first, 'inventory', inventory(1))).toMatchObject({ code: 'too-many-ports' });
    const confirmed = { ...inventoryOf(gatewayId, [1], 3), portList: 'confirmed' as const };
    expect(await say(first, 'inventory', confirmed)).toBeNull();
    expect(await say(first, 'inventory', inventory(1))).toBeNull();
  });

  test('applies within a batch too', async () => {
    const stream = streams.get(second)!;
    const items = Array.from({ length: 5 }, () => itemOf(second.agentId, stream.say('inventory', inventory(1)), now));
    const [outcome] = await ingest.committer.commit(items);
    expect(outcome!.rejections.map(({ rejection }) => rejection.code)).toEqual([
      'too-many-gateways',
      'too-many-gateways',
    ]);
  });
});
