import { ApiError, type Endpoint, type EndpointId, endpoints, Problem, type Role, ROLES } from '@loopstart/contracts';
import { isProviderRight, roleAllows } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { howToAudit, newestEntry, NOT_AUDITED, WITHOUT_SESSION } from './audit-coverage.ts';
import { inputs, plantAlerting } from './endpoint-inputs.ts';
import { plant } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { makeProvider } from './people.ts';
import { asOwner } from './postgres.ts';

type Input = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };
const all = Object.values(endpoints) as Endpoint[];
const guarded = all.filter((endpoint) => endpoint.permission !== 'public');
const named = (list: Endpoint[]) =>
  list.map((endpoint) => [`${endpoint.id} ${endpoint.method} ${endpoint.path}`, endpoint] as const);

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let oaks: Record<EndpointId, Input>;

beforeAll(async () => {
  api = await startApp({ env: { DEMO_MAILBOX: 'on', LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' } });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  const ids = await plant(api.database.ownerUrl, oak.operatorId);
  const actionId = crypto.randomUUID();
  await asOwner(api.database.ownerUrl, (sql) =>
    sql.query(
      `insert into action (id, operator_id, gateway_id, agent_id, type, state, life_safety_confirmed, requested_by_name, expires_at, idempotency_key)
       values ($1, $2, $3, $4, 'poll-now', 'queued', false, 'Somebody', now() + interval '5 minutes', gen_random_uuid())`,
      [actionId, oak.operatorId, ids.gatewayId, ids.agentId],
    ),
  );
  const alerting = await plantAlerting(api.database.ownerUrl, oak, ids);
  oaks = inputs({ ...ids, ...alerting, actionId });
  await asOwner(api.database.ownerUrl, (sql) => makeProvider(sql, oak.operatorId));
});
afterAll(() => api.close());

const call = (client: Client, endpoint: Endpoint, input: Input) => client(endpoint, input as never);

/** A request as a page of another origin could make it: with the cookie, without the header. */
async function withoutCsrf(endpoint: Endpoint): Promise<Problem> {
  const input = oaks[endpoint.id as EndpointId];
  const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => String(input.params?.[key]));
  const response = await fetch(api.url + path, {
    method: endpoint.method,
    headers: { cookie: oak.cookie, 'content-type': 'application/json' },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  });
  return Problem.parse(await response.json());
}

describe('what is for one person', () => {
  const readers = guarded.filter((endpoint) => endpoint.method === 'GET');
  test.for(named(readers))('%s is kept by no cache', async ([, endpoint]) => {
    const input = oaks[endpoint.id as EndpointId];
    const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => String(input.params?.[key]));
    const query = new URLSearchParams(input.query as Record<string, string>);
    const response = await fetch(`${api.url}${path}?${query}`, { headers: { cookie: oak.cookie } });
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    await response.body?.cancel();
  });
});

describe('nobody signed in', () => {
  test.for(named(guarded))('%s answers 401', async ([, endpoint]) => {
    const problem = await problemOf(call(api.anonymous, endpoint, oaks[endpoint.id as EndpointId]));
    expect(problem).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect(problem.requestId).not.toBe('');
  });
});

describe('the table of rights', () => {
  // Signing out ends the session that the other requests are sent with.
  const walk = [...guarded.filter((endpoint) => endpoint !== endpoints.signOut), endpoints.signOut as Endpoint];
  let ash: Record<Role, Client>;
  beforeAll(async () => {
    const { operatorId } = await api.operator('Ash');
    const people = ROLES.map(async (role) => [role, await api.member(operatorId, role)] as const);
    ash = Object.fromEntries(await Promise.all(people)) as Record<Role, Client>;
  });

  /** What the guard answers: an operator without anything of its own, so that nothing more than the guard is asked. */
  async function answerOf(role: Role, endpoint: Endpoint): Promise<'let through' | Problem> {
    try {
      await call(ash[role], endpoint, oaks[endpoint.id as EndpointId]);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if ([401, 403].includes(error.problem.status)) return error.problem;
    }
    return 'let through';
  }

  test.for(named(walk))('%s answers each role as it says', async ([, endpoint]) => {
    for (const role of ROLES) {
      const expected = roleAllows(role, endpoint.permission) ? 'let through' : { status: 403, code: 'not-allowed' };
      const answer = await answerOf(role, endpoint);
      if (typeof expected === 'string') expect(answer, role).toBe(expected);
      else expect(answer, role).toMatchObject(expected);
    }
  });

  test('a session of a role that is not in the table has no rights', async () => {
    const elder = await api.operator('Elder');
    await elder.viewer(endpoints.getSession);
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query("update app_user set role = 'no-more' where operator_id = $1 and role = 'read-only'", [
        elder.operatorId,
      ]),
    );
    expect(await problemOf(elder.viewer(endpoints.getSession))).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect(await problemOf(elder.viewer(endpoints.listCustomers))).toMatchObject({ status: 401 });
  });
});

describe('a change asked for by another origin', () => {
  const changing = guarded.filter((endpoint) => endpoint.method !== 'GET');
  test.for(named(changing))('%s answers 403', async ([, endpoint]) => {
    expect(await withoutCsrf(endpoint)).toMatchObject({ status: 403, code: 'csrf-refused' });
  });
});

describe("another operator's things", () => {
  /** They name something of the operator in their body. */
  const ABOUT_PLACES: Endpoint[] = [
    endpoints.createSite,
    endpoints.createPolicy,
    endpoints.orderPolicies,
    endpoints.createSchedule,
    endpoints.createMaintenance,
    endpoints.createSilence,
    endpoints.setThreshold,
  ];
  // What the provider does is about operators, and refused to those who are not of it.
  const ofOperators = guarded.filter(({ permission }) => !isProviderRight(permission));
  const addressed = ofOperators.filter((endpoint) => endpoint.path.includes(':') || ABOUT_PLACES.includes(endpoint));
  test.for(named(addressed))('%s answers 404', async ([, endpoint]) => {
    expect(await problemOf(call(elm.admin, endpoint, oaks[endpoint.id as EndpointId]))).toMatchObject({
      status: 404,
      code: 'not-found',
    });
  });

  // What every operator has from the beginning: drivers, conditions, a policy and its own people.
  const OWN: Endpoint[] = [
    endpoints.listDrivers,
    endpoints.listConditions,
    endpoints.listPolicies,
    endpoints.listPeople,
    endpoints.listRoles,
    endpoints.listMembers,
    endpoints.listOwnOperators,
    endpoints.listOwnSessions,
    endpoints.listAudit,
    // Of one place that is asked for, and there is none; a place of another is not found (scope-walk).
    endpoints.listConfigLines,
  ];
  const lists = ofOperators.filter(
    (endpoint) => endpoint.id.startsWith('list') && !endpoint.path.includes(':') && !OWN.includes(endpoint),
  );
  test.for(named(lists))('%s lists none', async ([, endpoint]) => {
    const isPaged = 'cursor' in ((endpoint.query as { shape?: object }).shape ?? {});
    // The settings of a place are asked for by the place.
    const input = endpoint === endpoints.listConfigEntries ? { query: { layer: 'operator' } } : {};
    const { totalIsMinimum, ...listed } = (await call(elm.admin, endpoint, input)) as { totalIsMinimum?: boolean };
    expect(totalIsMinimum ?? false).toBe(false);
    expect(listed).toEqual({
      items: [],
      ...(isPaged && { nextCursor: null, total: 0 }),
      // What this installation allows beside the internet; nobody's own.
      ...(endpoint === endpoints.listChannels && { alsoAllowed: ['127.0.0.1'] }),
      ...(endpoint === endpoints.listInvitations && { mail: 'mailbox' }),
      ...(endpoint === endpoints.listMailbox && { demo: true }),
      ...(endpoint === endpoints.listOwnFactors && {
        recoveryCodesLeft: 0,
        hasPassword: true,
        policy: { operator: 'Elm', accepts: ['totp', 'passkey', 'passkey-alone'], required: false },
      }),
    });
  });
  test('policies, people, thresholds and the audit trail are its own', async () => {
    const [audit, policies, people, conditions] = await Promise.all([
      elm.admin(endpoints.listAudit),
      elm.admin(endpoints.listPolicies),
      elm.admin(endpoints.listPeople),
      elm.admin(endpoints.listConditions),
    ]);
    expect(audit.items.filter(({ by }) => !by.name.startsWith('Elm '))).toEqual([]);
    expect(policies.items.map(({ isDefault }) => isDefault)).toEqual([true]);
    expect(people.items.map(({ name }) => name).toSorted()).toEqual(['Elm admin', 'Elm technician', 'Elm viewer']);
    expect(conditions.items.flatMap(({ settings }) => settings)).toEqual([]);
  });

  test('the overview counts none', async () => {
    expect(await elm.viewer(endpoints.getOverview)).toMatchObject({
      sites: 0,
      customers: 0,
      gateways: { total: 0 },
      ports: { total: 0 },
      agents: { total: 0 },
    });
  });
});

describe('an id that is none', () => {
  const addressed = guarded.filter((endpoint) => endpoint.path.includes(':'));
  test.for(named(addressed))('%s answers 400 and names it', async ([, endpoint]) => {
    const { params, ...rest } = oaks[endpoint.id as EndpointId];
    const [name] = Object.keys(params!);
    const problem = await problemOf(
      call(oak.admin, endpoint, { ...rest, params: { ...params, [name!]: 'not-an-id' } }),
    );
    expect(problem).toMatchObject({ status: 400, code: 'invalid-input' });
    expect(problem.fields?.map((field) => field.path)).toEqual([`path.${name}`]);
  });
});

describe('a cursor that is none', () => {
  const paged = guarded.filter((endpoint) => 'cursor' in ((endpoint.query as { shape?: object }).shape ?? {}));
  const cursors = [
    'abc',
    '%',
    Buffer.from('["x","y"]').toString('base64url'),
    Buffer.from('[1,2,3]').toString('base64url'),
  ];
  test.for(named(paged))('%s answers 400 and names it', async ([, endpoint]) => {
    for (const cursor of cursors) {
      const { query, ...rest } = oaks[endpoint.id as EndpointId];
      const input = { ...rest, query: { ...query, cursor } };
      expect(await problemOf(call(oak.admin, endpoint, input))).toMatchObject({
        status: 400,
        fields: [{ path: 'query.cursor' }],
      });
    }
  });
});

describe('with the right role', () => {
  // The tables above have used up tries.
  beforeAll(() => rowsOf(api.database.ownerUrl, 'delete from try_pace'));
  // The walks before took longer than an agent may be silent.
  beforeAll(
    async () => void (await rowsOf(api.database.ownerUrl, 'update agent set last_seen_at = now() where online')),
  );
  // An order names all policies there are, and a new password ends other sessions; calls that end something that others read come last.
  const begins: Endpoint[] = [endpoints.orderPolicies, endpoints.endOwnSession];
  const ends: Endpoint[] = [
    endpoints.deleteScheduleOverride,
    endpoints.deleteSchedule,
    endpoints.deletePolicy,
    endpoints.deleteRole,
    endpoints.deleteChannel,
    endpoints.deleteSsoConnection,
    endpoints.resetThreshold,
    endpoints.handOverGateways,
    endpoints.revokeAgent,
    endpoints.signOut,
  ];
  /** Needs a provider that answers: single-sign-on-settings.api.spec.ts. */
  const elsewhere: Endpoint[] = [endpoints.linkSignOn];
  const apart = [...begins, ...ends, ...elsewhere];
  const between = guarded.filter((endpoint) => !apart.includes(endpoint));
  const once = [...begins, ...between, ...ends];
  test.for(named(once))('%s succeeds with the promised shape, and is on record', async ([, endpoint]) => {
    const before = await newestEntry(api.database.ownerUrl);
    const answer = await call(oak.admin, endpoint, oaks[endpoint.id as EndpointId]);
    expect(endpoint.response.safeParse(answer).error).toBeUndefined();
    if (endpoint.method === 'GET') return;
    const isOnRecord = (await newestEntry(api.database.ownerUrl)) > before;
    if (NOT_AUDITED.has(endpoint)) expect(isOnRecord, 'it is on record: take it out of NOT_AUDITED').toBe(false);
    else expect(isOnRecord, howToAudit(endpoint)).toBe(true);
  });

  test('what was done says from where, with which program, and is chained', async () => {
    const entries = await rowsOf<{ address: string; program: string; chained: boolean }>(
      api.database.ownerUrl,
      `select address, user_agent as program, seq is not null as chained from audit_entry
       where operator_id = $1 and request_id is not null`,
      [oak.operatorId],
    );
    expect(entries.length).toBeGreaterThan(40);
    for (const entry of entries) expect(entry).toEqual({ address: '127.0.0.1', program: 'node', chained: true });
  });

  const open = all.filter(({ permission, method }) => permission === 'public' && method !== 'GET');
  test.for(named(open))('%s without a session has a spec of what it records', ([, endpoint]) => {
    expect(WITHOUT_SESSION.has(endpoint) || NOT_AUDITED.has(endpoint), howToAudit(endpoint)).toBe(true);
  });
});
