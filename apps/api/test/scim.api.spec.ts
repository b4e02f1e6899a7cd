import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { proveAgain, startApp, type TestApp, type TestOperator } from './app.ts';
import { rowsOf } from './ingest.ts';
import { plantMember } from './people.ts';
import { asOwner } from './postgres.ts';
import { entraUser, ENTERPRISE, groupBody, oktaUser, ScimClient, scimClient, USER } from './scim-client.ts';
import { connect, connectionBody, PUBLIC_URL } from './single-sign-on.ts';

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let connectionId: string;
let scim: ScimClient;
let elmScim: ScimClient;
let number = 0;
let email: string;

const ISSUER = 'https://id.example.com';
const RULES = {
  rules: [
    { group: 'admins', role: 'administrator', limitedTo: null },
    { group: 'engineers', role: 'technician', limitedTo: null },
    { group: 'id-of-readers', role: 'read-only', limitedTo: null },
  ],
};

beforeAll(async () => {
  api = await startApp({ env: { PUBLIC_URL, RATE_LIMIT_TOKEN_PER_MINUTE: '100000' } });
  oak = await api.operator('Oak');
  elm = await api.operator('Elm');
  connectionId = (await connect(oak, ISSUER, RULES)).id;
  scim = await scimClient(api, oak, connectionId);
  elmScim = await scimClient(api, elm, (await connect(elm, ISSUER, { ...RULES, domains: ['elm.example.com'] })).id);
});
afterAll(() => api.close());
beforeEach(() => {
  email = `scim-${(number += 1)}@oak.example.com`;
});

const sql = <R extends object>(text: string, values: unknown[] = []) =>
  rowsOf<R & {}>(api.database.ownerUrl, text, values);
const members = async () => (await oak.admin(endpoints.listMembers)).items;
const memberOf = async (address = email) => (await members()).find((one) => one.email === address);
const refusalOf = async (userName = email) =>
  (await oak.admin(endpoints.getProvisioning, { params: { connectionId } })).refused.find(
    (one) => one.userName === userName,
  )?.reason;
const audited = async (limit = 10) => (await oak.admin(endpoints.listAudit, { query: { limit } })).items;
const plant = (role: string, operatorId = oak.operatorId, address = email) =>
  asOwner(api.database.ownerUrl, (db) =>
    plantMember(db, { operatorId, email: address, name: 'By hand', role, passwordHash: null }),
  );

/** A person in a group, created as directories do: first the person. */
async function engineer(name = 'engineers', client = scim): Promise<{ id: string; groupId: string }> {
  const { body } = await client.post('/Users', entraUser(email));
  const groupId = await group(name, client);
  const added = await client.patch(`/Groups/${groupId}`, [{ op: 'Add', path: 'members', value: [{ value: body.id }] }]);
  expect(added.status).toBe(200);
  return { id: body.id, groupId };
}
async function group(name: string, client = scim): Promise<string> {
  const { body } = await client.get(
    `/Groups?excludedAttributes=members&filter=${encodeURIComponent(`displayName eq "${name}"`)}`,
  );
  return body.Resources[0]?.id ?? (await client.post('/Groups', groupBody(name))).body.id;
}

describe('the life of a person', () => {
  test('a person becomes a member by the rule of their group, once they are in it', async () => {
    await group('engineers');
    const created = await scim.post('/Users', entraUser(email));
    expect(created).toMatchObject({
      status: 201,
      body: {
        schemas: [USER],
        id: expect.any(String),
        externalId: `ext-${email}`,
        userName: email,
        name: { formatted: 'Pat Moor', givenName: 'Pat', familyName: 'Moor' },
        active: true,
        emails: [{ value: email, type: 'work', primary: true }],
        groups: [],
        meta: { resourceType: 'User', location: `${PUBLIC_URL}/scim/v2/Users/${created.body.id}` },
      },
    });
    expect(created.body).not.toHaveProperty('title');
    expect(created.body).not.toHaveProperty([ENTERPRISE]);
    expect(await memberOf()).toBeUndefined();
    expect(await refusalOf()).toBe('no-matching-group');
    const id = await group('engineers');
    await scim.patch(`/Groups/${id}`, [{ op: 'Add', path: 'members', value: [{ value: created.body.id }] }]);
    expect(await memberOf()).toMatchObject({ role: 'technician', removedAt: null, provisionedBy: 'Oak ID' });
    expect(await refusalOf()).toBeUndefined();
    const { body } = await scim.get(`/Users/${created.body.id}`);
    expect(body.groups).toEqual([
      { value: id, display: 'engineers', type: 'direct', $ref: `${PUBLIC_URL}/scim/v2/Groups/${id}` },
    ]);
    const [joined, updated] = await audited(2);
    expect([joined?.verb, updated?.subject.type]).toEqual(['join', 'scim-group']);
    expect(joined?.by).toMatchObject({ kind: 'token', name: 'Directory' });
  });

  test('not active ends sessions and membership at once and keeps history; active brings both back', async () => {
    const { id } = await engineer();
    const { id: userId } = (await memberOf())!;
    await sql(
      `insert into session (token_hash, operator_id, user_id, account_id, created_at, expires_at, methods)
       select decode(md5($1), 'hex'), operator_id, id, account_id, now(), now() + interval '1 day', '{sso}' from app_user where id = $1::uuid`,
      [userId],
    );
    const off = await scim.patch(`/Users/${id}`, [{ op: 'Replace', path: 'active', value: 'False' }]);
    expect(off).toMatchObject({ status: 200, body: { active: false, userName: email } });
    expect(await sql('select 1 from session where user_id = $1', [userId])).toEqual([]);
    expect((await memberOf())?.removedAt).not.toBeNull();
    expect(await scim.find(email)).toMatchObject({ id, active: false });
    const on = await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { active: true } }]);
    expect(on.body.active).toBe(true);
    expect(await memberOf()).toMatchObject({ id: userId, removedAt: null, role: 'technician' });
    const verbs = (await audited(20)).filter((one) => one.subject.id === userId).map(({ verb }) => verb);
    expect(verbs).toEqual(['restore', 'remove', 'join']);
  });

  test('deleted ends the membership; created again, the same member comes back', async () => {
    const { id, groupId } = await engineer();
    const { id: userId } = (await memberOf())!;
    expect((await scim.remove(`/Users/${id}`)).status).toBe(204);
    expect((await scim.get(`/Users/${id}`)).status).toBe(404);
    expect((await scim.remove(`/Users/${id}`)).status).toBe(404);
    expect(await scim.find(email)).toBeUndefined();
    expect((await memberOf())?.removedAt).not.toBeNull();
    expect((await scim.get(`/Groups/${groupId}`)).body.members.map((one) => one.value)).not.toContain(id);
    expect(await sql('select user_name, emails, email from scim_user where id = $1', [id])).toEqual([
      { user_name: '', emails: [], email: null },
    ]);
    const again = await scim.post('/Users', entraUser(email));
    expect([again.status, again.body.id === id]).toEqual([201, false]);
    expect((await memberOf())?.removedAt).not.toBeNull();
    await scim.patch(`/Groups/${groupId}`, [{ op: 'Add', path: 'members', value: [{ value: again.body.id }] }]);
    expect(await memberOf()).toMatchObject({ id: userId, removedAt: null });
  });

  test('who leaves the last group with a rule loses access, and gets the role of the next rule before', async () => {
    const { id, groupId } = await engineer();
    const readers = await scim.post('/Groups', groupBody(`All ${email}`, [id], { externalId: 'id-of-readers' }));
    expect(await memberOf()).toMatchObject({ role: 'technician' });
    await scim.patch(`/Groups/${groupId}`, [{ op: 'Remove', path: 'members', value: [{ value: id }] }]);
    expect(await memberOf()).toMatchObject({ role: 'read-only', removedAt: null });
    await scim.patch(`/Groups/${readers.body.id}`, [{ op: 'replace', path: 'externalId', value: 'another' }]);
    expect((await memberOf())?.removedAt).not.toBeNull();
    expect(await refusalOf()).toBe('no-matching-group');
    expect((await scim.remove(`/Groups/${readers.body.id}`)).status).toBe(204);
    await scim.patch(`/Groups/${groupId}`, [{ op: 'add', path: 'members', value: [{ value: id }] }]);
    expect(await memberOf()).toMatchObject({ role: 'technician', removedAt: null });
  });

  test('what a directory has sent is exported with what else is kept of a person, and erased with it', async () => {
    await engineer();
    const { id: userId, name } = (await memberOf())!;
    const kept = await oak.admin(endpoints.exportPersonalData, { params: { userId } });
    expect(kept.directories).toEqual([
      {
        connection: 'Oak ID',
        userName: email,
        externalId: `ext-${email}`,
        displayName: expect.any(String),
        givenName: 'Pat',
        familyName: 'Moor',
        formattedName: 'Pat Moor',
        emails: [email],
        groups: ['engineers'],
      },
    ]);
    await oak.admin(endpoints.erasePerson, { params: { userId }, body: { name } });
    for (const table of ['scim_user', 'account', 'audit_entry'])
      expect(await sql(`select 1 from ${table} t where t::text ilike $1`, [`%${email}%`]), table).toEqual([]);
    expect((await scim.find(email)) ?? null).toBeNull();
  });

  test('a list without somebody removes nobody: neither a group put without members nor a person without groups', async () => {
    const { id, groupId } = await engineer();
    await scim.put(`/Groups/${groupId}`, { schemas: groupBody('x').schemas, displayName: 'engineers' });
    await scim.put(`/Users/${id}`, oktaUser(email));
    expect(await memberOf()).toMatchObject({ role: 'technician', removedAt: null });
  });
});

describe('people who are there already', () => {
  test('a member made by hand is linked by an address of the domain, and keeps their role until a rule gives another', async () => {
    await group('engineers');
    const { userId } = await plant('billing');
    const { body, status } = await scim.post('/Users', oktaUser(email));
    expect(status).toBe(201);
    expect(await memberOf()).toMatchObject({ id: userId, role: 'billing', removedAt: null, provisionedBy: 'Oak ID' });
    await scim.patch(`/Groups/${await group('engineers')}`, [
      { op: 'Add', path: 'members', value: [{ value: body.id }] },
    ]);
    expect(await memberOf()).toMatchObject({ id: userId, role: 'technician' });
  });

  test('one who is not linked is neither found nor changed', async () => {
    await plant('technician');
    expect(await scim.find(email)).toBeUndefined();
    expect(await memberOf()).toMatchObject({ role: 'technician', provisionedBy: null });
  });

  test('one whom a colleague removed does not come back', async () => {
    const { id } = await engineer();
    const { id: userId } = (await memberOf())!;
    await proveAgain(oak.admin);
    await oak.admin(endpoints.removeMember, { params: { userId } });
    expect((await scim.get(`/Users/${id}`)).body.active).toBe(false);
    const refused = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: true }]);
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('colleague removed') } });
    expect(
      (await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'displayName', value: 'New' }])).body,
    ).toMatchObject({
      displayName: 'New',
      active: false,
    });
    expect((await memberOf())?.removedAt).not.toBeNull();
    await scim.remove(`/Users/${id}`);
    expect((await scim.post('/Users', entraUser(email))).status).toBe(409);
  });

  test.for([
    ['an owner', 'owner', 409, 'uniqueness'],
    ['an address of another domain', 'domain', 400, 'invalidValue'],
    ['an account of another organisation', 'elsewhere', 409, 'uniqueness'],
    ['nobody with an address', 'none', 400, 'invalidValue'],
  ] as const)('%s is refused and changes nothing', async ([, kind, status, scimType]) => {
    if (kind === 'owner') await plant('owner');
    if (kind === 'elsewhere') await plant('technician', elm.operatorId);
    const body =
      kind === 'domain'
        ? entraUser(email, { emails: [{ value: `x${email}.evil.example`, primary: true }] })
        : kind === 'none'
          ? { schemas: [USER], userName: 'no-address' }
          : entraUser(email);
    const before = await sql('select count(*) from scim_user');
    expect(await scim.post('/Users', body)).toMatchObject({ status, body: { scimType } });
    expect(await sql('select count(*) from scim_user')).toEqual(before);
  });

  test('the last owner stays, and any owner where no owner wrote the rules', async () => {
    await engineer();
    const { id: userId } = (await memberOf())!;
    const { id } = (await scim.find(email))!;
    await sql(`update app_user set role = 'owner' where id = $1`, [userId]);
    await sql('update sso_connection set by_owner = false where id = $1', [connectionId]);
    expect(await scim.remove(`/Users/${id}`)).toMatchObject({ status: 409, body: { detail: /owner wrote the rules/ } });
    await sql('update sso_connection set by_owner = true where id = $1', [connectionId]);
    const others = await sql<{ id: string }>(
      `update app_user set role = 'administrator' where operator_id = $1 and role = 'owner' and id <> $2 returning id`,
      [oak.operatorId, userId],
    );
    const off = [{ op: 'replace', path: 'active', value: false }];
    expect(await scim.patch(`/Users/${id}`, off)).toMatchObject({ status: 409, body: { detail: /last owner/ } });
    expect(await scim.remove(`/Users/${id}`)).toMatchObject({ status: 409 });
    expect((await scim.get(`/Users/${id}`)).body.active).toBe(true);
    await sql(`update app_user set role = 'owner' where id = any ($1::uuid[])`, [others.map((one) => one.id)]);
    expect((await scim.remove(`/Users/${id}`)).status).toBe(204);
  });
});

describe('two operators', () => {
  test('the same user name is of two resources, and neither sees the other', async () => {
    const bob = `both-${email}`;
    const own = await scim.post('/Users', entraUser(bob));
    // The address is of the operator's own domain, which it has proven.
    const emails = [{ primary: true, type: 'work', value: bob.replace('@oak', '@elm') }];
    const other = await elmScim.post('/Users', entraUser(bob, { emails }));
    expect([own.status, other.status]).toEqual([201, 201]);
    expect((await scim.find(bob))?.id).toBe(own.body.id);
    expect((await elmScim.find(bob))?.id).toBe(other.body.id);
    const foreign = `/Users/${other.body.id}`;
    const answers = [
      await scim.get(foreign),
      await scim.put(foreign, entraUser(bob)),
      await scim.patch(foreign, [{ op: 'replace', path: 'active', value: false }]),
      await scim.remove(foreign),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const named = await scim.post('/Groups', groupBody(`with ${bob}`, [other.body.id]));
    expect(named).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect((await elmScim.get(foreign)).body).toEqual(other.body);
  });

  test('of 12 creations of one person at once one wins, the others are told why', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => scim.post('/Users', entraUser(email))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
    expect(answers.filter(({ status }) => status === 409).every(({ body }) => body.scimType === 'uniqueness')).toBe(
      true,
    );
    expect(await sql('select 1 from scim_user where user_name = $1', [email])).toHaveLength(1);
  });
});

test('without any group nothing is known of groups: nobody becomes a member, and nobody is removed', async () => {
  const ash = await api.operator('Ash');
  email = email.replace('@oak', '@ash');
  const { id } = await connect(ash, ISSUER, { ...RULES, domains: ['ash.example.com'] });
  const client = await scimClient(api, ash, id);
  const { userId } = await plant('technician', ash.operatorId);
  expect((await client.post('/Users', entraUser(email))).status).toBe(201);
  const other = await client.post('/Users', entraUser(`new-${email}`));
  expect(other.status).toBe(201);
  const { refused } = await ash.admin(endpoints.getProvisioning, { params: { connectionId: id } });
  expect(refused).toEqual([{ userName: `new-${email}`, reason: 'groups-missing' }]);
  expect((await ash.admin(endpoints.listMembers)).items.find((one) => one.id === userId)).toMatchObject({
    role: 'technician',
    removedAt: null,
  });
  await client.post('/Groups', groupBody('engineers'));
  expect((await ash.admin(endpoints.getProvisioning, { params: { connectionId: id } })).refused).toEqual([
    { userName: `new-${email}`, reason: 'no-matching-group' },
  ]);
});

test('without rules newcomers get the role of the connection', async () => {
  const fir = await api.operator('Fir');
  email = email.replace('@oak', '@fir');
  const { id } = await connect(fir, ISSUER, {
    domains: ['fir.example.com'],
    otherwise: { role: 'read-only', limitedTo: null },
  });
  const client = await scimClient(api, fir, id);
  await client.post('/Users', oktaUser(email));
  expect((await fir.admin(endpoints.listMembers)).items.find((one) => one.email === email)).toMatchObject({
    role: 'read-only',
    removedAt: null,
  });
  await proveAgain(fir.admin);
  await fir.admin(endpoints.updateSsoConnection, {
    params: { connectionId: id },
    body: connectionBody(ISSUER, { active: false }),
  });
  expect((await client.get('/Users')).status).toBe(403);
});
