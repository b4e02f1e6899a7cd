import { endpoints } from '@loopstart/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, problemOf, proveAgain, startApp, type TestApp, type TestOperator } from './app.ts';
import { IdentityProvider } from './identity-provider.ts';
import { rowsOf } from './ingest.ts';
import { plantMember } from './people.ts';
import { asOwner } from './postgres.ts';
import { arrive, begin, connect, connectionBody, PUBLIC_URL, signOn } from './single-sign-on.ts';

let aheadMs = 0;
let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let provider: IdentityProvider;
let other: IdentityProvider;
let connectionId: string;
let number = 0;
let email: string;

beforeAll(async () => {
  api = await startApp({
    env: { PUBLIC_URL, LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1,localhost' },
    clock: () => Date.now() + aheadMs,
  });
  oak = await api.operator('Oak');
  elm = await api.operator('Elm');
  provider = await IdentityProvider.start();
  other = await IdentityProvider.start();
  const connection = await connect(oak, provider.issuer);
  connectionId = connection.id;
  provider.serve([connection.redirectUri]);
});
afterAll(async () => {
  await provider.stop();
  await other.stop();
  await api.close();
});
beforeEach(async () => {
  email = `person-${(number += 1)}@oak.example.com`;
  provider.seen = {};
  provider.person = { sub: `sub-${number}`, email, email_verified: true, name: 'Pat Moor', groups: [] };
  await rowsOf(api.database.ownerUrl, 'delete from try_pace');
  await proveAgain(oak.admin);
});
afterEach(async () => {
  await update({});
});

const update = async (more: object) => {
  // A test may have moved the clock.
  await proveAgain(oak.admin);
  return oak.admin(endpoints.updateSsoConnection, {
    params: { connectionId },
    body: connectionBody(provider.issuer, more),
  });
};
const member = (role = 'technician', operatorId = oak.operatorId, address = email) =>
  asOwner(api.database.ownerUrl, (sql) =>
    plantMember(sql, { operatorId, email: address, name: 'Pat', role, passwordHash: null }),
  );
const audited = async (count = 6) => (await oak.admin(endpoints.listAudit, { query: { limit: count } })).items;
const userOf = (session: string | null) => clientOf(api.url, session!)(endpoints.getSession);
const sessions = () =>
  rowsOf(
    api.database.ownerUrl,
    `select s.methods, u.operator_id from session s join app_user u on u.id = s.user_id join account a on a.id = u.account_id where a.email = '${email}'`,
  );

describe('a member', () => {
  test('signs in by the provider, is linked once, and is on record', async () => {
    const { userId } = await member();
    const { page, session, cookies } = await signOn(api, provider, connectionId);
    expect(page).toBe('/');
    expect(await userOf(session)).toMatchObject({ id: userId, email, role: 'technician', operator: { name: 'Oak' } });
    expect(await sessions()).toEqual([{ methods: ['sso'], operator_id: oak.operatorId }]);
    expect(cookies.find((one) => one.startsWith('loopstart_sign_on='))).toContain('Max-Age=0');
    expect((await audited()).map(({ verb }) => verb).slice(0, 2)).toEqual(['sign-in', 'link']);
    expect((await signOn(api, provider, connectionId)).session).not.toBeNull();
    expect((await audited()).map(({ verb }) => verb).slice(0, 3)).toEqual(['sign-in', 'sign-in', 'link']);
  });

  test('is known by issuer and subject from then on, whatever their address is', async () => {
    const { userId } = await member();
    await signOn(api, provider, connectionId);
    provider.person = { sub: provider.person.sub, email: 'elsewhere@example.org', email_verified: false };
    expect(await userOf((await signOn(api, provider, connectionId)).session)).toMatchObject({ id: userId });
    provider.person = { sub: 'another-subject', email, email_verified: true };
    expect((await signOn(api, provider, connectionId)).page).toBe('/sign-in?sso=linked-otherwise');
  });

  test('who is unlinked is signed out, and the next identity with their address is linked', async () => {
    const { userId } = await member();
    await signOn(api, provider, connectionId);
    expect(await oak.admin(endpoints.unlinkMember, { params: { userId } })).toEqual({ unlinked: 1 });
    expect(await sessions()).toEqual([]);
    const [entry] = await audited(1);
    expect(entry).toMatchObject({ verb: 'unlink', subject: { id: userId }, change: { name: 'Pat', unlinked: 1 } });
    expect(await oak.admin(endpoints.unlinkMember, { params: { userId } })).toEqual({ unlinked: 0 });
    expect((await audited(1))[0]?.id).toBe(entry?.id);
    provider.person = { ...provider.person, sub: `another-${number}` };
    const { session } = await signOn(api, provider, connectionId);
    expect(await userOf(session)).toMatchObject({ id: userId });
  });

  test('who is erased has no identity left; whoever signs in by it then is somebody new', async () => {
    const { userId } = await member();
    await signOn(api, provider, connectionId);
    const { person, identities } = await oak.admin(endpoints.exportPersonalData, { params: { userId } });
    expect(identities).toEqual([
      {
        connection: 'Oak ID',
        issuer: provider.issuer,
        subject: `sub-${number}`,
        linkedAt: expect.any(String),
        lastSignInAt: expect.any(String),
      },
    ]);
    await oak.admin(endpoints.erasePerson, { params: { userId }, body: { name: person.name } });
    const left = `select 1 from sso_identity where user_id = '${userId}' or subject = 'sub-${number}'`;
    expect(await rowsOf(api.database.ownerUrl, left)).toEqual([]);
    expect((await signOn(api, provider, connectionId)).session).toBeNull();
  });

  test('comes back to the page that they came from, and to no other site', async () => {
    await member();
    const { url, cookie } = await begin(api, connectionId, { returnTo: '/incidents?state=open' });
    expect((await arrive(api, await provider.signIn(url), cookie)).page).toBe('/incidents?state=open');
    for (const returnTo of ['//evil.example.com', '/\\evil.example.com', 'https://evil.example.com'])
      await expect(begin(api, connectionId, { returnTo })).rejects.toThrow('400');
  });
});

describe('refused, with the reason on record and without a session', () => {
  test.for([
    ['nobody whom anybody knows', {}, null, 'not-a-member'],
    ['an unverified address', { email_verified: false }, 'technician', 'email-unverified'],
    ['an address that nothing is said about', { email_verified: undefined }, 'technician', 'email-unverified'],
    ['no address', { email: undefined }, 'technician', 'email-missing'],
    ['an owner who has not linked themselves', {}, 'owner', 'owner-not-linked'],
  ] as const)('%s', async ([, claims, role, reason]) => {
    if (role !== null) await member(role);
    provider.person = { ...provider.person, ...claims } as never;
    const { page, session } = await signOn(api, provider, connectionId);
    expect(page).toBe(`/sign-in?sso=${reason}`);
    expect(session).toBeNull();
    expect(await sessions()).toEqual([]);
    expect((await audited(1))[0]).toMatchObject({ change: { reason } });
  });

  test('an address of another domain', async () => {
    email = `person-${number}@elm.example.com`;
    await member();
    provider.person = { ...provider.person, email };
    expect((await signOn(api, provider, connectionId)).page).toBe('/sign-in?sso=email-domain');
  });

  test('a member of another operator too, even where they are invited: one provider is not anybody of another', async () => {
    await member('technician', elm.operatorId);
    await oak.admin(endpoints.createInvitation, { body: { email, role: 'technician' } });
    const { page, session } = await signOn(api, provider, connectionId);
    expect([page, session]).toEqual(['/sign-in?sso=works-elsewhere', null]);
    expect(await sessions()).toEqual([]);
  });

  test('a member who was removed, linked or not', async () => {
    const { userId } = await member();
    await signOn(api, provider, connectionId);
    await oak.admin(endpoints.removeMember, { params: { userId } });
    expect((await signOn(api, provider, connectionId)).page).toBe('/sign-in?sso=member-removed');
    expect(await sessions()).toEqual([]);
  });
});

describe('what the provider says of the sign-in', () => {
  const demand = (requiredFor: 'all' | 'nobody', ssoCounts = true) =>
    rowsOf(
      api.database.ownerUrl,
      `insert into sign_in_policy (operator_id, required_for, roles, sso_counts, accepts, session_hours, networks, role_networks, updated_at)
       values ('${oak.operatorId}', '${requiredFor}', '{}', ${ssoCounts}, '{totp,passkey,passkey-alone}', 12, '{}', '[]', now())
       on conflict (operator_id) do update set required_for = excluded.required_for, sso_counts = excluded.sso_counts`,
    );
  afterEach(() => demand('nobody'));

  test.for([
    ['several factors', ['pwd', 'mfa'], true, false],
    ['a password alone', ['pwd'], true, true],
    ['nothing', undefined, true, true],
    ['several factors, and its word does not count', ['mfa'], false, true],
  ] as const)('%s: a second factor is to be added, or not', async ([, amr, counts, mustEnrol]) => {
    await member();
    await demand('all', counts);
    provider.seen = amr === undefined ? {} : { amr };
    expect(await userOf((await signOn(api, provider, connectionId)).session)).toMatchObject({ email, mustEnrol });
    const methods = amr?.some((one) => one === 'mfa') === true ? ['sso', 'sso-two-factor'] : ['sso'];
    expect(await sessions()).toMatchObject([{ methods }]);
  });

  test('it is asked for a sign-in that is no older than a session of the operator may be', async () => {
    const { url } = await begin(api, connectionId);
    expect(new URL(url).searchParams.get('max_age')).toBe(String(12 * 3600));
  });

  test.for([
    [11 * 3600, '/'],
    [12 * 3600 + 60, '/sign-in?sso=provider-sign-in-old'],
  ] as const)('it sends somebody whom it saw %i s ago all the same: %s', async ([ageS, page]) => {
    await member();
    provider.seen = { ts: Math.floor(Date.now() / 1000) - ageS };
    const { url, cookie } = await begin(api, connectionId);
    const careless = new URL(url);
    careless.searchParams.delete('max_age');
    expect((await arrive(api, await provider.signIn(careless.href), cookie)).page).toBe(page);
    expect(await sessions()).toHaveLength(page === '/' ? 1 : 0);
  });
});

describe('newcomers', () => {
  test('an invited person joins with the role of the invitation, which is used up', async () => {
    await oak.admin(endpoints.createInvitation, { body: { email, role: 'read-only' } });
    const { session } = await signOn(api, provider, connectionId);
    expect(await userOf(session)).toMatchObject({ email, name: 'Pat Moor', role: 'read-only' });
    const { items } = await oak.admin(endpoints.listInvitations);
    expect(items.filter((one) => one.email === email)).toEqual([]);
  });

  test('where people are provisioned, whom the provider knows joins with the default role', async () => {
    await update({ provisions: true, otherwise: { role: 'billing' } });
    const { session } = await signOn(api, provider, connectionId);
    expect(await userOf(session)).toMatchObject({ email, role: 'billing' });
    expect((await audited(3)).map(({ verb }) => verb)).toEqual(['sign-in', 'join', 'update']);
  });

  test('without a role for them they do not join', async () => {
    await update({ provisions: true });
    expect((await signOn(api, provider, connectionId)).page).toBe('/sign-in?sso=no-role');
    expect(await rowsOf(api.database.ownerUrl, `select id from account where email = '${email}'`)).toEqual([]);
  });

  test('of 20 first sign-ins of one person at once, one account is made, and all get in', async () => {
    await update({ provisions: true, otherwise: { role: 'billing' } });
    const arrived = await Promise.all(Array.from({ length: 20 }, () => signOn(api, provider, connectionId)));
    expect(new Set(arrived.map(({ page }) => page))).toEqual(new Set(['/']));
    expect(await rowsOf(api.database.ownerUrl, `select id from account where email = '${email}'`)).toHaveLength(1);
  });
});

describe('a callback', () => {
  test('of 100 uses at once one opens a session', async () => {
    await member();
    const { url, cookie } = await begin(api, connectionId);
    const callback = await provider.signIn(url);
    const arrived = await Promise.all(Array.from({ length: 100 }, () => arrive(api, callback, cookie)));
    const pages = arrived.map(({ page }) => page);
    expect(pages.filter((page) => page === '/')).toHaveLength(1);
    expect(new Set(pages)).toEqual(new Set(['/', '/sign-in?sso=login-used']));
    expect(arrived.filter(({ session }) => session !== null)).toHaveLength(1);
    expect(await sessions()).toHaveLength(1);
  });

  test('works once, also later', async () => {
    await member();
    const { url, cookie } = await begin(api, connectionId);
    const callback = await provider.signIn(url);
    await arrive(api, callback, cookie);
    expect((await arrive(api, callback, cookie)).page).toBe('/sign-in?sso=login-used');
  });

  test('with a code that was used, the provider refuses', async () => {
    await member();
    const [first, second] = [await begin(api, connectionId), await begin(api, connectionId)];
    const [used, fresh] = [await provider.signIn(first.url), await provider.signIn(second.url)];
    await arrive(api, used, first.cookie);
    fresh.searchParams.set('code', used.searchParams.get('code')!);
    const { page, session } = await arrive(api, fresh, second.cookie);
    expect([page, session]).toEqual(['/sign-in?sso=provider-answer', null]);
  });

  test('works in the browser that began it alone', async () => {
    await member();
    const { url } = await begin(api, connectionId);
    const stranger = await begin(api, connectionId);
    const callback = await provider.signIn(url);
    expect((await arrive(api, callback)).page).toBe('/sign-in?sso=login-unknown');
    expect((await arrive(api, callback, stranger.cookie)).page).toBe('/sign-in?sso=state-mismatch');
    expect(await sessions()).toEqual([]);
  });

  test('with another state ends nothing: the right one still works', async () => {
    await member();
    const { url, cookie } = await begin(api, connectionId);
    const callback = await provider.signIn(url);
    const wrong = new URL(callback);
    wrong.searchParams.set('state', 'x'.repeat(43));
    expect(await arrive(api, wrong, cookie)).toMatchObject({ page: '/sign-in?sso=state-mismatch', cookies: [] });
    expect((await arrive(api, callback, cookie)).page).toBe('/');
  });

  test('an ID token with another nonce is refused', async () => {
    await member();
    const { url, cookie } = await begin(api, connectionId);
    const changed = new URL(url);
    changed.searchParams.set('nonce', 'another nonce');
    const { page, session } = await arrive(api, await provider.signIn(changed.href), cookie);
    expect([page, session]).toEqual(['/sign-in?sso=provider-answer', null]);
  });

  test('a code that was asked for with another PKCE challenge is refused', async () => {
    await member();
    const { url, cookie } = await begin(api, connectionId);
    const changed = new URL(url);
    changed.searchParams.set('code_challenge', 'A'.repeat(43));
    expect((await arrive(api, await provider.signIn(changed.href), cookie)).page).toBe('/sign-in?sso=provider-answer');
  });

  test('that names another issuer is refused (RFC 9207)', async () => {
    await member();
    const { url, cookie } = await begin(api, connectionId);
    const callback = await provider.signIn(url);
    callback.searchParams.set('iss', 'https://id.evil.example.com');
    expect((await arrive(api, callback, cookie)).page).toBe('/sign-in?sso=provider-answer');
  });

  test('after ten minutes is refused', async () => {
    await member();
    const { url, cookie } = await begin(api, connectionId);
    const callback = await provider.signIn(url);
    aheadMs += 10 * 60_000;
    expect((await arrive(api, callback, cookie)).page).toBe('/sign-in?sso=login-expired');
  });

  test('a person who does not agree comes back with that', async () => {
    const { url, cookie } = await begin(api, connectionId);
    const callback = new URL(`${PUBLIC_URL}/api/v1/single-sign-on/callback/${connectionId}`);
    const state = new URL(url).searchParams.get('state')!;
    callback.search = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer }).toString();
    expect((await arrive(api, callback, cookie)).page).toBe('/sign-in?sso=provider-refused');
  });

  test('the answer of one connection is not taken by another (mix-up)', async () => {
    await member();
    const second = await connect(oak, other.issuer, { name: 'Second' });
    other.serve([second.redirectUri]);
    const { url, cookie } = await begin(api, connectionId);
    const callback = await provider.signIn(url);
    callback.pathname = new URL(second.redirectUri).pathname;
    expect((await arrive(api, callback, cookie)).page).toBe('/sign-in?sso=login-unknown');
    // What began at the second does not end at the first.
    other.person = provider.person;
    const wrong = await begin(api, second.id);
    const answer = await other.signIn(wrong.url);
    answer.pathname = callback.pathname.replace(second.id, connectionId);
    expect((await arrive(api, answer, wrong.cookie)).page).toBe('/sign-in?sso=login-unknown');
    expect(await sessions()).toEqual([]);
    await oak.admin(endpoints.deleteSsoConnection, { params: { connectionId: second.id } });
  });

  test('of a connection that is off meanwhile is refused', async () => {
    await member();
    const { url, cookie } = await begin(api, connectionId);
    const callback = await provider.signIn(url);
    await update({ active: false });
    expect((await arrive(api, callback, cookie)).page).toBe('/sign-in?sso=connection-off');
    expect((await problemOf(api.anonymous(endpoints.beginSignOn, { body: { connectionId } }))).code).toBe('not-found');
  });

  test('of nobody is refused, without an entry in the trail', async () => {
    const [before] = await audited(1);
    for (const id of [connectionId, crypto.randomUUID(), 'x'])
      expect(
        (await arrive(api, new URL(`${PUBLIC_URL}/api/v1/single-sign-on/callback/${id}?code=x&state=y`))).page,
      ).toBe('/sign-in?sso=login-unknown');
    expect((await audited(1))[0]).toEqual(before);
  });
});

describe('a provider that fails', () => {
  test('which is down is said so, before and after the way there; no half session', async () => {
    await member();
    const down = await IdentityProvider.start();
    const { id, redirectUri } = await connect(oak, down.issuer, { name: 'Down' });
    down.serve([redirectUri]);
    down.person = provider.person;
    const { url, cookie } = await begin(api, id);
    const callback = await down.signIn(url);
    await down.stop();
    const { page, session } = await arrive(api, callback, cookie);
    expect([page, session]).toEqual(['/sign-in?sso=provider-unreachable', null]);
    const problem = await problemOf(api.anonymous(endpoints.beginSignOn, { body: { connectionId: id } }));
    expect(problem).toMatchObject({
      code: 'identity-provider-failed',
      detail: 'The provider does not answer (ECONNREFUSED).',
    });
    expect(await sessions()).toEqual([]);
    await oak.admin(endpoints.deleteSsoConnection, { params: { connectionId: id } });
  });

  test('a wrong secret is said so, and opens nothing', async () => {
    await member();
    await update({ clientSecret: 'not the secret' });
    expect((await signOn(api, provider, connectionId)).page).toBe('/sign-in?sso=provider-client');
    expect(await sessions()).toEqual([]);
  });

  test('another issuer than was entered is not followed', async () => {
    const alias = provider.issuer.replace('127.0.0.1', 'localhost');
    const body = connectionBody(alias);
    await oak.admin(endpoints.updateSsoConnection, { params: { connectionId }, body });
    const problem = await problemOf(api.anonymous(endpoints.beginSignOn, { body: { connectionId } }));
    expect(problem).toMatchObject({
      code: 'identity-provider-failed',
      detail: 'The provider names itself otherwise than this issuer.',
    });
  });
});

describe('roles by groups', () => {
  const rules = [
    { group: 'admins', role: 'administrator' as const },
    { group: 'field', role: 'technician' as const },
  ];

  test('are given at each sign-in: the first rule that matches', async () => {
    await member('read-only');
    await update({ rules });
    provider.person.groups = ['field', 'admins'];
    expect(await userOf((await signOn(api, provider, connectionId)).session)).toMatchObject({ role: 'administrator' });
    provider.person.groups = ['field'];
    expect(await userOf((await signOn(api, provider, connectionId)).session)).toMatchObject({ role: 'technician' });
    const change = (await audited(5)).find(({ verb }) => verb === 'change-role');
    expect(change).toMatchObject({ change: { role: 'technician', group: 'field' }, before: { role: 'administrator' } });
  });

  test('whom no rule matches is refused, or has the default', async () => {
    await member('technician');
    await update({ rules });
    provider.person.groups = ['others'];
    expect((await signOn(api, provider, connectionId)).page).toBe('/sign-in?sso=no-matching-group');
    await update({ rules, otherwise: { role: 'read-only' } });
    expect(await userOf((await signOn(api, provider, connectionId)).session)).toMatchObject({ role: 'read-only' });
  });

  test('a provider that says nothing of groups changes nothing', async () => {
    const { userId } = await member('technician');
    await update({ rules, otherwise: { role: 'read-only' } });
    delete provider.person.groups;
    expect((await signOn(api, provider, connectionId)).page).toBe('/sign-in?sso=groups-missing');
    const rows = await rowsOf<{ role: string }>(
      api.database.ownerUrl,
      `select role from app_user where id = '${userId}'`,
    );
    expect(rows).toEqual([{ role: 'technician' }]);
  });

  test('the last owner stays one', async () => {
    const ash = await api.operator('Ash');
    const { id, redirectUri } = await connect(ash, other.issuer, { rules, domains: ['ash.example.com'] });
    other.serve([redirectUri]);
    const [owner] = await rowsOf<{ id: string }>(
      api.database.ownerUrl,
      `select id from app_user where operator_id = '${ash.operatorId}' and role = 'owner'`,
    );
    await rowsOf(
      api.database.ownerUrl,
      `insert into sso_identity (operator_id, connection_id, issuer, subject, user_id, linked_at) values ('${ash.operatorId}', '${id}', '${other.issuer}', 'boss', '${owner!.id}', now())`,
    );
    other.person = { sub: 'boss', groups: ['field'] };
    expect(await userOf((await signOn(api, other, id)).session)).toMatchObject({ id: owner!.id, role: 'owner' });
  });

  test('nobody maps a role that they could not give', async () => {
    const administrator = await api.member(oak.operatorId, 'administrator');
    const body = connectionBody(provider.issuer, { name: 'Mine', rules: [{ group: 'x', role: 'owner' }] });
    expect((await problemOf(administrator(endpoints.createSsoConnection, { body }))).code).toBe('beyond-own-rights');
    const gone = connectionBody(provider.issuer, { name: 'Gone', rules: [{ group: 'x', role: crypto.randomUUID() }] });
    expect(await problemOf(oak.admin(endpoints.createSsoConnection, { body: gone }))).toMatchObject({
      code: 'invalid-input',
      fields: [{ path: 'body.rules.0.role' }],
    });
  });
});
