import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { IdentityProvider } from './identity-provider.ts';
import { rowsOf } from './ingest.ts';
import { makeProvider, plantMember } from './people.ts';
import { asOwner } from './postgres.ts';
import { arrive, connect, connectionBody, post, PUBLIC_URL, signOn } from './single-sign-on.ts';

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let provider: IdentityProvider;
let connectionId: string;

beforeAll(async () => {
  api = await startApp({ env: { PUBLIC_URL, LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1,localhost' } });
  oak = await api.operator('Oak');
  elm = await api.operator('Elm');
  provider = await IdentityProvider.start();
  const connection = await connect(oak, provider.issuer);
  connectionId = connection.id;
  provider.serve([connection.redirectUri]);
});
afterAll(async () => {
  await provider.stop();
  await api.close();
});
beforeEach(() => rowsOf(api.database.ownerUrl, 'delete from try_pace'));

const params = () => ({ connectionId });
const body = (more: object = {}) => connectionBody(provider.issuer, more);
const update = (more: object = {}) => oak.admin(endpoints.updateSsoConnection, { params: params(), body: body(more) });
const outcomes = async () => {
  const { checks } = await oak.admin(endpoints.testSsoConnection, { params: params() });
  return Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]));
};
const passed = { discovery: 'passed', issuer: 'passed', keys: 'passed', client: 'passed' };

describe('a connection', () => {
  test('shows everything but its secret, which is sealed in the database', async () => {
    const { connections, required } = await oak.admin(endpoints.getSingleSignOn);
    expect(required).toBe(false);
    const { clientSecret, ...shown } = body();
    expect(connections).toHaveLength(1);
    expect(connections[0]).toMatchObject({ ...shown, id: connectionId, active: true, linked: 0, lastSignInAt: null });
    expect(connections[0]!.redirectUri).toBe(`${PUBLIC_URL}/api/v1/single-sign-on/callback/${connectionId}`);
    const rows = await rowsOf<{ text: string }>(
      api.database.ownerUrl,
      'select s::text as text from sso_connection s union all select a::text from audit_entry a',
    );
    expect(JSON.stringify([connections, rows])).not.toContain(clientSecret);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(clientSecret!).toString('hex'));
  });

  test('keeps its secret where it stays at its issuer, and needs it anew at another', async () => {
    const without = { clientSecret: undefined };
    expect(await update({ ...without, name: 'Oak SSO' })).toMatchObject({ name: 'Oak SSO' });
    expect(await outcomes()).toEqual(passed);
    const moved = { ...body(without), issuer: 'https://id.evil.example.com' };
    expect(await problemOf(oak.admin(endpoints.updateSsoConnection, { params: params(), body: moved }))).toMatchObject({
      code: 'invalid-input',
      fields: [{ path: 'body.clientSecret' }],
    });
    const fresh = oak.admin(endpoints.createSsoConnection, { body: body({ ...without, name: 'Fresh' }) });
    expect(await problemOf(fresh)).toMatchObject({ fields: [{ path: 'body.clientSecret' }] });
  });

  test.for([
    ['a private address', { issuer: 'https://10.0.0.1' }, 'address-not-allowed', 'body.issuer'],
    ['a name of an inner network', { issuer: 'https://id.corp' }, 'address-not-allowed', 'body.issuer'],
    ['a script', { issuer: 'javascript:alert(1)' }, 'invalid-input', 'body.issuer'],
    ['a query', { issuer: 'https://id.example.com?x=1' }, 'invalid-input', 'body.issuer'],
    ['no domain', { domains: [] }, 'invalid-input', 'body.domains'],
    ['what is no domain', { domains: ['@oak'] }, 'invalid-input', 'body.domains.0'],
  ] as const)('refuses %s, naming the field', async ([, wrong, code, path]) => {
    const problem = await problemOf(
      oak.admin(endpoints.createSsoConnection, { body: body({ name: 'Wrong', ...wrong }) }),
    );
    expect(problem).toMatchObject({ code, fields: [{ path }] });
  });

  test('has a name of its own', async () => {
    const again = oak.admin(endpoints.createSsoConnection, { body: body({ name: 'oak sso' }) });
    expect((await problemOf(again)).code).toBe('already-exists');
  });

  test('is for owners and administrators, and for those of its operator', async () => {
    const administrator = await api.member(oak.operatorId, 'administrator');
    expect((await administrator(endpoints.getSingleSignOn)).connections).toHaveLength(1);
    for (const client of [oak.technician, oak.viewer])
      expect((await problemOf(client(endpoints.getSingleSignOn))).code).toBe('not-allowed');
    expect((await elm.admin(endpoints.getSingleSignOn)).connections).toEqual([]);
    expect((await problemOf(elm.admin(endpoints.testSsoConnection, { params: params() }))).code).toBe('not-found');
    expect((await problemOf(elm.admin(endpoints.linkSignOn, { body: { connectionId } }))).code).toBe('not-found');
  });

  test('no token changes it, whatever its owner may do', async () => {
    const wanted = { name: 'x', rights: { permissions: ['single-sign-on.write' as const] } };
    expect(await problemOf(oak.admin(endpoints.createToken, { body: wanted }))).toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('the test of a connection', () => {
  test('says of each part what was seen', async () => {
    await update();
    expect(await outcomes()).toEqual(passed);
    const [entry] = (await oak.admin(endpoints.listAudit, { query: { limit: 1 } })).items;
    expect(entry).toMatchObject({ verb: 'test', change: passed });
  });

  test('a wrong secret fails where it is used', async () => {
    await update({ clientSecret: 'not the secret' });
    expect(await outcomes()).toEqual({ ...passed, client: 'failed' });
  });

  test('a client id that the provider does not know', async () => {
    await update({ clientId: 'nobody' });
    expect(await outcomes()).toEqual({ ...passed, client: 'failed' });
  });

  test('what was not tried is not called passed', async () => {
    const notTried = { keys: 'not-tried', client: 'not-tried' };
    await update({ issuer: provider.issuer.replace('127.0.0.1', 'localhost') });
    expect(await outcomes()).toEqual({ discovery: 'passed', issuer: 'failed', ...notTried });
    await update({ issuer: `${provider.issuer}/nothing` });
    expect(await outcomes()).toEqual({ discovery: 'failed', issuer: 'not-tried', ...notTried });
    await update({ issuer: 'http://127.0.0.1:9' });
    expect(await outcomes()).toEqual({ discovery: 'failed', issuer: 'not-tried', ...notTried });
  });
});

describe('the page of signing in', () => {
  const options = (email: string) => api.anonymous(endpoints.findSignOn, { body: { email } });

  test('offers what speaks for the domain, whether an address has an account or not', async () => {
    await update();
    const offer = { items: [{ connectionId, name: 'Oak ID' }] };
    const known = 'known@oak.example.com';
    await asOwner(api.database.ownerUrl, (sql) =>
      plantMember(sql, { operatorId: oak.operatorId, email: known, name: 'K', role: 'technician', passwordHash: null }),
    );
    expect(await options(known)).toEqual(offer);
    expect(await options('unknown@oak.example.com')).toEqual(offer);
    expect(await options('unknown@sub.oak.example.com')).toEqual({ items: [] });
    await update({ active: false });
    expect(await options(known)).toEqual({ items: [] });
  });
});

describe('a person who is signed in', () => {
  test('links themselves, an owner too, and then signs in by it', async () => {
    await update();
    provider.person = { sub: 'the-owner' };
    const { url, cookie } = await post(api, endpoints.linkSignOn.path, { connectionId }, oak.cookie);
    const callback = await provider.signIn(url);
    const arrived = await arrive(api, callback, `${cookie}; ${oak.cookie}`);
    expect(arrived).toMatchObject({ page: '/settings/profile?sso=linked', session: null });
    const { session } = await signOn(api, provider, connectionId);
    expect(await clientOf(api.url, session!)(endpoints.getSession)).toMatchObject({ name: 'Oak admin', role: 'owner' });
  });

  test('links nobody else: another person in the browser meanwhile, or a subject that is linked already', async () => {
    provider.person = { sub: 'somebody' };
    const other = await api.cookieOf(oak.operatorId, 'technician');
    const first = await post(api, endpoints.linkSignOn.path, { connectionId }, oak.cookie);
    expect((await arrive(api, await provider.signIn(first.url), `${first.cookie}; ${other}`)).page).toBe(
      '/settings/profile?sso=link-other-person',
    );
    provider.person = { sub: 'the-owner' };
    const second = await post(api, endpoints.linkSignOn.path, { connectionId }, other);
    expect((await arrive(api, await provider.signIn(second.url), `${second.cookie}; ${other}`)).page).toBe(
      '/settings/profile?sso=linked-otherwise',
    );
  });

  test('by single sign-on works for that operator alone', async () => {
    provider.person = { sub: 'the-owner' };
    const { session } = await signOn(api, provider, connectionId);
    await rowsOf(
      api.database.ownerUrl,
      `insert into app_user (operator_id, account_id, role) select '${elm.operatorId}', account_id, 'technician' from sso_identity i join app_user u on u.id = i.user_id where i.subject = 'the-owner'`,
    );
    const byProvider = clientOf(api.url, session!);
    const change = { body: { operatorId: elm.operatorId } };
    expect(await problemOf(byProvider(endpoints.switchOperator, change))).toMatchObject({
      code: 'not-allowed',
      detail: expect.stringContaining('opens Oak alone'),
    });
    expect((await byProvider(endpoints.listOwnOperators)).items.map(({ name }) => name)).toEqual(['Oak']);
    expect((await problemOf(byProvider(endpoints.updateProfile, { body: { name: 'Mallory' } }))).code).toBe(
      'not-allowed',
    );
    // Nor does it open what runs the installation.
    await asOwner(api.database.ownerUrl, (sql) => makeProvider(sql, oak.operatorId));
    expect((await oak.admin(endpoints.getSession)).provider).toBe(true);
    expect((await byProvider(endpoints.getSession)).provider).toBe(false);
    expect((await problemOf(byProvider(endpoints.listProviderOperators))).code).toBe('not-allowed');
    // By password the same person works for both.
    expect((await oak.admin(endpoints.listOwnOperators)).items.map(({ name }) => name).sort()).toEqual(['Elm', 'Oak']);
  });
});

describe('single sign-on as a demand', () => {
  const byPassword = (who: string) =>
    api.anonymous(endpoints.signIn, {
      body: { email: `${who}-${oak.operatorId.slice(0, 8)}@example.com`, password: 'correct horse battery' },
    });
  const demand = (required: boolean) => oak.admin(endpoints.setSingleSignOnPolicy, { body: { required } });

  test('ends the sessions of members that were opened otherwise, and refuses their passwords; owners come in', async () => {
    await update();
    await demand(true);
    expect((await problemOf(oak.technician(endpoints.getSession))).code).toBe('not-signed-in');
    expect(await problemOf(byPassword('technician'))).toMatchObject({
      code: 'single-sign-on-required',
      detail: expect.stringContaining('Oak lets its members in by single sign-on alone'),
    });
    expect(await byPassword('admin')).toMatchObject({ role: 'owner' });
    const wrong = api.anonymous(endpoints.signIn, {
      body: { email: `technician-${oak.operatorId.slice(0, 8)}@example.com`, password: 'wrong' },
    });
    expect((await problemOf(wrong)).code).toBe('wrong-credentials');
  });

  test('holds where somebody comes from another operator, too', async () => {
    const email = `both-${crypto.randomUUID()}@example.com`;
    const { accountId } = await asOwner(api.database.ownerUrl, (sql) =>
      plantMember(sql, { operatorId: oak.operatorId, email, name: 'Both', role: 'technician', passwordHash: null }),
    );
    await rowsOf(
      api.database.ownerUrl,
      `insert into app_user (operator_id, account_id, role) values ('${elm.operatorId}', '${accountId}', 'technician');
       update account_credential set password_hash = (select password_hash from account_credential where password_hash is not null limit 1) where account_id = '${accountId}'`,
    );
    const password = 'correct horse battery';
    const response = await fetch(api.url + endpoints.signIn.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    expect(await response.json()).toMatchObject({ operator: { name: 'Elm' } });
    const client = clientOf(api.url, response.headers.getSetCookie()[0]!.split(';')[0]);
    const change = { body: { operatorId: oak.operatorId } };
    expect((await problemOf(client(endpoints.switchOperator, change))).code).toBe('single-sign-on-required');
  });

  test('demands nothing where no connection is active, or it is not demanded any more', async () => {
    await update({ active: false });
    expect(await byPassword('technician')).toMatchObject({ role: 'technician' });
    await update();
    await demand(false);
    expect(await byPassword('technician')).toMatchObject({ role: 'technician' });
  });
});
