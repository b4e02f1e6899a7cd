import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isProblem, loopstart } from '../../../packages/client/dist/index.js';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plant } from './fleet.ts';
import { makeToken } from './programs.ts';

let now = Date.now();
let api: TestApp;
let second: TestApp;
let oak: TestOperator;
beforeAll(async () => {
  const env = {
    TRUSTED_PROXIES: '127.0.0.1',
    RATE_LIMIT_TOKEN_PER_MINUTE: '60',
    RATE_LIMIT_ADDRESS_PER_MINUTE: '10',
  };
  api = await startApp({ env, clock: () => now });
  // Another API process on the same database.
  second = await startApp({ database: api.database, clock: () => now });
  oak = await api.operator('Oak');
  await plant(api.database.ownerUrl, oak.operatorId);
});
afterAll(async () => {
  await second.close();
  await api.close();
});

const get = (url: string, headers: Record<string, string>) => fetch(`${url}/api/v1/sites`, { headers });

describe('a token', () => {
  test('has one limit over two processes, says what is left, and when to come again', async () => {
    const authorization = `Bearer ${(await makeToken(oak)).secret}`;
    const first = await get(api.url, { authorization });
    expect(first.headers.get('ratelimit-policy')).toBe('"token";q=60;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"token";r=59;t=\d+$/);
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, call) => get((call % 2 === 0 ? api : second).url, { authorization })),
    );
    const permitted = answers.filter(({ status }) => status === 200).length;
    // What a process has leased and not spent is a part of two.
    expect(permitted).toBeGreaterThanOrEqual(57);
    expect(permitted).toBeLessThanOrEqual(59);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.headers.get('ratelimit')).toMatch(/^"token";r=0;t=60$/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await refused.json()).toMatchObject({ code: 'too-many-requests' });
    now += 2_000;
    expect((await get(api.url, { authorization })).status).toBe(200);
  });

  test('of another program and a session are not touched by it', async () => {
    const response = await get(api.url, { authorization: `Bearer ${(await makeToken(oak)).secret}` });
    expect(response.status).toBe(200);
    const session = await get(api.url, { cookie: oak.cookie });
    expect(session.headers.get('ratelimit-policy')).toMatch(/^"session";q=/);
  });
});

test('an address that shows nothing is limited; another and a session of the same are not', async () => {
  const from = { 'x-forwarded-for': '203.0.113.77' };
  const statuses: number[] = [];
  for (let call = 0; call < 12; call += 1) statuses.push((await get(api.url, from)).status);
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  expect((await get(api.url, { 'x-forwarded-for': '203.0.113.78' })).status).toBe(401);
  expect((await get(api.url, { ...from, cookie: oak.cookie })).status).toBe(200);
});

describe('the client package, against this API', () => {
  test('reads, pages, changes, and names problems', async () => {
    const { secret } = await makeToken(oak, { rights: { role: 'technician' } });
    const client = loopstart({ url: api.url, token: secret });
    for (const name of ['A', 'B', 'C']) await client.createCustomer({ body: { name: `Customer ${name}` } });
    const names: string[] = [];
    for await (const { name } of client.each(endpoints.listCustomers, { query: { limit: 2 } })) names.push(name);
    expect(names.length).toBe(4);
    const missing = client.getSite({ params: { siteId: crypto.randomUUID() } });
    expect(isProblem(await missing.catch((error: unknown) => error), 'not-found')).toBe(true);
  });

  test('waits where the limit says so', async () => {
    const { secret } = await makeToken(oak);
    const waits: number[] = [];
    const sleep = async (ms: number) => {
      waits.push(ms);
      now += ms;
    };
    const client = loopstart({ url: api.url, token: secret, sleep });
    for (let call = 0; call < 63; call += 1) await client.listSites();
    expect(waits.length).toBeGreaterThanOrEqual(2);
    expect(waits.every((ms) => ms === 1000)).toBe(true);
  });

  test('trades the secret of an OAuth client', async () => {
    const { token, secret } = await makeToken(oak, { kind: 'oauth-client' });
    const client = loopstart({ url: api.url, clientId: token.id, clientSecret: secret });
    expect((await client.listSites()).items.length).toBe(1);
    const wrong = loopstart({ url: api.url, clientId: token.id, clientSecret: `${secret}x` });
    expect(isProblem(await wrong.listSites().catch((error: unknown) => error), 'invalid-token')).toBe(true);
  });
});
