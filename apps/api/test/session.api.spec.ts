import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { SESSIONS_MAX } from '../src/core/session/session-limit.ts';
import { clientOf, problemOf, startApp, type TestApp } from './app.ts';
import { createDatabase } from './database.ts';
import { rowsOf } from './ingest.ts';
import { asOwner } from './postgres.ts';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a password of ours';
const CONSOLE_KEY = 'a key between console and API, long enough';
const env = {
  INITIAL_OPERATOR: 'Oak',
  INITIAL_EMAIL: EMAIL,
  INITIAL_PASSWORD: PASSWORD,
  LOOPSTART_CONSOLE_KEY: CONSOLE_KEY,
};

let nowMs = Date.now();
let api: TestApp;
beforeAll(async () => {
  api = await startApp({ env, clock: () => nowMs });
});
afterAll(() => api.close());
// Tries are forgotten within half an hour; each test has one of its own.
beforeEach(() => {
  nowMs += 1_800_000;
});

async function signIn(url = api.url, password = PASSWORD, headers: Record<string, string> = {}) {
  const response = await fetch(url + endpoints.signIn.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email: EMAIL, password }),
  });
  const [cookie = '', device = ''] = response.headers.getSetCookie();
  return { status: response.status, cookie, device, retryAfter: response.headers.get('retry-after') };
}
/** As our console hands on a browser at this address. */
const through = (address: string) => ({ 'x-forwarded-for': address, 'x-loopstart-console': CONSOLE_KEY });
const audited = () =>
  rowsOf<{ verb: string; change: unknown; name: string }>(
    api.database.ownerUrl,
    'select verb, change, user_name as name from audit_entry order by id desc limit 3',
  );

describe('signing in', () => {
  test('gives a cookie that scripts and other sites cannot use', async () => {
    const { status, cookie } = await signIn();
    expect(status).toBe(201);
    expect(cookie).toMatch(/^loopstart_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    const me = await clientOf(api.url, cookie.split(';')[0])(endpoints.getSession);
    expect(me).toMatchObject({ email: EMAIL, role: 'owner', operator: { name: 'Oak' } });
  });

  test('of one account opens 20 sessions at most: one more ends the one that was unused longest, on record', async () => {
    const opened: string[] = [];
    for (let index = 0; index <= SESSIONS_MAX; index += 1) {
      // Each at a time of its own; the third is used again, so that the first to end is another.
      nowMs += 61_000;
      opened.push((await signIn()).cookie.split(';')[0]!);
      if (index === 2) await clientOf(api.url, opened[0])(endpoints.getSession);
    }
    const works = await Promise.all(
      opened.map((cookie) =>
        clientOf(
          api.url,
          cookie,
        )(endpoints.getSession).then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(works.flatMap((isOpen, index) => (isOpen ? [] : [index]))).toEqual([1]);
    expect((await audited())[0]).toMatchObject({ verb: 'sign-in', change: { oldestSessionsEnded: 1 } });
  });

  test('over https the cookie is never sent without it', async () => {
    const secure = await startApp({ env: { ...env, PUBLIC_URL: 'https://loopstart.example.com' } });
    const { cookie, device } = await signIn(secure.url);
    expect(cookie).toMatch(/^__Host-loopstart_session=[^;]+; Path=\/; .*; Secure$/);
    expect(device).toMatch(/^__Host-loopstart_device=[^;]+; Path=\/; .*; Secure$/);
    expect((await clientOf(secure.url, cookie.split(';')[0])(endpoints.getSession)).email).toBe(EMAIL);
    // A neighbour on the domain cannot plant one by the plain name.
    const planted = cookie.split(';')[0]!.replace('__Host-', '');
    expect((await problemOf(clientOf(secure.url, planted)(endpoints.getSession))).code).toBe('not-signed-in');
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

  test('forged addresses are throttled as the one that forges them', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 60; index += 1) {
      const forged = `198.51.100.${index + 1}`;
      statuses.push((await signIn(api.url, 'guess', { 'x-forwarded-for': `${forged}, ${forged}` })).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(10)).toEqual(Array.from({ length: 50 }, () => 429));
  });

  test('who guesses keeps the owner out neither at a clean address nor in a browser that is known', async () => {
    const { device } = await signIn();
    for (let index = 0; index < 11; index += 1) await signIn(api.url, 'guess');
    expect(await signIn()).toMatchObject({ status: 429, retryAfter: '60' });
    expect((await signIn(api.url, PASSWORD, through('203.0.113.7'))).status).toBe(201);
    expect((await signIn(api.url, PASSWORD, { cookie: device.split(';')[0]! })).status).toBe(201);
    const forged = device.split(';')[0]!.replace(/\.[\w-]+$/, `.${'A'.repeat(43)}`);
    expect((await signIn(api.url, PASSWORD, { cookie: forged })).status).toBe(429);
  });

  test('two API processes share the limit', async () => {
    const second = await startApp({ database: api.database, clock: () => nowMs });
    for (let index = 0; index < 10; index += 1)
      expect((await signIn(index % 2 === 0 ? api.url : second.url, 'guess')).status).toBe(401);
    expect((await signIn(api.url)).status).toBe(429);
    expect((await signIn(second.url)).status).toBe(429);
    await second.close();
  });

  test('is on record with the address: success, refusal, and signing out; the password is not', async () => {
    await signIn(api.url, 'a guess nobody may read', through('203.0.113.9'));
    await vi.waitFor(async () => expect((await audited())[0]).toMatchObject({ verb: 'sign-in-refused' }));
    const { cookie } = await signIn(api.url, PASSWORD, through('203.0.113.9'));
    await clientOf(api.url, cookie.split(';')[0])(endpoints.signOut);
    expect(await audited()).toEqual([
      { verb: 'sign-out', name: 'Administrator', change: { address: '127.0.0.1' } },
      { verb: 'sign-in', name: 'Administrator', change: { address: '203.0.113.9' } },
      { verb: 'sign-in-refused', name: 'Administrator', change: { address: '203.0.113.9' } },
    ]);
  });

  test('stores neither the password nor the token', async () => {
    const { cookie } = await signIn();
    const token = /=([\w-]+);/.exec(cookie)![1]!;
    const { rows } = await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(
        `select c.password_hash, encode(s.token_hash, 'escape') as token from account_credential c join session s using (account_id)`,
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

describe('changing one’s password', () => {
  const NEW = 'another password of ours';
  const change = (cookie: string, currentPassword: string, newPassword: string) =>
    clientOf(api.url, cookie.split(';')[0])(endpoints.changePassword, { body: { currentPassword, newPassword } });

  test('needs the present one, ends the other sessions, and is on record', async () => {
    const [here, there] = [await signIn(), await signIn()];
    await change(here.cookie, PASSWORD, NEW);
    expect((await clientOf(api.url, here.cookie.split(';')[0])(endpoints.getSession)).email).toBe(EMAIL);
    const gone = clientOf(api.url, there.cookie.split(';')[0])(endpoints.getSession);
    expect((await problemOf(gone)).code).toBe('not-signed-in');
    expect((await audited())[0]).toMatchObject({ verb: 'change-password', change: { address: '127.0.0.1' } });
    expect(JSON.stringify(await audited())).not.toContain('password of ours');
    expect((await signIn()).status).toBe(401);
    const again = await signIn(api.url, NEW);
    expect(again.status).toBe(201);
    await change(again.cookie, NEW, PASSWORD);
  });

  test.for([
    ['a wrong present one', 'guess', NEW, 'body.currentPassword'],
    ['one that is too short', PASSWORD, 'elevenchars', 'body.newPassword'],
    ['the same', PASSWORD, PASSWORD, 'body.newPassword'],
  ] as const)('%s is refused by name', async ([, current, next, path]) => {
    const { cookie } = await signIn();
    expect(await problemOf(change(cookie, current, next))).toMatchObject({ status: 400, fields: [{ path }] });
  });

  test('guessing at it from a session left open is slowed down', async () => {
    const { cookie } = await signIn();
    const guesses = [];
    for (let index = 0; index < 12; index += 1) guesses.push((await problemOf(change(cookie, 'guess', NEW))).status);
    expect(guesses).toEqual([...Array.from({ length: 10 }, () => 400), 429, 429]);
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
