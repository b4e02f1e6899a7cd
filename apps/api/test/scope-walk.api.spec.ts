import {
  ApiError,
  type Endpoint,
  type EndpointId,
  endpoints,
  type Problem,
  type Role,
  ROLES,
} from '@loopstart/contracts';
import { limitedRights, type Places, type Rights, rightsOf } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, startApp, type TestApp, type TestOperator } from './app.ts';
import { inputs, plantAlerting } from './endpoint-inputs.ts';
import { plant, type Planted } from './fleet.ts';
import { plantIncident } from './incident.ts';
import { asOwner } from './postgres.ts';

/*
 * Every endpoint, asked by every role about what belongs to another operator and to another scope of the own operator: each
 * answer is the one that is given for ids that do not exist, and no answer contains anything of theirs.
 */

type Input = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };
type Answer = { status: number; problem?: Omit<Problem, 'requestId'>; body?: unknown };

const all = Object.values(endpoints) as Endpoint[];
/** What every person may do and that names something: of others it is not there. */
const OWN_BY_ID: Endpoint[] = [endpoints.switchOperator];
/** All else that every person may do is about the caller alone. */
const guarded = all.filter(({ permission }) => permission !== 'public' && permission !== 'signed-in').concat(OWN_BY_ID);
const mayOf = ({ may }: Pick<Rights, 'may'>, { permission }: Endpoint): boolean =>
  permission === 'signed-in' || may.has(permission as never);
/** Answer for each id apart: what does not exist is named as missing. */
const BULK: Endpoint[] = [endpoints.acknowledgeIncidents];
/**
 * Settings of the whole operator: a limited person reads them by right, and changes none. Drafts are shared by all who
 * edit: a limited person sees and makes edits of their own places in them.
 */
const OPERATOR_WIDE =
  /\/(policies|policy-order|published-[a-z]+|schedules|shifts|channels|heartbeat|people|conditions|drivers|audit[a-z-]*|roles|secrets|members|invitations|tokens|configuration\/drafts)\b/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

let api: TestApp;
let oak: TestOperator;
let near: Planted;
let far: Planted;
let oaks: Record<EndpointId, Input>;
/** Of each role: someone of another operator, and someone of the same who is limited to another place. */
let strangers: Record<Role, Client>;
let limited: Record<Role, Client>;
/** What must not be in any answer: ids and names of the one place. */
let theirs: string[];

beforeAll(async () => {
  api = await startApp({ env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' } });
  const elm = await api.operator('Elm');
  oak = await api.operator('Oak');
  near = await plant(api.database.ownerUrl, oak.operatorId);
  far = await plant(api.database.ownerUrl, oak.operatorId);
  await plantIncident(api.database.ownerUrl, far, new Date());
  const actionId = crypto.randomUUID();
  await asOwner(api.database.ownerUrl, async (sql) => {
    await sql.query(
      `insert into action (id, operator_id, gateway_id, agent_id, type, state, life_safety_confirmed, requested_by_name, expires_at, idempotency_key)
       values ($1, $2, $3, $4, 'poll-now', 'queued', false, 'Somebody', now() + interval '5 minutes', gen_random_uuid())`,
      [actionId, oak.operatorId, near.gatewayId, near.agentId],
    );
    for (const [table, id] of [
      ['customer', near.customerId],
      ['site', near.siteId],
      ['gateway', near.gatewayId],
    ])
      await sql.query(`update ${table} set name = $2 where id = $1`, [id, `Quayside ${table}`]);
    await sql.query(`update agent set hostname = 'quayside-agent' where id = $1`, [near.agentId]);
    await sql.query(`update port set label = 'Quayside line' where gateway_id = $1`, [near.gatewayId]);
  });
  const alerting = await plantAlerting(api.database.ownerUrl, oak, near);
  oaks = inputs({ ...near, ...alerting, actionId });
  const { incidentId, windowId, silenceId, settingId, runId, otherAgentId, emptyCustomerId, emptySiteId } = alerting;
  theirs = [
    near.customerId,
    near.siteId,
    near.agentId,
    near.gatewayId,
    actionId,
    incidentId,
    windowId,
    silenceId,
    settingId,
    runId,
    otherAgentId,
    emptyCustomerId,
    emptySiteId,
    ...Object.values(alerting.spares),
    'uayside',
  ];
  const limitedTo: Places = { customerIds: [far.customerId], siteIds: [], tags: [] };
  const each = async (make: (role: Role) => Promise<Client>) =>
    Object.fromEntries(await Promise.all(ROLES.map(async (role) => [role, await make(role)] as const))) as Record<
      Role,
      Client
    >;
  strangers = await each((role) => api.member(elm.operatorId, role));
  limited = await each((role) => api.member(oak.operatorId, role, limitedTo));
});
afterAll(() => api.close());

async function answerOf(client: Client, endpoint: Endpoint, input: Input): Promise<Answer> {
  try {
    return { status: 200, body: await client(endpoint, input as never) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { requestId: _, ...problem } = error.problem;
    return { status: problem.status, problem };
  }
}

/** The same input with other ids, the same for the same: such that do not exist. */
function missing(input: Input): Input {
  const others = new Map<string, string>();
  const other = (id: string) => others.get(id) ?? others.set(id, crypto.randomUUID()).get(id)!;
  return JSON.parse(JSON.stringify(input).replaceAll(UUID, other)) as Input;
}

/** An answer without what differs between two calls. */
const comparable = (answer: Answer): string =>
  JSON.stringify(answer)
    .replaceAll(UUID, 'id')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time');

const withId = (endpoint: Endpoint) => {
  const text = JSON.stringify(oaks[endpoint.id as EndpointId]);
  return [...text.matchAll(UUID)].length > 0;
};

describe("another operator's ids, for every role", () => {
  test.for(guarded.map((endpoint) => [endpoint.id, endpoint] as const))('%s', async ([, endpoint]) => {
    for (const role of ROLES) {
      const input = oaks[endpoint.id as EndpointId];
      const answer = await answerOf(strangers[role], endpoint, input);
      if (!mayOf(rightsOf(role, null)!, endpoint)) expect(answer.status, role).toBe(403);
      // What was asked with is theirs: it may come back in what names it.
      else if (withId(endpoint) && endpoint.method !== 'GET' && !BULK.includes(endpoint))
        expect([role, answer.status]).toEqual([role, 404]);
      if ((endpoint.path.includes(':') || BULK.includes(endpoint)) && answer.status !== 403)
        expect(comparable(answer), role).toBe(comparable(await answerOf(strangers[role], endpoint, missing(input))));
      expectNothingOf(answer, input);
    }
  });
});

describe("another scope's ids, for every role", () => {
  // Every member works for the operator itself, which is no place of it.
  const placed = guarded.filter((one) => !OPERATOR_WIDE.test(one.path) && one !== endpoints.switchOperator);
  test.for(placed.map((endpoint) => [endpoint.id, endpoint] as const))('%s', async ([, endpoint]) => {
    for (const role of ROLES) {
      const input = oaks[endpoint.id as EndpointId];
      const answer = await answerOf(limited[role], endpoint, input);
      if (!mayOf(limitedRights(rightsOf(role, null)!), endpoint)) expect(answer.status, role).toBe(403);
      else if (withId(endpoint) && endpoint.method !== 'GET' && !BULK.includes(endpoint))
        expect([role, answer.status]).toEqual([role, 404]);
      if ((endpoint.path.includes(':') || BULK.includes(endpoint)) && answer.status !== 403)
        expect(comparable(answer), role).toBe(comparable(await answerOf(limited[role], endpoint, missing(input))));
      expectNothingOf(answer, input);
    }
  });

  test.for(guarded.filter(({ path }) => OPERATOR_WIDE.test(path)).map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s, of the whole operator, names no place of it',
    async ([, endpoint]) => {
      if (endpoint.method !== 'GET') return;
      for (const role of ROLES) {
        const input = oaks[endpoint.id as EndpointId];
        expectNothingOf(await answerOf(limited[role], endpoint, input), input);
      }
    },
  );
});

describe('filters that name what belongs to another scope', () => {
  const FILTERS = ['customerId', 'siteId', 'gatewayId', 'agentId'] as const;
  const lists = guarded.flatMap((endpoint) => {
    const shape = (endpoint.query as { shape?: object }).shape ?? {};
    return FILTERS.filter((name) => name in shape).map(
      (name) => [`${endpoint.id} by ${name}`, endpoint, name] as const,
    );
  });
  test.for(lists)('%s', async ([, endpoint, name]) => {
    expect(lists.length).toBeGreaterThan(15);
    const input = oaks[endpoint.id as EndpointId];
    const by = (id: string): Input => ({ ...input, query: { ...input.query, [name]: id } });
    const found = await answerOf(limited.owner, endpoint, by(near[name]));
    expect(comparable(found)).toBe(comparable(await answerOf(limited.owner, endpoint, by(crypto.randomUUID()))));
    expectNothingOf(found, by(near[name]));
  });
});

test('search by words finds nothing of another scope, and what is in the own', async () => {
  const searchable = guarded.filter((endpoint) => 'q' in ((endpoint.query as { shape?: object }).shape ?? {}));
  expect(searchable.length).toBeGreaterThan(8);
  for (const endpoint of searchable) {
    const input = oaks[endpoint.id as EndpointId];
    const asked = { ...input, query: { ...input.query, q: 'quayside' } };
    expectNothingOf(await answerOf(limited.owner, endpoint, asked), asked);
  }
  const { items } = await limited.owner(endpoints.listGateways);
  expect(items.map(({ id }) => id)).toEqual([far.gatewayId]);
});

test('the overview and the counts are of the own scope alone', async () => {
  expect(await limited.owner(endpoints.getOverview)).toMatchObject({
    sites: 1,
    customers: 1,
    gateways: { total: 1 },
    agents: { total: 1 },
  });
  expect(await oak.admin(endpoints.getOverview)).toMatchObject({ customers: 3 });
  // While the test runs, the silence of its agents may become an incident, too.
  const { items } = await limited.owner(endpoints.listIncidents);
  expect(items.length).toBeGreaterThan(0);
  expect(new Set(items.map(({ place }) => place.customer?.id))).toEqual(new Set([far.customerId]));
});

test('a customer manager without a limit sees nothing', async () => {
  const everywhere = await api.member(oak.operatorId, 'customer-manager');
  expect((await everywhere(endpoints.listGateways)).total).toBe(0);
  expect((await everywhere(endpoints.listCustomers)).total).toBe(0);
});

function expectNothingOf(answer: Answer, input: Input): void {
  const asked = JSON.stringify(input);
  const text = JSON.stringify(answer);
  expect(theirs.filter((one) => !asked.includes(one) && text.includes(one))).toEqual([]);
  // A bulk act names what it did not find.
  if (answer.status === 200 && !('body' in input)) expect(theirs.filter((one) => text.includes(one))).toEqual([]);
}
