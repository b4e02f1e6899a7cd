import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { startMailServer } from './mailbox.ts';

const PASSWORD = 'seven quiet harbours';
let nowMs = Date.now();
let mail: Awaited<ReturnType<typeof startMailServer>>;
let api: TestApp;
let oak: TestOperator;
let number = 0;
let email: string;

beforeAll(async () => {
  mail = await startMailServer();
  api = await startApp({ env: { SMTP_URL: mail.url, PUBLIC_URL: 'http://console.test:3000' }, clock: () => nowMs });
  oak = await api.operator('Oak');
});
afterAll(async () => {
  await api.close();
  await mail.stop();
});
beforeEach(async () => {
  email = `person-${(number += 1)}@example.com`;
  await forgetTries();
});

/** Each test has tries of its own. */
const forgetTries = () => rowsOf(api.database.ownerUrl, 'delete from try_pace');
const invite = (to: string, more: object = {}) =>
  oak.admin(endpoints.createInvitation, { body: { email: to, role: 'technician', ...more } });
const accept = (token: string, name = 'Pat') =>
  api.anonymous(endpoints.acceptInvitation, { body: { token, name, password: PASSWORD } });
const signIn = (to: string, password = PASSWORD) => api.anonymous(endpoints.signIn, { body: { email: to, password } });
async function tokenFor(to: string, more: object = {}): Promise<string> {
  await invite(to, more);
  return (await mail.next(to, /invites you/u)).token!;
}

describe('an invitation', () => {
  test('arrives by mail with a link of its own, and is listed', async () => {
    const { invitation, link } = await invite(email);
    expect(link).toBeNull();
    expect(invitation).toMatchObject({ email, role: 'technician', roleTitle: 'Technician', expired: false });
    const received = await mail.next(email);
    expect(received.text).toContain('Oak admin invites you to Oak on Loopstart');
    expect(received.text).toContain('http://console.test:3000/invitation#');
    const { items } = await oak.admin(endpoints.listInvitations);
    expect(items.find(({ id }) => id === invitation.id)).toMatchObject({ mail: { error: null } });
  });

  test('shows what it offers to who has its token', async () => {
    const token = await tokenFor(email);
    expect(await api.anonymous(endpoints.readInvitation, { body: { token } })).toMatchObject({
      operator: 'Oak',
      email,
      role: 'Technician',
      invitedBy: 'Oak admin',
      account: 'new',
    });
  });

  test('makes an account that works at once and afterwards, with the role and the places of it', async () => {
    const place = await plant(api.database.ownerUrl, oak.operatorId);
    const limitedTo = { customerIds: [place.customerId], siteIds: [], tags: [] };
    const token = await tokenFor(email, { role: 'customer-manager', limitedTo });
    expect(await accept(token, 'Pat Moor')).toMatchObject({
      email,
      name: 'Pat Moor',
      role: 'customer-manager',
      limitedTo,
    });
    expect(await signIn(email)).toMatchObject({ name: 'Pat Moor', operator: { name: 'Oak' } });
    await mail.next(email, /You work for Oak/u);
    const { items } = await oak.admin(endpoints.listMembers);
    expect(items.find((one) => one.email === email)).toMatchObject({ role: 'customer-manager', removedAt: null });
    const { items: entries } = await oak.admin(endpoints.listAudit, { query: { limit: 5 } });
    expect(entries.map(({ verb }) => verb)).toContain('join');
  });

  test('of 100 uses at once exactly one wins', async () => {
    const token = await tokenFor(email);
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        accept(token, `Racer ${index}`).then(
          () => 'won',
          (error) => error.problem.code as string,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['won', 'link-over', 'too-many-requests']));
    const rows = await rowsOf(api.database.ownerUrl, `select id from account where email = '${email}'`);
    expect(rows).toHaveLength(1);
  });

  test('of 100 people who join at once with an account that is there, one wins', async () => {
    await accept(await tokenFor(email));
    const elm = await api.operator('Elm');
    await elm.admin(endpoints.createInvitation, { body: { email, role: 'read-only' } });
    const { token } = await mail.next(email, /invites you to Elm/u);
    const response = await fetch(api.url + endpoints.signIn.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    const own = clientOf(api.url, response.headers.getSetCookie()[0]!.split(';')[0]);
    const outcomes: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      await forgetTries();
      outcomes.push(
        ...(await Promise.all(
          Array.from({ length: 50 }, () =>
            own(endpoints.joinByInvitation, { body: { token: token! } }).then(
              () => 'won',
              (error) => error.problem.code as string,
            ),
          ),
        )),
      );
    }
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'link-over')).toHaveLength(99);
    expect((await own(endpoints.listOwnOperators)).items.map(({ name }) => name).toSorted()).toEqual(['Elm', 'Oak']);
  });

  test('ends after 72 hours', async () => {
    const token = await tokenFor(email);
    const [{ hours }] = (await rowsOf<{ hours: number }>(
      api.database.ownerUrl,
      `update invitation set expires_at = expires_at - interval '72 hours' where email = '${email}'
       returning extract(epoch from expires_at - created_at)::int / 3600 as hours`,
    )) as [{ hours: number }];
    expect(hours).toBe(0);
    expect(await problemOf(accept(token))).toMatchObject({
      status: 410,
      code: 'link-over',
      detail: expect.stringContaining('expired'),
    });
    // And can be sent anew.
    expect((await invite(email)).invitation.expired).toBe(false);
  });

  test('ends when it is withdrawn', async () => {
    const { invitation } = await invite(email);
    const { token } = await mail.next(email);
    await oak.admin(endpoints.withdrawInvitation, { params: { invitationId: invitation.id } });
    expect(await problemOf(accept(token!))).toMatchObject({
      code: 'link-over',
      detail: 'This invitation was withdrawn.',
    });
    expect((await oak.admin(endpoints.listInvitations)).items.map(({ id }) => id)).not.toContain(invitation.id);
  });

  test('sent again, has a new link, and the old one is unknown', async () => {
    const { invitation } = await invite(email);
    const { token: old } = await mail.next(email);
    await oak.admin(endpoints.resendInvitation, { params: { invitationId: invitation.id } });
    const { token } = await mail.next(email);
    expect(token).not.toBe(old);
    expect((await problemOf(accept(old!))).code).toBe('link-unknown');
    expect((await accept(token!)).email).toBe(email);
  });

  test('ends when its inviter is removed', async () => {
    const second = await tokenFor(email, { role: 'administrator' });
    const cookie = await cookieOf(() => acceptRaw(second));
    const other = `other-${email}`;
    await clientOf(api.url, cookie)(endpoints.createInvitation, { body: { email: other, role: 'read-only' } });
    const { token } = await mail.next(other);
    const { items } = await oak.admin(endpoints.listMembers);
    const userId = items.find((one) => one.email === email)!.id;
    await oak.admin(endpoints.removeMember, { params: { userId } });
    expect((await problemOf(accept(token!))).code).toBe('link-over');
  });

  test.for([
    ['a member of today', 'technician', 409],
    ['an invitation that is open', 'invited', 409],
  ] as const)('is refused for %s', async ([, which, status]) => {
    const token = await tokenFor(email);
    if (which === 'technician') await accept(token);
    expect(await problemOf(invite(email))).toMatchObject({ status, code: 'already-exists' });
  });

  test.for([
    ['no address', { email: 'nobody' }, 'body.email'],
    ['a role that is none', { role: 'king' }, 'body.role'],
    ['an own role of nobody', { role: crypto.randomUUID() }, 'body.role'],
    [
      'a place of nobody',
      { limitedTo: { customerIds: [crypto.randomUUID()], siteIds: [], tags: [] } },
      'body.limitedTo.customerIds',
    ],
    ['a role for a part of the fleet without one', { role: 'customer-manager' }, 'body.limitedTo'],
    [
      'an owner of a part',
      { role: 'owner', limitedTo: { customerIds: [], siteIds: [], tags: ['north'] } },
      'body.limitedTo',
    ],
  ] as const)('names what is wrong: %s', async ([, wrong, path]) => {
    const problem = await problemOf(
      oak.admin(endpoints.createInvitation, { body: { email, role: 'technician', ...wrong } as never }),
    );
    expect(problem).toMatchObject({ status: 400, code: 'invalid-input' });
    expect(problem.fields?.map((field) => field.path)).toContain(path);
  });

  test('of an owner is for owners alone', async () => {
    const cookie = await cookieOf(async () => acceptRaw(await tokenFor(email, { role: 'administrator' })));
    const administrator = clientOf(api.url, cookie);
    const body = { email: `boss-${email}`, role: 'owner' as const };
    expect(await problemOf(administrator(endpoints.createInvitation, { body }))).toMatchObject({
      status: 403,
      code: 'beyond-own-rights',
    });
  });

  test('mailed too often to one address has to wait', async () => {
    const { invitation } = await invite(email);
    const again = () => oak.admin(endpoints.resendInvitation, { params: { invitationId: invitation.id } });
    for (let index = 0; index < 3; index += 1) await again();
    expect(await problemOf(again())).toMatchObject({ status: 429 });
  });

  test('a password that guessers try first is refused in words, and the invitation stays', async () => {
    const token = await tokenFor(email);
    const tryWith = (password: string) =>
      problemOf(api.anonymous(endpoints.acceptInvitation, { body: { token, name: 'Pat Moor', password } }));
    expect(await tryWith('Loopstart2026!xx')).toMatchObject({
      code: 'invalid-input',
      fields: [{ path: 'body.password', expected: expect.stringContaining('name of your organisation') }],
    });
    expect((await tryWith('passwordpassword')).fields?.[0]?.expected).toContain('repeats');
    expect((await tryWith(`${email}12`)).fields?.[0]?.path).toBe('body.password');
    expect((await accept(token)).email).toBe(email);
  });
});

describe('a person with an account', () => {
  test('joins another operator by their password, and nobody is signed in by that', async () => {
    await accept(await tokenFor(email));
    const elm = await api.operator('Elm');
    await elm.admin(endpoints.createInvitation, { body: { email, role: 'read-only' } });
    const { token } = await mail.next(email, /invites you to Elm/u);
    expect(await api.anonymous(endpoints.readInvitation, { body: { token: token! } })).toMatchObject({
      account: 'known',
    });
    expect((await problemOf(accept(token!))).code).toBe('link-over');
    const join = (password: string) => api.anonymous(endpoints.joinByInvitation, { body: { token: token!, password } });
    expect((await problemOf(join('seven quiet harbors'))).fields).toEqual([
      { path: 'body.password', expected: 'the password of your account' },
    ]);
    expect(await join(PASSWORD)).toEqual({ operatorId: elm.operatorId });
    expect((await problemOf(join(PASSWORD))).code).toBe('link-over');
  });

  test('works for the operator used last, and switches', async () => {
    await accept(await tokenFor(email));
    const elm = await api.operator('Elm');
    await elm.admin(endpoints.createInvitation, { body: { email, role: 'read-only' } });
    const { token } = await mail.next(email, /invites you to Elm/u);
    await api.anonymous(endpoints.joinByInvitation, { body: { token: token!, password: PASSWORD } });
    const first = await cookieOf(() => signInRaw(email));
    const person = clientOf(api.url, first);
    expect((await person(endpoints.getSession)).operator.name).toBe('Oak');
    nowMs += 1000;
    const second = await cookieOf(() =>
      fetch(api.url + endpoints.switchOperator.path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: first, 'x-loopstart-csrf': '1' },
        body: JSON.stringify({ operatorId: elm.operatorId }),
      }),
    );
    expect(await clientOf(api.url, second)(endpoints.getSession)).toMatchObject({
      operator: { name: 'Elm' },
      role: 'read-only',
    });
    expect((await problemOf(person(endpoints.getSession))).code).toBe('not-signed-in');
    nowMs += 1000;
    expect((await signIn(email)).operator.name).toBe('Elm');
    const stranger = clientOf(api.url, second);
    const elsewhere = await api.operator('Ash');
    expect(
      (await problemOf(stranger(endpoints.switchOperator, { body: { operatorId: elsewhere.operatorId } }))).code,
    ).toBe('not-found');
  });
});

describe('mail', () => {
  test('that the server does not take now is tried again, and its fault is shown', async () => {
    mail.refuse(451);
    const { invitation } = await invite(email);
    const state = async () =>
      (await oak.admin(endpoints.listInvitations)).items.find(({ id }) => id === invitation.id)!.mail;
    await expect.poll(state, { timeout: 10_000 }).toEqual({ state: 'waiting', error: 'The mail server answered 451.' });
    mail.refuse(null);
    nowMs += 10_000;
    await mail.next(email);
    await expect.poll(state, { timeout: 10_000 }).toEqual({ state: 'sent', error: null });
  });

  test('that the server will never take is given up', async () => {
    mail.refuse(550);
    const { invitation } = await invite(email);
    const state = async () =>
      (await oak.admin(endpoints.listInvitations)).items.find(({ id }) => id === invitation.id)!.mail;
    await expect.poll(state, { timeout: 10_000 }).toEqual({ state: 'failed', error: 'The mail server answered 550.' });
    mail.refuse(null);
  });

  test('nothing that is stored opens a link', async () => {
    const token = await tokenFor(email);
    for (const table of ['invitation', 'mail', 'audit_entry', 'account_link']) {
      const rows = await rowsOf(api.database.ownerUrl, `select t::text as row from ${table} t`);
      expect(JSON.stringify(rows)).not.toContain(token);
    }
  });
});

test('without a mail server the inviter gets the link to hand over', async () => {
  const plain = await startApp({ env: { PUBLIC_URL: 'http://console.test:3000' } });
  const ash = await plain.operator('Ash');
  const { invitation, link } = await ash.admin(endpoints.createInvitation, { body: { email, role: 'read-only' } });
  expect(invitation.mail).toEqual({ state: 'none', error: null });
  const token = /^http:\/\/console\.test:3000\/invitation#([\w-]{43})$/u.exec(link!)![1]!;
  const user = await plain.anonymous(endpoints.acceptInvitation, { body: { token, name: 'Pat', password: PASSWORD } });
  expect(user).toMatchObject({ email, operator: { name: 'Ash' } });
  expect((await ash.admin(endpoints.listInvitations)).mail).toBe('none');
  await plain.close();
});

test('in the demo mail lands in a mailbox, and elsewhere there is none', async () => {
  const demo = await startApp({ env: { DEMO_MAILBOX: 'on', PUBLIC_URL: 'http://console.test:3000' } });
  const [ash, elm] = await Promise.all([demo.operator('Ash'), demo.operator('Elm')]);
  await ash.admin(endpoints.createInvitation, { body: { email, role: 'read-only' } });
  const { items } = await ash.admin(endpoints.listMailbox);
  expect(items).toMatchObject([
    { to: email, link: expect.stringMatching(/^http:\/\/console\.test:3000\/invitation#[\w-]{43}$/u) },
  ]);
  expect(await elm.admin(endpoints.listMailbox)).toEqual({ demo: true, items: [] });
  await demo.close();
  expect(await oak.admin(endpoints.listMailbox)).toEqual({ demo: false, items: [] });
});

const acceptRaw = (token: string) =>
  fetch(api.url + endpoints.acceptInvitation.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: 'Pat', password: PASSWORD }),
  });
const signInRaw = (to: string) =>
  fetch(api.url + endpoints.signIn.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: to, password: PASSWORD }),
  });
async function cookieOf(ask: () => Promise<Response>): Promise<string> {
  const response = await ask();
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
}
