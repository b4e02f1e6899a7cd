import { endpoints, ERROR_CODES, Problem } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { asOwner } from './postgres.ts';

const METRICS_TOKEN = 'a token for the metrics';
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

let api: TestApp;
let oak: TestOperator;
beforeAll(async () => {
  api = await startApp({ env: { METRICS_TOKEN } });
  oak = await api.operator('Oak');
});
afterAll(() => api.close());

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(api.url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-loopstart-csrf': '1', cookie: oak.cookie, ...headers },
  });

describe('every error is a problem', () => {
  test.for([
    ['an address that is none', () => fetch(`${api.url}/api/v1/nothing`), 404, 'not-found'],
    ['broken JSON', () => post('/api/v1/customers', '{"name":'), 400, 'invalid-input'],
    [
      'a body nested without end',
      () => post('/api/v1/customers', `{"name":${'['.repeat(400_000)}${']'.repeat(400_000)}}`),
      400,
      'invalid-input',
    ],
    ['a body of another kind', () => post('/api/v1/customers', '["x"]'), 400, 'invalid-input'],
    [
      'a body in an unknown character set',
      () => post('/api/v1/customers', '{}', { 'content-type': 'application/json; charset=klingon' }),
      400,
      'invalid-input',
    ],
    [
      'a body that is too large',
      () => post('/api/v1/customers', JSON.stringify({ name: 'x'.repeat(1_100_000) })),
      413,
      'too-large',
    ],
    [
      'a character no text column holds',
      () => post('/api/v1/customers', JSON.stringify({ name: 'a\u0000b' })),
      400,
      'invalid-input',
    ],
    [
      'the same in a search',
      () => fetch(`${api.url}/api/v1/ports?q=%00`, { headers: { cookie: oak.cookie } }),
      400,
      'invalid-input',
    ],
    [
      'a parameter given twice',
      () => fetch(`${api.url}/api/v1/ports?limit=1&limit=2`, { headers: { cookie: oak.cookie } }),
      400,
      'invalid-input',
    ],
    [
      'a page of no length',
      () => fetch(`${api.url}/api/v1/ports?limit=0`, { headers: { cookie: oak.cookie } }),
      400,
      'invalid-input',
    ],
  ] as const)('%s', async ([, request, status, code]) => {
    const response = await request();
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = Problem.parse(await response.json());
    expect(problem).toMatchObject({ status, code, type: `/docs/errors/${code}` });
    expect(response.headers.get('x-request-id')).toBe(problem.requestId);
  });

  test('an internal error shows its id and no internals', async () => {
    await asOwner(api.database.ownerUrl, (sql) => sql.query('alter table customer rename to hidden'));
    try {
      const problem = await problemOf(oak.viewer(endpoints.listCustomers));
      expect(problem).toEqual({
        type: '/docs/errors/internal',
        title: ERROR_CODES.internal.title,
        status: 500,
        code: 'internal',
        requestId: expect.stringMatching(/^[\w-]{36}$/),
      });
    } finally {
      await asOwner(api.database.ownerUrl, (sql) => sql.query('alter table hidden rename to customer'));
    }
  });

  test.for(Object.keys(ERROR_CODES))('the page of %s is served', async (code) => {
    const response = await fetch(`${api.url}/docs/errors/${code}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(code);
  });
});

describe('request ids', () => {
  test("a caller's own is kept where it is a plain one", async () => {
    const given = await fetch(`${api.url}/healthz`, { headers: { 'x-request-id': 'trace-1234' } });
    expect(given.headers.get('x-request-id')).toBe('trace-1234');
    const strange = await fetch(`${api.url}/healthz`, { headers: { 'x-request-id': 'a b<script>' } });
    expect(strange.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });
});

describe('what the machines around us ask', () => {
  test('alive, ready and counted', async () => {
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${api.url}/metrics`, bearer(METRICS_TOKEN))).text();
    for (const name of [
      'loopstart_http_request_seconds_bucket',
      'loopstart_live_subscribers',
      'loopstart_db_connections',
    ]) {
      expect(metrics).toContain(name);
    }
    // Routes, not paths: an id in a label would make a series each.
    expect(metrics).not.toMatch(/route="[^"]*[0-9a-f]{8}-/);
  });

  test.for([
    ['nothing', {}],
    ['a guess', bearer('guess')],
    ['the token without saying what it is', { headers: { authorization: METRICS_TOKEN } }],
  ] as const)('metrics are for who has the token, not for %s', async ([, init]) => {
    const answer = await fetch(`${api.url}/metrics`, init);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('loopstart_');
  });

  test('without a token there are no metrics', async () => {
    const bare = await startApp();
    expect((await fetch(`${bare.url}/metrics`, bearer('undefined'))).status).toBe(404);
    await bare.close();
  });

  test('the description of the API and a page to read it, with nothing from elsewhere', async () => {
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as { openapi: string };
    expect(document.openapi).toBe('3.1.0');
    const page = await fetch(`${api.url}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const html = await page.text();
    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) expect((await fetch(api.url + asset)).status, asset).toBe(200);
    expect((await fetch(`${api.url}/docs/assets/package.json`)).status).toBe(404);
    expect((await fetch(`${api.url}/docs/errors/..%2F..%2Fpackage`)).status).toBe(404);
  });

  test('safe headers on every answer', async () => {
    const { headers } = await fetch(`${api.url}/api/v1/session`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
