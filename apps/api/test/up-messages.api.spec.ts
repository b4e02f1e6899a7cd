import { randomUUID } from 'node:crypto';
import {
  checkUpMessage,
  type Endpoint,
  type EndpointId,
  endpoints,
  type Event,
  Id,
  UP_KINDS,
  type UpKind,
  type UpMessage,
} from '@loopstart/contracts';
import { isProviderRight } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { inputs, plantAlerting } from './endpoint-inputs.ts';
import {
  type IngestInstance,
  inventoryOf,
  itemOf,
  plantAgent,
  reportOf,
  stepOf,
  rowsOf,
  startIngest,
  TestStream,
} from './ingest.ts';
import { makeCsr } from './pki.ts';
import { asOwner } from './postgres.ts';

type Bodies = { [K in UpKind]: Extract<UpMessage, { kind: K }>['body'] };

const now = Date.now();
const gatewayId = randomUUID();
const actionId = randomUUID();
const jobId = randomUUID();
/** Another record of the same device. */
const mergedId = randomUUID();
let api: TestApp;
let oak: TestOperator;
let ingest: IngestInstance;
let asked: Record<EndpointId, object>;
let rejections: unknown[] = [];

/** One of each kind there is, about one gateway with a line. */
const bodies = (csrPem: string): Bodies => ({
  inventory: inventoryOf(gatewayId, [1, 2]),
  reports: { reports: [reportOf(gatewayId, now - 3_000, { full: true, measures: { lineVoltageV: [48, 47] } })] },
  unchanged: { at: now - 2_000, gatewayIds: [gatewayId] },
  reachability: { gatewayId, at: now - 1_500, reachable: true, reason: null },
  events: {
    events: [
      {
        id: randomUUID(),
        gatewayId,
        at: now - 1_000,
        kind: 'cold-start',
        severity: 'info',
        position: null,
        text: 'Started.',
        alarmKey: null,
        source: 'trap',
        detail: {},
      },
    ],
  },
  health: {
    at: now,
    version: '1.2.3',
    hostname: 'north-2',
    platform: 'linux x64',
    startedAt: now - 60_000,
    rssBytes: 90_000_000,
    cpuPercent: 1.5,
    outboxMessages: 0,
    outboxBytes: 0,
    outboxOldestAt: null,
    diskFreeBytes: null,
    configRevision: 0,
    certificateExpiresAt: now + 86_400_000,
    pollsOk: 1,
    pollsFailed: 0,
    pollLagMs: 0,
    notificationsRefused: {},
    targets: [],
  },
  gap: { reason: 'outbox-full', fromAt: now - 5_000, toAt: now - 4_000, lost: { reports: 7 } },
  action: { actionId, at: now, state: 'succeeded', reason: null, result: {} },
  renew: { csrPem },
  alarms: {
    gatewayId,
    at: now - 500,
    covers: ['11/'],
    alarms: [{ alarmKey: '11/Board#1', kind: 'alarm-raised', severity: 'major', position: null, text: 'Overload.' }],
  },
  calls: { calls: [stepOf(gatewayId, now - 900), stepOf(gatewayId, now - 400, { phase: 'end', talkMs: 0 })] },
  merged: { merges: [{ gatewayId: mergedId, intoGatewayId: gatewayId }] },
  'running-config': {
    gatewayId,
    jobId,
    moment: 'before',
    readAt: now - 300,
    format: 'grandstream-xml',
    fingerprint: '0'.repeat(64),
    firmware: null,
    bytes: 0,
    gzipBase64: null,
    nullReason: 'too-large',
  },
  'gateway-config': {
    jobId,
    gatewayId,
    revision: 1,
    at: now - 200,
    state: 'waiting',
    since: now - 200,
    reasonCode: 'window',
    detail: null,
    holds: 'before',
    verdict: null,
    evidence: {
      fingerprintBefore: null,
      fingerprintAfter: null,
      firmware: null,
      differences: [],
      differencesTotal: 0,
      registeredBefore: null,
      registeredAfter: null,
    },
  },
});

let senderId: string;

beforeAll(async () => {
  api = await startApp({ env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' } });
  oak = await api.operator('Oak');
  const agent = await plantAgent(api.database.ownerUrl, { operatorId: oak.operatorId });
  senderId = agent.agentId;
  ingest = await startIngest(api.database.config, () => now);
  await rowsOf(api.database.ownerUrl, 'update agent set online = true, presence_at = now() where id = $1', [
    agent.agentId,
  ]);
  const stream = new TestStream();
  const send = async (kind: UpKind, body: Bodies[UpKind]) => {
    const outcomes = await ingest.committer.commit([itemOf(agent.agentId, stream.say(kind, body as never), now)]);
    rejections = [
      ...rejections,
      ...outcomes.flatMap((outcome) => outcome.rejections.map(({ rejection }) => rejection)),
    ];
  };
  const { csrPem } = await makeCsr();
  const all = bodies(csrPem);
  await send('inventory', all.inventory);
  await send('inventory', inventoryOf(mergedId, [1]));
  await rowsOf(
    api.database.ownerUrl,
    `update gateway set retired_at = now(), retired_because = 'merged', successor_id = $2 where id = $1`,
    [mergedId, gatewayId],
  );
  await rowsOf(
    api.database.ownerUrl,
    `insert into action (id, operator_id, gateway_id, agent_id, type, state, life_safety_confirmed, requested_by_name, expires_at, idempotency_key)
     values ($1, $2, $3, $4, 'poll-now', 'sent', false, 'Somebody', now() + interval '5 minutes', gen_random_uuid())`,
    [actionId, oak.operatorId, gatewayId, agent.agentId],
  );
  for (const kind of UP_KINDS.filter((other) => other !== 'inventory')) await send(kind, all[kind]);
  const [{ customerId } = { customerId: '' }] = await rowsOf<{ customerId: string }>(
    api.database.ownerUrl,
    'select customer_id as "customerId" from site where id = $1',
    [agent.siteId],
  );
  const place = { ...agent, customerId, gatewayId };
  asked = inputs({ ...place, ...(await plantAlerting(api.database.ownerUrl, oak, place)), actionId });
});
afterAll(async () => {
  await ingest.close();
  await api.close();
});

const eventsOf = async (query: object): Promise<Event[]> => (await oak.viewer(endpoints.listEvents, { query })).items;

test('one of each kind is taken, and none refused but those of a job that was never requested', () => {
  const refused = { code: 'unknown-config-job', detail: `job ${jobId} was never requested of this agent` };
  expect(rejections).toEqual([refused, refused]);
});

test('a message with an id that no endpoint could show is refused at the door', () => {
  const body = { gatewayId: '11111111-1111-0111-1111-111111111111', at: now, reachable: true, reason: null };
  expect(checkUpMessage(new TestStream().say('reachability', body))).toMatchObject({ path: '/body/gatewayId' });
});

describe('each kind is shown where people look for it', () => {
  /** The agent that sent them, among those of the operator. */
  const sender = async () => (await oak.viewer(endpoints.listAgents)).items.find(({ id }) => id === senderId);
  test.for<[UpKind, () => Promise<unknown>, unknown]>([
    ['inventory', () => oak.viewer(endpoints.getGateway, { params: { gatewayId } }), { model: 'FX-4' }],
    ['reports', () => oak.viewer(endpoints.getPort, { params: { gatewayId, position: 1 } }), { lineVoltageV: 48 }],
    ['unchanged', () => oak.viewer(endpoints.getGateway, { params: { gatewayId } }), { freshness: 'live' }],
    ['reachability', () => oak.viewer(endpoints.getGateway, { params: { gatewayId } }), { reachability: 'reachable' }],
    ['events', () => eventsOf({ q: 'Started.' }), [{ gatewayId, kind: 'cold-start' }]],
    ['alarms', () => eventsOf({ q: 'Overload.' }), [{ gatewayId, kind: 'alarm-raised', source: 'poll' }]],
    ['health', () => sender(), { hostname: 'north-2', version: '1.2.3' }],
    ['gap', () => eventsOf({ q: 'had to drop 7 messages' }), [{ gatewayId, source: 'agent' }]],
    [
      'calls',
      async () => (await oak.viewer(endpoints.listCalls, { query: {} })).items,
      [{ gatewayId, progress: 'ended', talkMs: 0, position: null, nulls: { position: 'not-sent' } }],
    ],
    ['action', () => oak.viewer(endpoints.getAction, { params: { actionId } }), { state: 'succeeded' }],
    ['renew', () => sender(), { state: 'online' }],
    [
      'merged',
      // By now the site has another agent, which has not acknowledged it.
      async () => [
        await oak.viewer(endpoints.getGateway, { params: { gatewayId: mergedId } }),
        await rowsOf(api.database.ownerUrl, 'select agent_id from merge_acknowledgement'),
      ],
      [{ retired: { because: 'merged', agentsLearned: false } }, [{ agent_id: expect.any(String) }]],
    ],
  ])('%s', async ([, ask, shown]) => {
    expect(await ask()).toMatchObject(shown as object);
  });
});

describe('after all of them', () => {
  const readers = (Object.values(endpoints) as Endpoint[]).filter(
    // Of the provider alone: provider.api.spec.ts.
    ({ method, permission }) => method === 'GET' && permission !== 'public' && !isProviderRight(permission),
  );
  test.for(readers.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s answers with the promised shape',
    async ([id, endpoint]) => {
      const answer = await oak.admin(endpoint, asked[id as EndpointId] as never);
      expect(endpoint.response.safeParse(answer).error).toBeUndefined();
    },
  );

  test.for(['siteId', 'gatewayId'] as const)('events by %s too', async (by) => {
    const [event] = await eventsOf({});
    expect((await eventsOf({ [by]: event![by] })).length).toBeGreaterThan(1);
  });

  test('every id in every table is one that the contract takes', async () => {
    const ids = await asOwner(api.database.ownerUrl, async (sql) => {
      const { rows: columns } = await sql.query<{ table: string; column: string }>(
        `select c.table_name as table, c.column_name as column from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
         where c.table_schema = 'public' and c.udt_name = 'uuid' and t.table_type = 'BASE TABLE'`,
      );
      expect(columns.length).toBeGreaterThan(50);
      const each = columns.map(
        ({ table, column }) =>
          `(select distinct '${table}.${column}' as place, "${column}"::text as id from "${table}" where "${column}" is not null limit 500)`,
      );
      return (await sql.query<{ place: string; id: string }>(each.join(' union all '))).rows;
    });
    for (const { place, id } of ids) expect(Id.safeParse(id).error, `${place} ${id}`).toBeUndefined();
  });
});
