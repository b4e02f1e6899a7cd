import { randomUUID } from 'node:crypto';
import type { UpMessage } from '@loopstart/contracts';
import fc from 'fast-check';
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

const DAY_MS = 86_400_000;
const now = Date.parse('2026-05-12T10:15:00Z');
let database: TestDatabase;
let ingest: IngestInstance;
/**
 * The sender of invalid messages, a neighbour of the same operator at another site, and an agent of another operator.
 */
let agent: TestAgent;
let neighbour: TestAgent;
let foreignAgent: TestAgent;
let stream: TestStream;
let own: string;
let theirs: string;
let foreign: string;

beforeAll(async () => {
  database = await createDatabase();
  ingest = await startIngest(database.config, () => now);
});
afterAll(async () => {
  await ingest.close();
  await database.drop();
});
beforeEach(async () => {
  agent = await plantAgent(database.ownerUrl);
  neighbour = await plantAgent(database.ownerUrl, { operatorId: agent.operatorId });
  foreignAgent = await plantAgent(database.ownerUrl);
  stream = new TestStream();
  [own, theirs, foreign] = [randomUUID(), randomUUID(), randomUUID()];
  const announce = (by: TestAgent, gatewayId: string, of: TestStream) =>
    itemOf(by.agentId, of.say('inventory', inventoryOf(gatewayId, [1, 2])), now);
  await ingest.committer.commit([
    announce(agent, own, stream),
    announce(neighbour, theirs, new TestStream()),
    announce(foreignAgent, foreign, new TestStream()),
  ]);
});

const rejected = () =>
  rowsOf<{ code: string; detail: string }>(
    database.ownerUrl,
    'select code, detail from rejected_message where agent_id = $1 order by id',
    [agent.agentId],
  );
const good = (gatewayId: string, at = now) => reportOf(gatewayId, at, { measures: { lineVoltageV: [48, 48] } });
const samplesOf = async (gatewayId: string) =>
  (await rowsOf(database.ownerUrl, 'select 1 from gateway_sample where gateway_id = $1', [gatewayId])).length;
const event = (gatewayId: string, rest: object = {}) => ({
  id: randomUUID(),
  gatewayId,
  at: now,
  kind: 'other' as const,
  severity: 'info' as const,
  position: null,
  text: 'x',
  alarmKey: null,
  source: 'trap' as const,
  detail: {},
  ...rest,
});

describe('an invalid message is quarantined with its reason; messages with and after it count', () => {
  test.for<[string, () => unknown, string]>([
    [
      'of a newer version',
      () => ({ ...stream.say('gap', { reason: 'outbox-full', fromAt: null, toAt: null, lost: {} }), v: 2 }),
      'wrong-version',
    ],
    [
      'of an unknown kind',
      () => ({ ...stream.say('unchanged', { at: now, gatewayIds: [own] }), kind: 'gossip' }),
      'invalid',
    ],
    [
      'with a value outside what a line can have',
      () => stream.say('reports', { reports: [reportOf(own, now, { measures: { lineVoltageV: [9_000, 0] } })] }),
      'invalid',
    ],
    [
      'with fewer cells than the gateway has ports',
      () => stream.say('reports', { reports: [reportOf(own, now, { state: { hook: [0] } })] }),
      'wrong-length',
    ],
    [
      'with more cells than the gateway has ports',
      () => stream.say('reports', { reports: [reportOf(own, now, { counters: { callsIn: [0, 1, 2] } })] }),
      'wrong-length',
    ],
    [
      'about a gateway without an inventory',
      () => stream.say('reports', { reports: [good(randomUUID())] }),
      'unknown-gateway',
    ],
    ['about a gateway of another site', () => stream.say('reports', { reports: [good(theirs)] }), 'wrong-site'],
    ['about a gateway of another operator', () => stream.say('reports', { reports: [good(foreign)] }), 'wrong-tenant'],
    [
      'that takes over another operator’s gateway',
      () => stream.say('inventory', inventoryOf(foreign, [1])),
      'wrong-tenant',
    ],
    ['that takes over another site’s gateway', () => stream.say('inventory', inventoryOf(theirs, [1])), 'wrong-site'],
    [
      'that reports another operator’s gateway as unreachable',
      () => stream.say('reachability', { gatewayId: foreign, at: now, reachable: false, reason: null }),
      'wrong-tenant',
    ],
    [
      'that vouches for another site’s gateway',
      () => stream.say('unchanged', { at: now, gatewayIds: [theirs] }),
      'wrong-site',
    ],
    [
      'with an event of another operator’s gateway',
      () => stream.say('events', { events: [event(foreign)] }),
      'wrong-tenant',
    ],
    [
      'in the order of ports of another inventory',
      () => stream.say('reports', { reports: [{ ...good(own), revision: 7 }] }),
      'unknown-revision',
    ],
    ['with two ports at one position', () => stream.say('inventory', inventoryOf(own, [1, 1], 2)), 'invalid'],
    [
      'measured before what is still kept',
      () => stream.say('reports', { reports: [good(own, now - 40 * DAY_MS)] }),
      'time-out-of-range',
    ],
    ['with an invalid id', () => stream.say('reports', { reports: [good('not-an-id')] }), 'invalid'],
    [
      'with a port number that no column holds',
      () => stream.say('events', { events: [event(own, { position: 5_000_000_000 })] }),
      'store-failed',
    ],
    [
      'about an action that was never requested',
      () => stream.say('action', { actionId: randomUUID(), at: now, state: 'running', reason: null, result: {} }),
      'unknown-action',
    ],
    ['with an invalid certificate request', () => stream.say('renew', { csrPem: 'please' }), 'bad-csr'],
  ])('%s', async ([, wrong, code]) => {
    const bad = itemOf(agent.agentId, wrong(), now);
    const follows = itemOf(agent.agentId, stream.say('reports', { reports: [good(own)] }), now);
    const other = new TestStream();
    other.say('gap', { reason: 'disk-full', fromAt: null, toAt: null, lost: {} });
    const beside = itemOf(neighbour.agentId, other.say('reports', { reports: [good(theirs)] }), now);
    const outcomes = await ingest.committer.commit([bad, beside, follows]);
    const answers = outcomes.flatMap(({ agents }) => agents.filter(({ sender }) => sender.agentId === agent.agentId));
    expect(answers.at(-1)!.committed).toEqual(stream.position);
    expect(answers.flatMap((one) => one.rejected)).toMatchObject([{ position: bad.position, rejection: { code } }]);
    expect(await rejected()).toMatchObject([{ code }]);
    expect(await samplesOf(own)).toBe(1);
    expect(await samplesOf(theirs)).toBe(1);
    expect(await samplesOf(foreign)).toBe(0);
    const [row] = await rowsOf(database.ownerUrl, 'select rejected_messages from agent where id = $1', [agent.agentId]);
    expect(row).toEqual({ rejected_messages: '1' });
  });

  test('of the parts of a message only the invalid ones are quarantined', async () => {
    const message = stream.say('reports', { reports: [good(own, now - 1000), good(foreign), good(theirs), good(own)] });
    await ingest.committer.commit([itemOf(agent.agentId, message, now)]);
    expect(await samplesOf(own)).toBe(2);
    expect(await rejected()).toMatchObject([
      { code: 'wrong-tenant', detail: expect.stringContaining('and 1 more') as unknown },
    ]);
  });

  test('gateways whose inventory is missing are named, so that the agent can send it', async () => {
    const [unknown, other] = [randomUUID(), randomUUID()];
    const message = stream.say('reports', {
      reports: [good(foreign), good(unknown), good(unknown), { ...good(own), revision: 7 }, good(other), good(own)],
    });
    const [outcome] = await ingest.committer.commit([itemOf(agent.agentId, message, now)]);
    expect(outcome?.rejections).toMatchObject([
      { rejection: { code: 'wrong-tenant', gatewayIds: [unknown, own, other] } },
    ]);
    const again = stream.say('reports', { reports: [{ ...good(own), at: now - 40 * DAY_MS }] });
    const [plain] = await ingest.committer.commit([itemOf(agent.agentId, again, now)]);
    expect(plain?.rejections[0]?.rejection).not.toHaveProperty('gatewayIds');
  });

  test('of many messages in one transaction only the one that cannot be stored is quarantined', async () => {
    const items = Array.from({ length: 40 }, (_, index) =>
      itemOf(
        agent.agentId,
        index === 17
          ? stream.say('events', { events: [event(own, { position: 5_000_000_000 })] })
          : stream.say('reports', { reports: [good(own, now - index)] }),
        now,
      ),
    );
    await ingest.committer.commit(items);
    expect(await samplesOf(own)).toBe(39);
    expect(await rejected()).toMatchObject([{ code: 'store-failed' }]);
  });
});

describe('messages without a position', () => {
  test.for<[string, Buffer, string]>([
    ['not JSON', Buffer.from('{"v":1,"epoch"'), 'not-json'],
    ['nothing', Buffer.alloc(0), 'not-json'],
    ['bytes at random', Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 137) % 256)), 'not-json'],
    ['a number', Buffer.from('12'), 'invalid'],
    ['an array', Buffer.from('[[[[[[]]]]]]'), 'invalid'],
    ['deeply nested arrays', Buffer.from('['.repeat(100_000)), 'not-json'],
    ['too large', Buffer.alloc(262_145, 0x20), 'too-large'],
  ])('%s is recorded and moves nothing', async ([, payload, code]) => {
    const outcomes = await ingest.committer.commit([itemOf(agent.agentId, payload, now)]);
    expect(outcomes[0]!.unsequenced).toHaveLength(1);
    expect(outcomes[0]!.agents[0]!.committed).toEqual([1, 1]);
    expect(await rejected()).toMatchObject([{ code }]);
  });

  test('in masses is counted in full and kept in part', async () => {
    const noise = Array.from({ length: 50 }, () => itemOf(agent.agentId, Buffer.from('noise'), now));
    await ingest.committer.commit(noise);
    expect(await rejected()).toHaveLength(20);
    const [row] = await rowsOf(database.ownerUrl, 'select rejected_messages from agent where id = $1', [agent.agentId]);
    expect(row).toEqual({ rejected_messages: '50' });
  });
});

describe('clocks off by a day', () => {
  test('ahead: stored when it arrived, and not refused', async () => {
    const message = stream.say('reports', { reports: [good(own, now + DAY_MS - 1000), good(own, now + DAY_MS)] });
    const [outcome] = await ingest.committer.commit([itemOf(agent.agentId, message, now)]);
    expect(outcome).toMatchObject({ clockCorrections: 1, rejections: [] });
    const rows = await rowsOf<{ taken_at: Date }>(
      database.ownerUrl,
      'select taken_at from gateway_sample where gateway_id = $1 order by 1',
      [own],
    );
    expect(rows.map((row) => row.taken_at)).toEqual([new Date(now - 1000), new Date(now)]);
  });

  test('behind: stored as late', async () => {
    const message = stream.say('reports', { reports: [good(own, now - DAY_MS)] });
    await ingest.committer.commit([itemOf(agent.agentId, message, now)]);
    const rows = await rowsOf<{ taken_at: Date; received_at: Date }>(
      database.ownerUrl,
      'select taken_at, received_at from gateway_sample where gateway_id = $1',
      [own],
    );
    expect(rows).toEqual([{ taken_at: new Date(now - DAY_MS), received_at: new Date(now) }]);
  });
});

test('repeated messages change nothing', async () => {
  const message = stream.say('reports', { reports: [good(own)] });
  const item = () => itemOf(agent.agentId, message, now);
  await ingest.committer.commit([item(), item()]);
  const [again] = await ingest.committer.commit([item()]);
  expect(again).toMatchObject({ accepted: [], duplicates: [{ position: [1, 2] }] });
  expect(await samplesOf(own)).toBe(1);
});

test('a message that arrives before its predecessor waits and has no effect', async () => {
  const first = stream.say('reports', { reports: [good(own, now - 1)] });
  const second = stream.say('reports', { reports: [good(own)] });
  const [early] = await ingest.committer.commit([itemOf(agent.agentId, second, now)]);
  expect(early!.agents).toMatchObject([{ committed: [1, 1], early: [{ position: [1, 3] }] }]);
  expect(await samplesOf(own)).toBe(0);
  await ingest.committer.commit([itemOf(agent.agentId, second, now), itemOf(agent.agentId, first, now)]);
  expect(await samplesOf(own)).toBe(2);
});

test('messages of agents that do not exist or are revoked are dropped', async () => {
  await rowsOf(database.ownerUrl, 'update agent set revoked_at = now() where id = $1', [foreignAgent.agentId]);
  const other = await startIngest(database.config, () => now);
  const message = (by: string) =>
    itemOf(by, new TestStream().say('unchanged', { at: now, gatewayIds: [foreign] }), now);
  const outcomes = await other.committer.commit([message(randomUUID()), message(foreignAgent.agentId)]);
  await other.close();
  expect(outcomes).toMatchObject([{ unknownSenders: [{}, {}], agents: [] }]);
});

test('any damage to a message only causes a rejection for its own agent', async () => {
  const kinds: (() => UpMessage)[] = [
    () => stream.say('inventory', inventoryOf(own, [1, 2])),
    () => stream.say('reports', { reports: [reportOf(own, now, { full: true, state: { hook: [0, 1] } })] }),
    () => stream.say('events', { events: [event(own)] }),
    () => stream.say('reachability', { gatewayId: own, at: now, reachable: true, reason: 'x' }),
  ];
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('\0', '\u{D800}', 1e308, -1, 2 ** 53, '', 'x'.repeat(5_000), null),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), odd, async (kind, place, value) => {
      const message = damaged(kinds[kind % kinds.length]!(), place, value);
      const follows = stream.say('unchanged', { at: now, gatewayIds: [own] });
      const outcomes = await ingest.committer.commit([
        itemOf(agent.agentId, message, now),
        itemOf(agent.agentId, follows, now),
      ]);
      expect(outcomes.at(-1)!.agents.at(-1)!.committed).toEqual([follows.epoch, follows.seq]);
    }),
    { numRuns: 150 },
  );
}, 60_000);

/** A copy with one leaf of its body replaced. */
function damaged(message: UpMessage, place: number, value: unknown): unknown {
  const copy = structuredClone(message) as unknown as Record<string, unknown>;
  const paths: [Record<string, unknown>, string][] = [];
  const walk = (node: Record<string, unknown>) => {
    for (const key of Object.keys(node)) {
      const inner = node[key];
      if (inner !== null && typeof inner === 'object') walk(inner as Record<string, unknown>);
      else paths.push([node, key]);
    }
  };
  walk(copy['body'] as Record<string, unknown>);
  const [node, key] = paths[place % paths.length]!;
  node[key] = value;
  return copy;
}
