import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApiProcess } from './api-process.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { listen } from './live-client.ts';
import { freePort } from './postgres.ts';

let database: TestDatabase;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await database.drop();
});

const start = (env: NodeJS.ProcessEnv) => startApiProcess(database, env, children);

test.for(['SIGTERM', 'SIGINT'] as const)(
  'it says when it is ready, serves, and at %s ends everything it holds, browsers that listen included',
  async (signal) => {
    const api = start({
      LOG_LEVEL: 'info',
      INITIAL_OPERATOR: 'Oak',
      INITIAL_EMAIL: 'ada@example.com',
      INITIAL_PASSWORD: 'a password of ours',
    });
    const url = await api.ready;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const signedIn = await fetch(url + endpoints.signIn.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password: 'a password of ours' }),
    });
    const browser = await listen(url, { cookie: signedIn.headers.getSetCookie()[0]!.split(';')[0]! });
    api.child.kill(signal);
    await browser.ended;
    const [code, by] = await api.exit;
    // The signal is raised again when all is done, so that a supervisor sees why it ended.
    expect(by ?? code).toBe(signal);
    expect(api.output.stdout).toMatch(/"msg":"stopping"[\s\S]*"msg":"stopped"/);
    expect(api.output.stderr).toBe('');
  },
);

test.for<[string, () => Promise<NodeJS.ProcessEnv>, RegExp]>([
  ['a variable that is wrong', async () => ({ PORT: 'http' }), /PORT: /],
  ['no key', async () => ({ LOOPSTART_SECRET_KEY: '' }), /LOOPSTART_SECRET_KEY/],
  [
    'nobody at the address of the database',
    async () => ({ DATABASE_URL: `postgresql://owner:pw@127.0.0.1:${await freePort()}/loopstart` }),
    /DATABASE_URL cannot be reached/,
  ],
  [
    'a password that is wrong',
    async () => ({ DATABASE_URL: database.ownerUrl.replace(/:[0-9a-f]+@/, ':wrong@') }),
    /refused the user or password/,
  ],
  [
    'a database that is not there',
    async () => ({ DATABASE_URL: database.ownerUrl.replace(/\/t_\w+$/, '/nowhere') }),
    /does not exist/,
  ],
  [
    'an application that signs in as the owner',
    async () => ({ DATABASE_APP_URL: `${database.ownerUrl}?options=-c%20role%3Dloopstart_app` }),
    /DATABASE_APP_URL signs in as owner, which is or can become a superuser.*create role loopstart_api login/,
  ],
  [
    'a password of the application that is wrong',
    async () => ({ DATABASE_APP_URL: database.config.DATABASE_APP_URL.replace(/:[0-9a-f]+@/, ':wrong@') }),
    /refused the user or password of DATABASE_APP_URL/,
  ],
])('%s ends it with one sentence', async ([, env, sentence]) => {
  const api = start(await env());
  expect((await api.exit)[0]).toBe(1);
  const lines = api.output.stderr.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 60, msg: expect.stringMatching(sentence) });
});

test('a port that is taken ends it with one sentence', async () => {
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  const api = start({ PORT: String(port) });
  expect((await api.exit)[0]).toBe(1);
  expect(api.output.stderr).toContain('in use already');
  taken.close();
});
