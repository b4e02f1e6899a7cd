import { createHash } from 'node:crypto';
import { ApiError, type Endpoint, type EndpointId, endpoints } from '@loopstart/contracts';
import { allows, isProviderRight } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { inputs, plantAlerting } from './endpoint-inputs.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { asOwner } from './postgres.ts';
import { makeToken, programOf } from './programs.ts';

const DAY_MS = 86_400_000;

let now = Date.now();
let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let place: Planted;
beforeAll(async () => {
  // The test's own process is the trusted proxy: it names the addresses that programs come from.
  api = await startApp({
    env: { TRUSTED_PROXIES: '127.0.0.1', LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' },
    clock: () => now,
  });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  place = await plant(api.database.ownerUrl, oak.operatorId);
});
afterAll(() => api.close());

const from = (address: string) => ({ 'x-forwarded-for': address });
const get = (path: string, headers: Record<string, string>) => fetch(api.url + path, { headers });

describe('a token', () => {
  test('reads what it may, is shown once and stored as a hash', async () => {
    const { token, secret } = await makeToken(oak, { name: 'Nightly report' });
    expect(secret).toMatch(/^lst_[0-9A-Za-z]{38}$/);
    expect(token).toMatchObject({
      name: 'Nightly report',
      state: 'active',
      hint: secret.slice(0, 8),
      lastUsedAt: null,
    });
    expect(Date.parse(token.expiresAt!) - now).toBeCloseTo(90 * DAY_MS, -4);
    const { items } = await programOf(api.url, secret)(endpoints.listCustomers);
    expect(items.length).toBe(1);
    const rows = await rowsOf<Record<string, unknown>>(api.database.ownerUrl, 'select * from api_token where id = $1', [
      token.id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(12));
    expect(Buffer.from(rows[0]!.secret_hash as Buffer)).toEqual(createHash('sha256').update(secret).digest());
    expect(JSON.stringify(await oak.admin(endpoints.listTokens))).not.toContain(secret.slice(12));
    expect(JSON.stringify((await oak.admin(endpoints.listAudit)).items)).not.toContain(secret.slice(12));
  });

  test('of another operator sees nothing of ours, and ours is nothing to them', async () => {
    const { secret } = await makeToken(elm);
    expect((await programOf(api.url, secret)(endpoints.listCustomers)).items).toEqual([]);
    const problem = await problemOf(
      programOf(api.url, secret)(endpoints.getSite, { params: { siteId: place.siteId } }),
    );
    expect(problem).toMatchObject({ status: 404, code: 'not-found' });
    const { token } = await makeToken(oak);
    for (const endpoint of [endpoints.revokeToken, endpoints.takeOverToken])
      expect(await problemOf(elm.admin(endpoint, { params: { tokenId: token.id } }))).toMatchObject({ status: 404 });
    expect((await elm.admin(endpoints.listTokens)).items.map(({ id }) => id)).not.toContain(token.id);
  });

  test.for([
    ['with a typo', async (secret: string) => `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`, 'typo'],
    ['cut off', async (secret: string) => secret.slice(0, 30), 'typo'],
    ['that is something else', async () => 'eyJhbGciOiJIUzI1NiJ9.e30.x', 'typo'],
    ['that was revoked', revoked, 'It was revoked.'],
    ['that has expired', expired, 'It has expired.'],
    ['that is the secret of an OAuth client', oauthSecret, 'OAuth client'],
  ] as const)('%s answers 401 and says why', async ([, change, reason]) => {
    const shown = await change((await makeToken(oak)).secret);
    const response = await get('/api/v1/customers', { authorization: `Bearer ${shown}` });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
    const problem = (await response.json()) as { code: string; detail: string };
    expect(problem.code).toBe('invalid-token');
    expect(problem.detail).toContain(reason);
    expect(problem.detail).not.toContain(shown);
  });

  test('that nobody made costs its address, not others, and not a token that is right', async () => {
    const { secret } = await makeToken(oak);
    await programOf(api.url, secret, from('203.0.113.50'))(endpoints.listSites);
    const { tokenFrom, TOKEN_RANDOM_BYTES } = await import('@loopstart/domain');
    const guess = () => tokenFrom('token', crypto.getRandomValues(new Uint8Array(TOKEN_RANDOM_BYTES)));
    const codes: string[] = [];
    for (let tries = 0; tries < 25; tries += 1)
      codes.push((await problemOf(programOf(api.url, guess(), from('203.0.113.50'))(endpoints.listSites))).code);
    expect(codes.slice(0, 20).every((code) => code === 'invalid-token')).toBe(true);
    expect(codes.slice(20)).toEqual(Array(5).fill('too-many-requests'));
    expect((await problemOf(programOf(api.url, guess(), from('203.0.113.51'))(endpoints.listSites))).code).toBe(
      'invalid-token',
    );
    expect((await programOf(api.url, secret, from('203.0.113.50'))(endpoints.listSites)).items.length).toBe(1);
  });

  test('a hundred at once are all answered, and the use is written once', async () => {
    const { token, secret } = await makeToken(oak);
    const program = programOf(api.url, secret, from('198.51.100.7'));
    const answers = await Promise.all(Array.from({ length: 100 }, () => program(endpoints.listCustomers)));
    expect(answers.every(({ items }) => items.length === 1)).toBe(true);
    const use = await lastUse(token.id);
    expect(use).toEqual({ at: new Date(now).toISOString(), address: '198.51.100.7' });
    const [version] = await rowsOf(api.database.ownerUrl, 'select xmin::text from api_token where id = $1', [token.id]);
    now += 59_000;
    await programOf(api.url, secret, from('198.51.100.8'))(endpoints.listCustomers);
    expect(await rowsOf(api.database.ownerUrl, 'select xmin::text from api_token where id = $1', [token.id])).toEqual([
      version,
    ]);
    now += 1_000;
    await programOf(api.url, secret, from('198.51.100.8'))(endpoints.listCustomers);
    expect(await lastUse(token.id)).toEqual({ at: new Date(now).toISOString(), address: '198.51.100.8' });
  });
});

describe('addresses', () => {
  test.for([
    [['203.0.113.0/24'], '203.0.113.9', true],
    [['203.0.113.0/24'], '203.0.114.9', false],
    [['203.0.113.9'], '203.0.113.9', true],
    [['203.0.113.9', '2001:db8::/32'], '2001:db8:1::5', true],
    [['2001:db8::/32'], '203.0.113.9', false],
    [[], '203.0.113.9', true],
  ] as const)('a token of %j from %s: %s', async ([addresses, address, permitted]) => {
    const { token, secret } = await makeToken(oak, { addresses: [...addresses] });
    const work = programOf(api.url, secret, from(address))(endpoints.listSites);
    if (permitted) expect((await work).items.length).toBe(1);
    else {
      expect(await problemOf(work)).toMatchObject({ status: 403, code: 'token-address' });
      expect((await lastUse(token.id)).at).toBeNull();
    }
  });

  test.for([
    ['10.0.0.1/8', 'body.addresses.0'],
    ['10.0.0.0/40', 'body.addresses.0'],
    ['example.com', 'body.addresses.0'],
  ])('%s is refused by name', async ([address, path]) => {
    const problem = await problemOf(makeToken(oak, { addresses: [address!] }));
    expect(problem).toMatchObject({ status: 400, fields: [{ path }] });
  });
});

describe('how a token is shown', () => {
  test('never beside a session', async () => {
    const { secret } = await makeToken(oak);
    const response = await get('/api/v1/customers', { authorization: `Bearer ${secret}`, cookie: oak.cookie });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'invalid-input']);
  });

  test.for(['?access_token=', '?token=', '?q='])('never in a URL: %s', async (name) => {
    const { secret } = await makeToken(oak);
    const shown: Record<string, string>[] = [{}, { authorization: `Bearer ${secret}` }];
    for (const headers of shown) {
      const response = await get(`/api/v1/customers${name}${secret}`, headers);
      const problem = (await response.json()) as { fields: { path: string }[] };
      expect([response.status, problem.fields[0]!.path]).toEqual([400, 'query.access_token']);
      expect(JSON.stringify(problem)).not.toContain(secret);
    }
  });

  test('without one, the answer says by which scheme to come', async () => {
    const response = await get('/api/v1/customers', {});
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="Loopstart", resource_metadata="[^"]+"$/);
  });

  test('it changes without the header that browsers need', async () => {
    const { secret } = await makeToken(oak, { rights: { permissions: ['customers.write', 'customers.read'] } });
    const made = await programOf(api.url, secret)(endpoints.createCustomer, { body: { name: 'By program' } });
    expect(made.name).toBe('By program');
    await oak.admin(endpoints.deleteCustomer, { params: { customerId: made.id } });
  });
});

describe('who did it', () => {
  test('is the token: in the audit trail, and where a person would be assigned', async () => {
    const { token, secret } = await makeToken(oak, { name: 'Ticket robot', rights: { role: 'technician' } });
    const program = programOf(api.url, secret);
    await program(endpoints.updateSite, { params: { siteId: place.siteId }, body: { address: 'Quay 2' } });
    const { items } = await oak.admin(endpoints.listAudit, { query: { userId: [token.id] } });
    expect(items.map(({ by, verb, subject }) => [by.kind, by.userId, by.name, verb, subject.id])).toEqual([
      ['token', token.id, 'Ticket robot', 'update', place.siteId],
    ]);
    const made = await oak.admin(endpoints.listAudit, { query: { subjectId: [token.id] } });
    expect(made.items[0]).toMatchObject({
      verb: 'create',
      subject: { type: 'api-token', name: 'Ticket robot', exists: true },
    });
    expect(await problemOf(program(endpoints.listIncidents, { query: { assignedTo: ['me'] } }))).toMatchObject({
      status: 400,
      fields: [{ path: 'query.assignedTo' }],
    });
    expect((await program(endpoints.listIncidents)).items).toEqual([]);
  });
});

describe('rights', () => {
  test('nobody gives what they lack, and no token makes tokens', async () => {
    const own = await ownRole(['tokens.write', 'tokens.read', 'sites.read', 'customers.read']);
    const maker = await api.member(oak.operatorId, own);
    const wanted = (rights: object) => maker(endpoints.createToken, { body: { name: 'X', rights: rights as never } });
    const { token } = await wanted({ permissions: ['sites.read'] });
    expect(token.permissions).toEqual(['sites.read']);
    expect(await problemOf(wanted({ permissions: ['sites.read', 'gateways.read'] }))).toMatchObject({
      status: 400,
      fields: [{ path: 'body.rights' }],
    });
    expect(await problemOf(wanted({ role: 'technician' }))).toMatchObject({ status: 400 });
    expect(await problemOf(wanted({ permissions: ['tokens.write'] }))).toMatchObject({ status: 400 });
    expect(await problemOf(wanted({ role: crypto.randomUUID() }))).toMatchObject({ status: 404 });
    const { token: whole } = await wanted({ role: own });
    expect(whole.permissions.toSorted()).toEqual(['customers.read', 'sites.read', 'tokens.read']);
  });

  test('only who may makes one that does not expire', async () => {
    const maker = await api.member(oak.operatorId, await ownRole(['tokens.write', 'sites.read']));
    const body = { name: 'X', rights: { permissions: ['sites.read' as const] }, expiresInDays: null };
    expect(await problemOf(maker(endpoints.createToken, { body }))).toMatchObject({
      status: 400,
      fields: [{ path: 'body.expiresInDays' }],
    });
    expect((await oak.admin(endpoints.createToken, { body })).token.expiresAt).toBeNull();
    expect(await problemOf(makeToken(oak, { expiresInDays: 366 }))).toMatchObject({ status: 400 });
  });

  test('an owner who loses a right takes it from the token, and gives it back', async () => {
    const role = await ownRole(['tokens.write', 'sites.read', 'customers.read']);
    const maker = await api.member(oak.operatorId, role);
    const { token, secret } = await maker(endpoints.createToken, {
      body: { name: 'Shrinking', rights: { permissions: ['sites.read', 'customers.read'] } },
    });
    const program = programOf(api.url, secret);
    await program(endpoints.listSites);
    await rowsOf(api.database.ownerUrl, "update own_role set permissions = '{customers.read}' where id = $1", [role]);
    expect(await problemOf(program(endpoints.listSites))).toMatchObject({ status: 403, code: 'not-allowed' });
    await program(endpoints.listCustomers);
    const { items } = await oak.admin(endpoints.listTokens);
    expect(items.find(({ id }) => id === token.id)).toMatchObject({
      permissions: ['customers.read'],
      withheld: ['sites.read'],
    });
  });

  test('what lacks a right names it as a scope', async () => {
    const { secret } = await makeToken(oak, { rights: { permissions: ['sites.read'] } });
    const response = await get('/api/v1/gateways', { authorization: `Bearer ${secret}` });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="gateways\.read"/);
  });

  test('a token of a person who left rests until somebody takes it over', async () => {
    const [role] = [await ownRole(['tokens.write', 'tokens.read', 'sites.read'])];
    const leaver = await api.member(oak.operatorId, role);
    const { token, secret } = await leaver(endpoints.createToken, {
      body: { name: 'Left over', rights: { permissions: ['sites.read'] } },
    });
    await rowsOf(api.database.ownerUrl, 'update app_user set removed_at = now() where id = $1', [token.owner.userId]);
    const problem = await problemOf(programOf(api.url, secret)(endpoints.listSites));
    expect(problem).toMatchObject({ status: 401, code: 'invalid-token', detail: expect.stringContaining('left') });
    const { items } = await oak.admin(endpoints.listTokens);
    expect(items.find(({ id }) => id === token.id)).toMatchObject({ state: 'unowned', permissions: [] });
    const taken = await oak.admin(endpoints.takeOverToken, { params: { tokenId: token.id } });
    expect(taken).toMatchObject({ state: 'active', permissions: ['sites.read'], owner: { name: 'Oak admin' } });
    expect((await programOf(api.url, secret)(endpoints.listSites)).items.length).toBe(1);
  });

  test('nobody takes over more than they have', async () => {
    const { token } = await makeToken(oak, { rights: { permissions: ['gateways.read'] } });
    const other = await api.member(oak.operatorId, await ownRole(['tokens.write', 'sites.read']));
    const work = other(endpoints.takeOverToken, { params: { tokenId: token.id } });
    expect(await problemOf(work)).toMatchObject({ status: 400, fields: [{ path: 'body.rights' }] });
  });
});

describe('a token that reads', () => {
  let reader: Client;
  let given: Record<EndpointId, { params?: object; query?: object; body?: unknown }>;
  const guarded = (Object.values(endpoints) as Endpoint[]).filter(({ permission }) => permission !== 'public');
  const named = (list: Endpoint[]) => list.map((endpoint) => [`${endpoint.id} ${endpoint.method}`, endpoint] as const);
  beforeAll(async () => {
    const ash = await api.operator('Ash');
    const at = await plant(api.database.ownerUrl, ash.operatorId);
    const actionId = crypto.randomUUID();
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(
        `insert into action (id, operator_id, gateway_id, agent_id, type, state, life_safety_confirmed, requested_by_name, expires_at, idempotency_key)
         values ($1, $2, $3, $4, 'poll-now', 'queued', false, 'Somebody', now() + interval '5 minutes', gen_random_uuid())`,
        [actionId, ash.operatorId, at.gatewayId, at.agentId],
      ),
    );
    given = inputs({ ...at, ...(await plantAlerting(api.database.ownerUrl, ash, at)), actionId });
    reader = programOf(api.url, (await makeToken(ash, { rights: { role: 'read-only' } })).secret);
  });
  /** No program can have what every person may do, or what people of the provider do. */
  const may = ({ permission }: Endpoint) => isProviderRight(permission) || allows({ may: new Set() }, permission);
  const changing = guarded.filter(({ method }) => method !== 'GET');

  test.for(named(changing))('%s changes nothing', async ([, endpoint]) => {
    const problem = await problemOf(reader(endpoint, given[endpoint.id as EndpointId] as never));
    const personal = may(endpoint) || endpoint.stepUp === true;
    expect(problem).toMatchObject({ status: 403, code: personal ? 'people-only' : 'not-allowed' });
  });

  test.for(named(guarded.filter(({ method }) => method === 'GET')))(
    '%s reads, or says what is missing',
    async ([, endpoint]) => {
      const code = await reader(endpoint, given[endpoint.id as EndpointId] as never).then(
        () => 'answered',
        (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
      );
      const personal = may(endpoint);
      const rightsOfReader = await import('@loopstart/domain').then(
        ({ ROLE_TABLE }) => new Set(ROLE_TABLE['read-only'].may),
      );
      const expected = personal
        ? 'people-only'
        : allows({ may: rightsOfReader }, endpoint.permission)
          ? 'answered'
          : 'not-allowed';
      expect(code).toBe(expected);
    },
  );
});

describe('places', () => {
  test('a token of one customer sees that customer alone', async () => {
    const other = await oak.admin(endpoints.createCustomer, { body: { name: 'Other' } });
    const limitedTo = { customerIds: [other.id], siteIds: [], tags: [] };
    const { secret } = await makeToken(oak, { limitedTo });
    const program = programOf(api.url, secret);
    expect((await program(endpoints.listCustomers)).items.map(({ name }) => name)).toEqual(['Other']);
    const problem = await problemOf(program(endpoints.getSite, { params: { siteId: place.siteId } }));
    expect(problem).toMatchObject({ status: 404, code: 'not-found' });
    await oak.admin(endpoints.deleteCustomer, { params: { customerId: other.id } });
  });

  test('of another operator are not found', async () => {
    const limitedTo = { customerIds: [], siteIds: [place.siteId], tags: [] };
    expect(await problemOf(makeToken(elm, { limitedTo }))).toMatchObject({ status: 404, code: 'not-found' });
  });
});

async function revoked(): Promise<string> {
  const { token, secret } = await makeToken(oak);
  const program = programOf(api.url, secret);
  await program(endpoints.listSites);
  await oak.admin(endpoints.revokeToken, { params: { tokenId: token.id } });
  return secret;
}

async function expired(): Promise<string> {
  const { token, secret } = await makeToken(oak, { expiresInDays: 1 });
  await rowsOf(api.database.ownerUrl, 'update api_token set expires_at = $2 where id = $1', [token.id, new Date(now)]);
  return secret;
}

const oauthSecret = async () => (await makeToken(oak, { kind: 'oauth-client' })).secret;

async function lastUse(id: string) {
  const { items } = await oak.admin(endpoints.listTokens);
  const token = items.find((one) => one.id === id)!;
  return { at: token.lastUsedAt, address: token.lastUsedAddress };
}

async function ownRole(permissions: string[]): Promise<string> {
  const [role] = await rowsOf<{ id: string }>(
    api.database.ownerUrl,
    'insert into own_role (operator_id, name, permissions) values ($1, gen_random_uuid()::text, $2) returning id',
    [oak.operatorId, permissions],
  );
  return role!.id;
}
