import { endpoints } from '@loopstart/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proveAgain, startApp, type TestApp, type TestOperator } from './app.ts';
import { rowsOf } from './ingest.ts';
import {
  entraUser,
  groupBody,
  oktaUser,
  type ScimAnswer,
  type ScimBody,
  ScimClient,
  scimClient,
  scimToken,
  strangeToken,
  USER,
} from './scim-client.ts';
import { connect, PUBLIC_URL } from './single-sign-on.ts';

let api: TestApp;
let oak: TestOperator;
let connectionId: string;
let scim: ScimClient;
let pat: ScimBody;
let sam: ScimBody;
let group: ScimBody;

const list = (path: string, query: Record<string, string>) => scim.get(`${path}?${new URLSearchParams(query)}`);
const names = (answer: ScimAnswer) => answer.body.Resources.map((one) => one.userName ?? one.displayName);
const raw = (path: string, init: RequestInit = {}) => fetch(`${api.url}/scim/v2${path}`, init);

beforeAll(async () => {
  api = await startApp({ env: { PUBLIC_URL, RATE_LIMIT_TOKEN_PER_MINUTE: '100000' } });
  oak = await api.operator('Oak');
  const otherwise = { role: 'read-only', limitedTo: null };
  connectionId = (await connect(oak, 'https://id.example.com', { otherwise })).id;
  scim = await scimClient(api, oak, connectionId);
  pat = (await scim.post('/Users', entraUser('pat@oak.example.com'))).body;
  sam = (await scim.post('/Users', oktaUser('sam@oak.example.com', { displayName: 'Sam "the" Oak', active: false })))
    .body;
  group = (await scim.post('/Groups', groupBody('Voice', [pat.id]))).body;
});
afterAll(() => api.close());

describe('what is asked of a list', () => {
  test.for([
    ['userName eq "PAT@oak.example.com"', ['pat@oak.example.com']],
    ['externalId eq "ext-pat@oak.example.com"', ['pat@oak.example.com']],
    ['externalId eq "EXT-pat@oak.example.com"', []],
    ['emails.value eq "sam@oak.example.com"', ['sam@oak.example.com']],
    ['emails[type eq "work" and value co "sam"]', ['sam@oak.example.com']],
    ['emails[type eq "home"]', []],
    ['active eq true', ['pat@oak.example.com']],
    ['active eq "False"', ['sam@oak.example.com']],
    ['displayName eq "Sam \\"the\\" Oak"', ['sam@oak.example.com']],
    ['userName sw "pat" or userName sw "sam"', ['pat@oak.example.com', 'sam@oak.example.com']],
    ['(userName sw "pat" or userName sw "sam") and active eq true', ['pat@oak.example.com']],
    ['not (active eq true) and userName pr', ['sam@oak.example.com']],
    ['name.familyName ne "Moor"', []],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:userName ew "oak.example.com" and active eq true',
      ['pat@oak.example.com'],
    ],
    ['userName eq "x\' or 1=1 --"', []],
  ] as const)('filter %s', async ([filter, found]) => {
    const answer = await list('/Users', { filter });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: found.length,
        startIndex: 1,
        itemsPerPage: found.length,
      },
    });
    expect(names(answer)).toEqual(found);
  });

  test('by id', async () => {
    expect(names(await list('/Users', { filter: `id eq "${pat.id.toUpperCase()}"` }))).toEqual(['pat@oak.example.com']);
    expect(names(await list('/Groups', { filter: `id eq "${group.id}" and members.value eq "${pat.id}"` }))).toEqual([
      'Voice',
    ]);
    expect(names(await list('/Groups', { filter: 'displayName eq "voice"' }))).toEqual(['Voice']);
  });

  test.for([
    'userName',
    'userName xx "a"',
    'userName gt "a"',
    'title eq "x"',
    'password eq "x"',
    'userName eq pat',
    'userName eq 7',
    'userName co true',
    'active co "a"',
    'active eq "maybe"',
    'emails[phone eq "1"]',
    'emails.constructor eq "x"',
    '__proto__ eq "x"',
    'userName eq "a" ; drop table',
    '((((userName eq "a"',
    `userName eq "${'x'.repeat(1100)}"`,
    `${'('.repeat(990)}`,
    'userName eq "a\u0000b"',
    '',
  ])('the filter %j is refused as one', async (filter) => {
    expect(await list('/Users', { filter })).toMatchObject({ status: 400, body: { scimType: 'invalidFilter' } });
  });

  test('pages: one beyond the end is empty, sizes are bounded, and numbers below the least stand for it', async () => {
    expect(names(await list('/Users', { startIndex: '2', count: '1' }))).toEqual(['sam@oak.example.com']);
    expect((await list('/Users', { startIndex: '3' })).body).toMatchObject({ totalResults: 2, itemsPerPage: 0 });
    expect((await list('/Users', { startIndex: '-5', count: '-1' })).body).toMatchObject({
      startIndex: 1,
      itemsPerPage: 0,
      totalResults: 2,
    });
    expect((await list('/Users', { startIndex: '1', count: '999999' })).status).toBe(200);
    expect(await list('/Users', { count: 'all' })).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
  });

  test('attributes, excludedAttributes, and the same in the body of .search', async () => {
    const some = await list('/Users', { attributes: 'userName,name.givenName' });
    expect(some.body.Resources[0]).toEqual({
      schemas: [USER],
      id: pat.id,
      userName: pat.userName,
      name: { givenName: 'Pat' },
      meta: expect.objectContaining({ resourceType: 'User' }),
    });
    const { body } = await scim.get(`/Groups/${group.id}?excludedAttributes=members`);
    expect(body).not.toHaveProperty('members');
    expect((await list('/Groups', { excludedAttributes: 'members' })).body.Resources[0]).not.toHaveProperty('members');
    expect((await list('/Users', { attributes: 'id', excludedAttributes: 'name' })).status).toBe(400);
    const search = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'active eq true',
      count: 5,
    };
    expect(names(await scim.post('/Users/.search', search))).toEqual(['pat@oak.example.com']);
  });
});

describe('versions', () => {
  test('a change is made of the version that was read, or refused', async () => {
    const { body } = await scim.get(`/Users/${pat.id}`);
    const old = { 'if-match': 'W/"another"' };
    const change = [{ op: 'replace', path: 'displayName', value: 'Pat 2' }];
    expect((await scim.patch(`/Users/${pat.id}`, change, old)).status).toBe(412);
    expect((await scim.put(`/Users/${pat.id}`, entraUser(pat.userName), old)).status).toBe(412);
    expect((await scim.remove(`/Users/${pat.id}`, old)).status).toBe(412);
    expect((await scim.remove(`/Groups/${group.id}`, old)).status).toBe(412);
    const changed = await scim.patch(`/Users/${pat.id}`, change, { 'if-match': body.meta.version });
    expect(changed.status).toBe(200);
    expect(changed.body.meta.version).not.toBe(body.meta.version);
    expect((await scim.get(`/Users/${pat.id}`, { 'if-none-match': changed.body.meta.version })).status).toBe(304);
    expect((await scim.get(`/Users/${pat.id}`, { 'if-none-match': body.meta.version })).status).toBe(200);
  });
});

describe('what Entra ID and Okta send', () => {
  const work = 'emails[type eq "work"].value';
  test.for([
    [
      'a path with a filter',
      [{ op: 'Replace', path: work, value: 'pat.new@oak.example.com' }],
      { emails: [{ value: 'pat.new@oak.example.com', type: 'work', primary: true }] },
    ],
    [
      'a path with a filter that nothing matches yet',
      [{ op: 'Add', path: 'emails[type eq "home"].value', value: 'pat@home.example' }],
      { emails: [expect.anything(), { value: 'pat@home.example', type: 'home', primary: false }] },
    ],
    [
      'names in a path',
      [{ op: 'Replace', path: 'name.givenName', value: 'Patricia' }],
      { name: { givenName: 'Patricia' } },
    ],
    [
      'names with dots in a value',
      [{ op: 'Replace', value: { 'name.familyName': 'Oak', displayName: 'P Oak' } }],
      { name: { familyName: 'Oak' }, displayName: 'P Oak' },
    ],
    ['a whole name', [{ op: 'replace', path: 'name', value: { familyName: 'Elm' } }], { name: { familyName: 'Elm' } }],
    [
      'a path with its schema',
      [{ op: 'Replace', path: `${USER}:displayName`, value: 'By URN' }],
      { displayName: 'By URN' },
    ],
    [
      'what is not kept',
      [
        { op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', value: 'X' },
        { op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: '1' },
        { op: 'Replace', path: 'title', value: 'x' },
      ],
      { displayName: 'By URN' },
    ],
    ['a removed attribute', [{ op: 'Remove', path: 'displayName' }], { userName: 'pat@oak.example.com' }],
    ['a switch as a text', [{ op: 'Replace', path: 'active', value: 'False' }], { active: false }],
    ['a switch in a value', [{ op: 'replace', value: { active: true } }], { active: true }],
  ] as const)('%s', async ([, operations, expected]) => {
    expect(await scim.patch(`/Users/${pat.id}`, operations)).toMatchObject({ status: 200, body: expected });
  });

  test('members are added, removed and replaced in all their shapes', async () => {
    const path = `/Groups/${group.id}`;
    const after = async (operations: object[]) => {
      const { status, body } = await scim.patch(path, operations);
      expect(status).toBe(200);
      return body.members.map((one) => one.value);
    };
    expect(await after([{ op: 'Add', path: 'members', value: [{ value: sam.id, $ref: null }] }])).toEqual([
      pat.id,
      sam.id,
    ]);
    expect(await after([{ op: 'add', path: 'members', value: [{ value: sam.id }] }])).toEqual([pat.id, sam.id]);
    expect(await after([{ op: 'Remove', path: 'members', value: [{ value: pat.id }] }])).toEqual([sam.id]);
    expect(await after([{ op: 'remove', path: `members[value eq "${sam.id}"]` }])).toEqual([]);
    expect(await after([{ op: 'replace', path: 'members', value: [{ value: pat.id, display: 'Pat' }] }])).toEqual([
      pat.id,
    ]);
    expect(await after([{ op: 'remove', path: 'members' }])).toEqual([]);
    expect(
      (await scim.patch(path, [{ op: 'replace', value: { id: group.id, displayName: 'Voice 2' } }])).body.displayName,
    ).toBe('Voice 2');
  });

  test.for([
    ['an unknown attribute', [{ op: 'add', path: 'foo', value: 1 }], 'invalidPath'],
    ['an unknown part', [{ op: 'add', path: 'name.foo', value: 1 }], 'invalidPath'],
    ['the id', [{ op: 'replace', path: 'id', value: 'x' }], 'mutability'],
    ['groups', [{ op: 'add', path: 'groups', value: [] }], 'mutability'],
    ['a needed attribute', [{ op: 'remove', path: 'userName' }], 'invalidValue'],
    ['no target', [{ op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' }], 'noTarget'],
    ['nothing to remove', [{ op: 'remove' }], 'noTarget'],
    ['a value of another type', [{ op: 'replace', path: 'active', value: 'maybe' }], 'invalidValue'],
    ['a broken path', [{ op: 'replace', path: 'emails[type eq', value: 'x' }], 'invalidPath'],
    ['an unknown operation', [{ op: 'move', path: 'active', value: true }], 'invalidSyntax'],
    ['no operation', [], 'invalidSyntax'],
    ['null', [null], 'invalidSyntax'],
    ['another prototype', [{ op: 'add', path: '__proto__.polluted', value: 1 }], 'invalidPath'],
    [
      'the good before the bad',
      [
        { op: 'replace', path: 'displayName', value: 'half' },
        { op: 'add', path: 'foo', value: 1 },
      ],
      'invalidPath',
    ],
  ] as const)('%s is refused as such and nothing is changed', async ([, operations, scimType]) => {
    const before = await scim.get(`/Users/${pat.id}`);
    expect(await scim.patch(`/Users/${pat.id}`, operations)).toMatchObject({ status: 400, body: { scimType } });
    expect((await scim.get(`/Users/${pat.id}`)).body).toEqual(before.body);
  });

  test('any patch is answered, and one that is refused changes nothing', async () => {
    const leaf = fc.oneof(
      fc.constantFrom('x', '', 'True', 'a@oak.example.com', 'pat@oak.example.com', '\0'),
      fc.boolean(),
      fc.integer(),
      fc.constant(null),
      fc.string({ maxLength: 12 }),
    );
    const key = fc.constantFrom(
      'value',
      'type',
      'primary',
      'givenName',
      'displayName',
      'active',
      'emails',
      'userName',
      '__proto__',
      'constructor',
      'foo',
    );
    const value = fc.oneof(
      leaf,
      fc.dictionary(key, leaf, { maxKeys: 3 }),
      fc.array(fc.oneof(leaf, fc.dictionary(key, leaf, { maxKeys: 3 })), { maxLength: 3 }),
    );
    const path = fc.oneof(
      fc.constantFrom(
        'active',
        'emails',
        'emails[type eq "work"]',
        'emails[type eq "work"].value',
        'emails[primary eq true].type',
        'emails[not (value pr)]',
        'name',
        'name.givenName',
        'userName',
        'externalId',
        'displayName',
        'meta',
        'members',
        '__proto__',
        'constructor.prototype',
        'emails[',
        'a.b.c',
        '',
      ),
      fc.string({ maxLength: 15 }),
    );
    const operation = fc.record(
      { op: fc.constantFrom('add', 'Replace', 'remove', 'move', ''), path, value },
      { requiredKeys: ['op'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(operation, leaf), { maxLength: 3 }), async (operations) => {
        const before = await scim.get(`/Users/${pat.id}`);
        const answer = await scim.patch(`/Users/${pat.id}`, operations);
        expect([200, 400, 409]).toContain(answer.status);
        if (answer.status !== 200) expect((await scim.get(`/Users/${pat.id}`)).body).toEqual(before.body);
      }),
      { numRuns: 60 },
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const put = await scim.put(`/Users/${pat.id}`, entraUser('pat@oak.example.com'));
    expect(put).toMatchObject({ status: 200, body: { active: true, displayName: 'Pat pat@oak.example.com' } });
  }, 60_000);
});

describe('what the server says of itself', () => {
  test('configuration, types and schemas', async () => {
    const { body } = await scim.get('/ServiceProviderConfig');
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      etag: { supported: true },
      sort: { supported: false },
      changePassword: { supported: false },
    });
    const types = await scim.get('/ResourceTypes');
    for (const type of types.body.Resources) {
      expect((await scim.get(`/ResourceTypes/${type.id}`)).body).toEqual(type);
      expect((await scim.get(type.endpoint)).status).toBe(200);
      expect((await scim.get(`/Schemas/${type.schema}`)).body.id).toBe(type.schema);
    }
    const schema = (await scim.get(`/Schemas/${USER}`)).body;
    const known = schema.attributes.map((one) => one.name);
    const { schemas: _s, id: _i, meta: _m, ...rest } = (await scim.get(`/Users/${pat.id}`)).body;
    expect(Object.keys(rest).filter((name) => !known.includes(name))).toEqual([]);
    expect((await scim.get('/Schemas?filter=x')).status).toBe(403);
  });

  test.for([
    ['GET', '/Me', 501],
    ['PATCH', '/Me', 501],
    ['POST', '/Bulk', 501],
    ['GET', '/Nothing', 404],
    ['GET', '/Users/not-an-id', 404],
    ['GET', '/Schemas/nothing', 404],
    ['GET', '', 404],
  ] as const)('%s %s is answered %i', async ([method, path, status]) => {
    expect((await scim.send(method, path)).status).toBe(status);
  });
});

describe('bodies', () => {
  test('are read as SCIM or JSON, refused where they are broken or too large', async () => {
    const send = (body: string, type: string) => scim.send('POST', '/Users', body, { 'content-type': type });
    expect((await send('{', 'application/scim+json')).body).toMatchObject({ status: '400', scimType: 'invalidSyntax' });
    expect((await send('{}', 'application/json')).body).toMatchObject({ status: '400', scimType: 'invalidSyntax' });
    expect((await send('{}', 'text/plain')).status).toBe(415);
    expect((await send(`"${'x'.repeat(1_100_000)}"`, 'application/scim+json')).status).toBe(413);
  });

  test('of strangers are not read', async () => {
    const body = JSON.stringify({ schemas: [USER], userName: 'x'.repeat(1_100_000) });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${strangeToken()}` };
    const answer = await raw('/Users', { method: 'POST', headers, body }).catch(() => null);
    // Read to its end it would be 413; a connection that is closed before the end is as good.
    expect([401, undefined]).toContain(answer?.status);
  });
});

describe('tokens', () => {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  test('without one, with another kind, revoked or from elsewhere nobody comes in', async () => {
    expect((await raw('/Users')).status).toBe(401);
    expect((await raw('/Users')).headers.get('www-authenticate')).toContain('Bearer');
    await proveAgain(oak.admin);
    const { secret } = await oak.admin(endpoints.createToken, {
      body: { name: 'API', rights: { role: 'read-only' } },
    });
    expect((await raw('/Users', bearer(secret))).status).toBe(401);
    expect((await raw('/Users', { headers: { cookie: oak.cookie } })).status).toBe(401);
    const made = await scimToken(oak, connectionId);
    expect((await raw('/Users', bearer(made.secret))).status).toBe(200);
    const elsewhere = await scimToken(oak, connectionId, { addresses: ['203.0.113.0/24'] });
    expect((await raw('/Users', bearer(elsewhere.secret))).status).toBe(403);
    await oak.admin(endpoints.revokeProvisioningToken, { params: { connectionId, tokenId: made.token.id } });
    expect((await raw('/Users', bearer(made.secret))).status).toBe(401);
    await rowsOf(api.database.ownerUrl, `update api_token set expires_at = now() - interval '1 minute' where id = $1`, [
      elsewhere.token.id,
    ]);
    expect((await raw('/Users', bearer(elsewhere.secret))).status).toBe(401);
  });

  test('one of provisioning works for nothing else, and its secret is nowhere', async () => {
    const { secret, token } = await scimToken(oak, connectionId);
    for (const path of ['/api/v1/session', '/api/v1/gateways', '/api/v1/members', '/mcp']) {
      const answer = await fetch(api.url + path, { ...bearer(secret), method: path === '/mcp' ? 'POST' : 'GET' });
      expect([path, answer.status]).toEqual([path, 401]);
    }
    expect(token).toMatchObject({ kind: 'provisioning', permissions: [], hint: secret.slice(0, 8) });
    const rows = await rowsOf<{ text: string }>(
      api.database.ownerUrl,
      'select t::text as text from api_token t union all select a::text from audit_entry a',
    );
    expect(rows.every(({ text }) => !text.includes(secret))).toBe(true);
  });

  test('it rests when who made it may not decide about single sign-on any more, and when the connection is gone', async () => {
    const { id } = await connect(oak, 'https://id.example.com', { name: 'Second' });
    const { secret, token } = await scimToken(oak, id);
    const setRole = (role: string) =>
      rowsOf(api.database.ownerUrl, 'update app_user set role = $2 where id = $1', [token.owner.userId, role]);
    await setRole('technician');
    expect((await raw('/Users', bearer(secret))).status).toBe(401);
    await setRole('owner');
    expect((await raw('/Users', bearer(secret))).status).toBe(200);
    await proveAgain(oak.admin);
    await oak.admin(endpoints.deleteSsoConnection, { params: { connectionId: id } });
    expect((await raw('/Users', bearer(secret))).status).toBe(401);
  });

  test('what the directory has sent is shown, with the role of each group', async () => {
    const shown = await oak.admin(endpoints.getProvisioning, { params: { connectionId } });
    expect(shown).toMatchObject({
      baseUrl: `${PUBLIC_URL}/scim/v2`,
      lastRequestAt: expect.any(String),
      people: { provisioned: 1, received: 2, inactive: 1, byHand: 3, linked: 0 },
      groups: [{ name: 'Voice 2', members: 0, gives: null }],
    });
  });
});
