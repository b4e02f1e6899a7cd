import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { accessToken, makeToken, programOf } from './programs.ts';

let now = Date.now();
let api: TestApp;
let oak: TestOperator;
let client: { id: string; secret: string };
beforeAll(async () => {
  api = await startApp({
    env: { TRUSTED_PROXIES: '127.0.0.1', PUBLIC_URL: 'https://loopstart.example.com' },
    clock: () => now,
  });
  oak = await api.operator('Oak');
  await plant(api.database.ownerUrl, oak.operatorId);
  const made = await makeToken(oak, {
    kind: 'oauth-client',
    rights: { permissions: ['sites.read', 'customers.read'] },
  });
  client = { id: made.token.id, secret: made.secret };
});
afterAll(() => api.close());

const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
async function ask(parameters: Record<string, string>, authorization?: string, address = '203.0.113.1') {
  const response = await fetch(`${api.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
    headers: { 'x-forwarded-for': address, ...(authorization === undefined ? {} : { authorization }) },
  });
  return {
    status: response.status,
    headers: response.headers,
    answer: (await response.json()) as Record<string, unknown>,
  };
}
const GRANT = { grant_type: 'client_credentials' };

describe('client credentials', () => {
  test.for([
    ['by HTTP Basic', () => ask(GRANT, basic(client.id, client.secret))],
    ['in the body', () => ask({ ...GRANT, client_id: client.id, client_secret: client.secret })],
  ] as const)('%s give an access token of an hour', async ([, work]) => {
    const { status, headers, answer } = await work();
    expect([status, headers.get('cache-control'), headers.get('pragma')]).toEqual([200, 'no-store', 'no-cache']);
    expect(answer).toEqual({
      access_token: expect.stringMatching(/^lsa_[0-9A-Za-z]{38}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'customers.read sites.read',
    });
    const program = programOf(api.url, answer.access_token as string);
    expect((await program(endpoints.listSites)).items.length).toBe(1);
    const stored = await rowsOf(api.database.ownerUrl, 'select * from oauth_access_token');
    expect(JSON.stringify(stored)).not.toContain((answer.access_token as string).slice(12));
  });

  test('an access token has the scopes that were asked for, and no more', async () => {
    const program = programOf(api.url, await accessToken(api.url, client.id, client.secret, 'sites.read'));
    await program(endpoints.listSites);
    expect(await problemOf(program(endpoints.listCustomers))).toMatchObject({ status: 403, code: 'not-allowed' });
  });

  test('an access token ends after its hour', async () => {
    const token = await accessToken(api.url, client.id, client.secret);
    now += 3_599_000;
    await programOf(api.url, token)(endpoints.listSites);
    now += 1_000;
    expect(await problemOf(programOf(api.url, token)(endpoints.listSites))).toMatchObject({
      status: 401,
      code: 'invalid-token',
      detail: expect.stringContaining('expired'),
    });
  });

  test('a client that is revoked takes its access tokens with it', async () => {
    const { token, secret } = await makeToken(oak, { kind: 'oauth-client' });
    const access = await accessToken(api.url, token.id, secret);
    await programOf(api.url, access)(endpoints.listSites);
    await oak.admin(endpoints.revokeToken, { params: { tokenId: token.id } });
    expect(await problemOf(programOf(api.url, access)(endpoints.listSites))).toMatchObject({ code: 'invalid-token' });
    expect(await ask(GRANT, basic(token.id, secret))).toMatchObject({
      status: 401,
      answer: { error: 'invalid_client' },
    });
  });

  test('a client that asks for each request keeps a hundred access tokens', async () => {
    const { token, secret } = await makeToken(oak, { kind: 'oauth-client' });
    const first = await accessToken(api.url, token.id, secret);
    for (let round = 0; round < 11; round += 1) {
      now += 1;
      await Promise.all(Array.from({ length: 10 }, () => accessToken(api.url, token.id, secret)));
    }
    const [count] = await rowsOf<{ n: number }>(
      api.database.ownerUrl,
      'select count(*)::int as n from oauth_access_token where client_id = $1',
      [token.id],
    );
    expect(count!.n).toBeLessThanOrEqual(100);
    expect(await problemOf(programOf(api.url, first)(endpoints.listSites))).toMatchObject({ code: 'invalid-token' });
  });
});

describe('errors as RFC 6749 says', () => {
  test.for([
    [
      'another grant type',
      () => ask({ grant_type: 'password' }, basic(client.id, client.secret)),
      400,
      'unsupported_grant_type',
    ],
    ['no grant type', () => ask({}, basic(client.id, client.secret)), 400, 'invalid_request'],
    [
      'a scope the client lacks',
      () => ask({ ...GRANT, scope: 'gateways.read' }, basic(client.id, client.secret)),
      400,
      'invalid_scope',
    ],
    [
      'a scope that is none',
      () => ask({ ...GRANT, scope: 'everything' }, basic(client.id, client.secret)),
      400,
      'invalid_scope',
    ],
    ['a typo in the secret', () => ask(GRANT, basic(client.id, `${client.secret}x`)), 401, 'invalid_client'],
    [
      'the secret of another client',
      async () => ask(GRANT, basic((await makeToken(oak)).token.id, client.secret)),
      401,
      'invalid_client',
    ],
    [
      'an API token for a secret',
      async () => ask(GRANT, basic(client.id, (await makeToken(oak)).secret)),
      401,
      'invalid_client',
    ],
    ['nothing', () => ask(GRANT), 401, 'invalid_client'],
    [
      'two ways at once',
      () => ask({ ...GRANT, client_secret: client.secret }, basic(client.id, client.secret)),
      400,
      'invalid_request',
    ],
  ] as const)('%s', async ([, work, status, error]) => {
    const { status: got, headers, answer } = await work();
    expect([got, answer.error, typeof answer.error_description]).toEqual([status, error, 'string']);
    expect(headers.get('cache-control')).toBe('no-store');
    if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(JSON.stringify(answer)).not.toContain(client.secret.slice(8));
  });

  test('an address outside of the range', async () => {
    const { token, secret } = await makeToken(oak, { kind: 'oauth-client', addresses: ['198.51.100.0/24'] });
    expect(await ask(GRANT, basic(token.id, secret))).toMatchObject({
      status: 400,
      answer: { error: 'unauthorized_client' },
    });
    expect((await ask(GRANT, basic(token.id, secret), '198.51.100.4')).status).toBe(200);
  });

  test('a body of JSON', async () => {
    const response = await fetch(`${api.url}/oauth/token`, {
      method: 'POST',
      body: JSON.stringify(GRANT),
      headers: { 'content-type': 'application/json', authorization: basic(client.id, client.secret) },
    });
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_request' }]);
  });
});

test('libraries find the endpoint by its metadata (RFC 8414, RFC 9728)', async () => {
  const document = async (path: string) => (await fetch(`${api.url}/.well-known/${path}`)).json();
  expect(await document('oauth-authorization-server')).toMatchObject({
    issuer: 'https://loopstart.example.com',
    token_endpoint: 'https://loopstart.example.com/oauth/token',
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    response_types_supported: [],
  });
  expect(await document('oauth-protected-resource/mcp')).toMatchObject({
    resource: 'https://loopstart.example.com/mcp',
    authorization_servers: ['https://loopstart.example.com'],
    bearer_methods_supported: ['header'],
  });
});

test('openid-client, a library of others, gets a token by the metadata alone', async () => {
  const oauth = await import('openid-client');
  const config = new oauth.Configuration(
    { issuer: api.url, token_endpoint: `${api.url}/oauth/token` },
    client.id,
    undefined,
    oauth.ClientSecretBasic(client.secret),
  );
  oauth.allowInsecureRequests(config);
  const tokens = await oauth.clientCredentialsGrant(config, { scope: 'sites.read' });
  expect(tokens.scope).toBe('sites.read');
  expect((await programOf(api.url, tokens.access_token)(endpoints.listSites)).items.length).toBe(1);
});
