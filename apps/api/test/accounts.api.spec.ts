import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import pg from 'pg';
import { type Client, clientOf, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { rowsOf } from './ingest.ts';
import { startMailServer } from './mailbox.ts';

const OLD = 'correct horse battery';
const NEW = 'seven quiet harbours';
let nowMs = Date.now();
let mail: Awaited<ReturnType<typeof startMailServer>>;
let api: TestApp;
let oak: TestOperator;
let email: string;
let person: Client;

beforeAll(async () => {
  mail = await startMailServer();
  api = await startApp({ env: { SMTP_URL: mail.url }, clock: () => nowMs });
});
afterAll(async () => {
  await api.close();
  await mail.stop();
});
beforeEach(async () => {
  await rowsOf(api.database.ownerUrl, 'delete from try_pace');
  oak = await api.operator('Oak');
  person = oak.technician;
  email = (await person(endpoints.getSession)).email;
});

const ask = (to = email) => api.anonymous(endpoints.askReset, { body: { email: to } });
const use = (token: string, newPassword = NEW) => api.anonymous(endpoints.useReset, { body: { token, newPassword } });
const signIn = (to: string, password: string) => api.anonymous(endpoints.signIn, { body: { email: to, password } });
async function resetToken(): Promise<string> {
  await ask();
  return (await mail.next(email, /set a new password/iu)).token!;
}

describe('a reset', () => {
  test('sets the password, ends all sessions, and is on record', async () => {
    const token = await resetToken();
    expect(await api.anonymous(endpoints.readReset, { body: { token } })).toEqual({ email, name: 'Oak technician' });
    await use(token);
    expect((await problemOf(person(endpoints.getSession))).code).toBe('not-signed-in');
    expect((await problemOf(signIn(email, OLD))).code).toBe('wrong-credentials');
    expect((await signIn(email, NEW)).email).toBe(email);
    await mail.next(email, /your password was changed/u);
    const { items } = await oak.admin(endpoints.listAudit, { query: { limit: 10 } });
    expect(items.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['ask-reset', 'reset-password']));
  });

  test('of 100 uses at once exactly one wins', async () => {
    const token = await resetToken();
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        use(token, `${NEW} number ${index}`).then(
          () => 'won',
          (error) => error.problem.code as string,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['won', 'link-over', 'too-many-requests']));
  });

  test('ends after 30 minutes', async () => {
    const token = await resetToken();
    nowMs += 30 * 60_000;
    expect(await problemOf(use(token))).toMatchObject({ status: 410, code: 'link-over' });
  });

  test('ends the others of the person', async () => {
    const [first, second] = [await resetToken(), await resetToken()];
    await use(second);
    expect((await problemOf(use(first, 'another quiet harbour'))).code).toBe('link-over');
  });

  test('is answered alike for every address, before the account is looked for', async () => {
    // Nothing of the answer may wait for what only a known address does: here that would wait for ever.
    const blocker = new pg.Client({ connectionString: api.database.ownerUrl });
    await blocker.connect();
    await blocker.query('begin; lock table account_link in access exclusive mode');
    const [known, unknown] = await Promise.all([ask(), ask('nobody@example.com')]);
    expect(known).toEqual(unknown);
    await blocker.query('rollback');
    await blocker.end();
    await mail.next(email);
    expect(mail.mails.filter(({ to }) => to.includes('nobody@example.com'))).toEqual([]);
  });

  test('asked for by an attacker without end, mails little, and the owner still gets in', async () => {
    const statuses = [];
    for (let index = 0; index < 14; index += 1)
      statuses.push(
        await ask().then(
          () => 204,
          (error) => error.problem.status as number,
        ),
      );
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 204));
    expect(statuses.slice(10)).toEqual([429, 429, 429, 429]);
    const tokens = [];
    for (let index = 0; index < 4; index += 1) tokens.push((await mail.next(email)).token!);
    expect(mail.mails.filter(({ to }) => to.includes(email))).toEqual([]);
    await use(tokens[0]!);
    expect((await signIn(email, NEW)).email).toBe(email);
  });

  test('a password that can be guessed leaves the link as it is', async () => {
    const token = await resetToken();
    expect(await problemOf(use(token, 'oak technician oak'))).toMatchObject({
      fields: [{ path: 'body.newPassword', expected: expect.stringContaining('your name') }],
    });
    await use(token);
  });

  test('a token that is none is unknown', async () => {
    expect(await problemOf(use('x'.repeat(43)))).toMatchObject({ status: 404, code: 'link-unknown' });
  });
});

describe('another e-mail address', () => {
  const change = (to: string, currentPassword = OLD) =>
    person(endpoints.changeEmail, { body: { email: to, currentPassword } });

  test('counts when it is confirmed, and the old one is told', async () => {
    const moved = `moved-${email}`;
    await change(moved);
    const { token } = await mail.next(moved, /Confirm the address/u);
    expect((await mail.next(email, /is to move to/u)).text).toContain(moved);
    expect((await person(endpoints.getSession)).email).toBe(email);
    expect(await api.anonymous(endpoints.confirmEmail, { body: { token: token! } })).toEqual({ email: moved });
    expect((await signIn(moved, OLD)).email).toBe(moved);
    expect((await problemOf(signIn(email, OLD))).code).toBe('wrong-credentials');
    expect((await problemOf(api.anonymous(endpoints.confirmEmail, { body: { token: token! } }))).code).toBe(
      'link-over',
    );
  });

  test('that has an account already is answered alike, and told', async () => {
    const { email: taken } = await oak.viewer(endpoints.getSession);
    expect(await change(taken)).toEqual(await change(`free-${email}`));
    expect((await mail.next(taken)).token).toBeNull();
  });

  test('needs the password', async () => {
    expect(await problemOf(change('other@example.com', 'wrong'))).toMatchObject({
      fields: [{ path: 'body.currentPassword', expected: 'your present password' }],
    });
  });
});

test('name and time zone are one for all operators, and on record', async () => {
  expect(await person(endpoints.updateProfile, { body: { name: 'Tom Moor', timeZone: 'Europe/Paris' } })).toMatchObject(
    {
      name: 'Tom Moor',
      timeZone: 'Europe/Paris',
    },
  );
  expect(await person(endpoints.getSession)).toMatchObject({ name: 'Tom Moor', timeZone: 'Europe/Paris' });
  const problem = await problemOf(person(endpoints.updateProfile, { body: { timeZone: 'Mars/North' } }));
  expect(problem.fields?.[0]?.path).toBe('body.timeZone');
});

test('changing the password checks it, tells the person, and voids resets', async () => {
  const token = await resetToken();
  const change = (newPassword: string) =>
    person(endpoints.changePassword, { body: { currentPassword: OLD, newPassword } });
  expect((await problemOf(change('aaaaaaaaaaaaaaaa'))).fields?.[0]?.expected).toContain('repeats');
  await change(NEW);
  await mail.next(email, /your password was changed/u);
  expect((await problemOf(use(token))).code).toBe('link-over');
});

test('a signed-out client has no profile', async () => {
  expect((await problemOf(clientOf(api.url)(endpoints.listOwnOperators))).status).toBe(401);
});
