import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, problemOf, startApp, type TestApp } from './app.ts';
import { createDatabase } from './database.ts';
import { asOwner } from './postgres.ts';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a password of ours';
const env = { INITIAL_OPERATOR: 'Oak', INITIAL_EMAIL: EMAIL, INITIAL_PASSWORD: PASSWORD };

let nowMs = Date.now();
let api: TestApp;
beforeAll(async () => {
  api = await startApp({ env, clock: () => nowMs });
});
afterAll(() => api.close());
// The limit of tries forgets after a minute; each test has a minute of its own.
beforeEach(() => {
  nowMs += 61_000;
});

async function signIn(url = api.url, password = PASSWORD): Promise<{ status: number; cookie: string }> {
  const response = await fetch(url + endpoints.signIn.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password }),
  });
  return { status: response.status, cookie: response.headers.getSetCookie()[0] ?? '' };
}

describe('signing in', () => {
  test('gives a cookie that scripts and other sites cannot use', async () => {
    const { status, cookie } = await signIn();
    expect(status).toBe(201);
    expect(cookie).toMatch(/^loopstart_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    const me = await clientOf(api.url, cookie.split(';')[0])(endpoints.getSession);
    expect(me).toMatchObject({ email: EMAIL, role: 'admin', operator: { name: 'Oak' } });
  });

  test('over https the cookie is never sent without it', async () => {
    const secure = await startApp({ env: { ...env, PUBLIC_URL: 'https://loopstart.example.com' } });
    expect((await signIn(secure.url)).cookie).toContain('; Secure');
    await secure.close();
  });

  test('a wrong password and an unknown person get the same answer', async () => {
    const wrong = await problemOf(api.anonymous(endpoints.signIn, { body: { email: EMAIL, password: 'wrong' } }));
    const unknown = await problemOf(
      api.anonymous(endpoints.signIn, { body: { email: 'eve@example.com', password: 'wrong' } }),
    );
    expect(wrong).toMatchObject({ status: 401, code: 'wrong-credentials' });
    expect({ ...unknown, requestId: '' }).toEqual({ ...wrong, requestId: '' });
  });

  test('trying on and on has to wait, and then may go on', async () => {
    const tries = () => problemOf(api.anonymous(endpoints.signIn, { body: { email: EMAIL, password: 'guess' } }));
    for (let index = 0; index < 10; index += 1) expect((await tries()).code).toBe('wrong-credentials');
    expect(await tries()).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect((await signIn()).status).toBe(429);
    nowMs += 61_000;
    expect((await signIn()).status).toBe(201);
  });

  test('stores neither the password nor the token', async () => {
    const { cookie } = await signIn();
    const token = /=([\w-]+);/.exec(cookie)![1]!;
    const { rows } = await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(
        `select u.password_hash, encode(s.token_hash, 'escape') as token from app_user u join session s on s.user_id = u.id`,
      ),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(row.token).not.toContain(token);
    }
  });
});

describe('a session', () => {
  test('ends after twelve hours', async () => {
    const client = clientOf(api.url, (await signIn()).cookie.split(';')[0]);
    nowMs += 12 * 3_600_000 - 1000;
    expect((await client(endpoints.getSession)).email).toBe(EMAIL);
    nowMs += 1000;
    expect((await problemOf(client(endpoints.getSession))).code).toBe('not-signed-in');
  });

  test('ends when its person signs out, and only that one', async () => {
    const [first, second] = await Promise.all([signIn(), signIn()]);
    const [gone, stays] = [first, second].map(({ cookie }) => clientOf(api.url, cookie.split(';')[0]));
    await gone!(endpoints.signOut);
    expect((await problemOf(gone!(endpoints.getSession))).code).toBe('not-signed-in');
    expect((await stays!(endpoints.getSession)).email).toBe(EMAIL);
  });

  test.for([
    ['made up', `loopstart_session=${'A'.repeat(43)}`],
    ['cut short', 'loopstart_session=AAAA'],
    ['with characters that are none of ours', `loopstart_session=${"'".repeat(43)}`],
  ])('a cookie %s is nobody', async ([, cookie]) => {
    expect((await problemOf(clientOf(api.url, cookie)(endpoints.getSession))).code).toBe('not-signed-in');
  });
});

test('the first operator is made once, also by two processes that start at once', async () => {
  const database = await createDatabase(env);
  const [one, two] = await Promise.all([startApp({ database }), startApp({ database })]);
  const third = await startApp({ database });
  const { rows } = await asOwner(database.ownerUrl, (sql) =>
    sql.query('select count(*)::int as operators from operator'),
  );
  expect(rows).toEqual([{ operators: 1 }]);
  await Promise.all([one.close(), two.close(), third.close()]);
  await database.drop();
});
