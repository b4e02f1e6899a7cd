import { type ApiError, type Endpoint, type EndpointId, endpoints } from '@loopstart/contracts';
import { DEFAULT_SIGN_IN_POLICY, isProviderRight } from '@loopstart/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BEFORE_ENROLLING } from '../src/core/http/auth.guard.ts';
import { type Client, clientOf, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { inputs, plantAlerting } from './endpoint-inputs.ts';
import { plant } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { makeProvider } from './people.ts';
import { asOwner } from './postgres.ts';
import { codeOf } from './totp.ts';

const PASSWORD = 'correct horse battery';
const CONSOLE_KEY = 'a key between console and API, long enough';
const MINUTE_MS = 60_000;
const policy = {
  ...DEFAULT_SIGN_IN_POLICY,
  roles: [] as string[],
  accepts: [...DEFAULT_SIGN_IN_POLICY.accepts] as ('totp' | 'passkey' | 'passkey-alone')[],
  networks: [] as string[],
  roleNetworks: [] as { role: string; networks: string[] }[],
};
let nowMs = Date.now();
let api: TestApp;
let oak: TestOperator;
let given: Record<EndpointId, object>;

beforeAll(async () => {
  api = await startApp({
    env: { LOOPSTART_CONSOLE_KEY: CONSOLE_KEY, DEMO_MAILBOX: 'on', LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' },
    clock: () => nowMs,
  });
  oak = await api.operator('Oak');
  const place = await plant(api.database.ownerUrl, oak.operatorId);
  const alerting = await plantAlerting(api.database.ownerUrl, oak, place);
  given = inputs({ ...place, ...alerting, actionId: crypto.randomUUID() });
});
afterAll(() => api.close());
beforeEach(async () => {
  await rowsOf(api.database.ownerUrl, 'delete from try_pace');
  nowMs += 11 * MINUTE_MS;
  oak = await api.operator('Oak');
});

const decide = (change: Partial<typeof policy>) =>
  oak.admin(endpoints.putSignInPolicy, { body: { ...policy, ...change } });
/** As our console hands on a browser at this address. */
const through = (address: string) => ({ 'x-forwarded-for': address, 'x-loopstart-console': CONSOLE_KEY });
async function signIn(email: string, headers: Record<string, string> = {}) {
  const response = await fetch(api.url + endpoints.signIn.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { status: response.status, cookie, body: (await response.json()) as { code?: string } };
}
const emailOf = async (client: Client) => (await client(endpoints.getSession)).email;
async function enrol(client: Client): Promise<string> {
  const { id, key } = await client(endpoints.beginTotp, { body: { name: 'Phone' } });
  await client(endpoints.confirmTotp, { params: { factorId: id }, body: { code: codeOf(key, nowMs) } });
  nowMs += 30_000;
  return key;
}
const all = Object.values(endpoints) as Endpoint[];

describe('a second factor that is required', () => {
  test('opens adding one to who has none, and nothing else, at once and for every endpoint', async () => {
    await decide({ requiredFor: 'roles', roles: ['technician'] });
    expect((await oak.technician(endpoints.getSession)).mustEnrol).toBe(true);
    expect((await oak.viewer(endpoints.getSession)).mustEnrol).toBe(false);
    for (const endpoint of all.filter((one) => one.permission !== 'public' && !BEFORE_ENROLLING.has(one)))
      expect(
        await problemOf(oak.technician(endpoint, given[endpoint.id as EndpointId] as never)),
        endpoint.id,
      ).toMatchObject({
        status: 403,
        code: 'factor-required',
      });
    const live = await fetch(`${api.url}/api/v1/live`, {
      headers: { cookie: (await signIn(await emailOf(oak.technician))).cookie },
    });
    expect(live.status).toBe(403);
    await live.body?.cancel();
    await enrol(oak.technician);
    expect((await oak.technician(endpoints.getSession)).mustEnrol).toBe(false);
    expect((await oak.technician(endpoints.listGateways)).items).toEqual([]);
  });

  test('says who has one', async () => {
    await decide({ requiredFor: 'roles', roles: ['technician'] });
    await enrol(oak.technician);
    const { people } = await oak.admin(endpoints.getSignInPolicy);
    expect(people.map(({ name, hasFactor, required }) => [name, hasFactor, required])).toEqual([
      ['Oak admin', false, false],
      ['Oak technician', true, true],
      ['Oak viewer', false, false],
    ]);
    const elm = await api.operator('Elm');
    expect((await elm.admin(endpoints.getSignInPolicy)).people.every(({ hasFactor }) => !hasFactor)).toBe(true);
  });

  test('is decided by nobody who would have to add one, too', async () => {
    for (const change of [{ requiredFor: 'all' }, { requiredFor: 'roles', roles: ['owner'] }] as const)
      expect(await problemOf(decide(change as Partial<typeof policy>))).toMatchObject({
        status: 400,
        fields: [{ path: 'body.requiredFor', expected: expect.stringContaining('an authenticator app') }],
      });
    expect((await oak.admin(endpoints.getSignInPolicy)).policy).toEqual(policy);
    await enrol(oak.admin);
    await decide({ requiredFor: 'all' });
    expect(await problemOf(decide({ requiredFor: 'all', accepts: ['passkey'] }))).toMatchObject({
      status: 400,
      fields: [{ path: 'body.requiredFor', expected: expect.stringContaining('a passkey') }],
    });
    expect(await problemOf(decide({ accepts: [] }))).toMatchObject({ status: 400, fields: [{ path: 'body.accepts' }] });
    expect(await problemOf(decide({ accepts: ['totp', 'passkey-alone'] }))).toMatchObject({ status: 400 });
  });

  test('that is not accepted is refused to add, and who has it alone is led to add another one', async () => {
    await enrol(oak.technician);
    const email = await emailOf(oak.technician);
    await decide({ accepts: ['passkey'], requiredFor: 'roles', roles: ['technician'] });
    expect((await oak.technician(endpoints.getSession)).mustEnrol).toBe(true);
    const attempt = oak.technician(endpoints.beginTotp, { body: { name: 'Tablet' } });
    expect(await problemOf(attempt)).toMatchObject({
      status: 403,
      code: 'factor-not-accepted',
      detail: 'Oak does not accept an authenticator app. Add a passkey instead.',
    });
    const own = await oak.technician(endpoints.listOwnFactors);
    expect(own.policy).toEqual({ operator: 'Oak', accepts: ['passkey'], required: true });
    expect(own.items).toMatchObject([{ kind: 'totp', accepted: false, neededBy: null }]);
    // A password alone never leads there: it is asked for what there is.
    expect((await signIn(email)).body.code).toBe('second-factor-needed');
    const { people } = await oak.admin(endpoints.getSignInPolicy);
    expect(people.find(({ name }) => name === 'Oak technician')).toMatchObject({ hasFactor: false, required: true });
    await decide({ accepts: ['totp'], requiredFor: 'roles', roles: ['technician'] });
    expect((await oak.technician(endpoints.getSession)).mustEnrol).toBe(false);
  });

  test('that is required stays while it is the last one that is accepted, of two removals at one time, too', async () => {
    await enrol(oak.technician);
    await decide({ requiredFor: 'roles', roles: ['technician'] });
    const { items } = await oak.technician(endpoints.listOwnFactors);
    expect(items).toMatchObject([{ accepted: true, neededBy: 'Oak' }]);
    const remove = (factorId: string) => oak.technician(endpoints.removeOwnFactor, { params: { factorId } });
    expect(await problemOf(remove(items[0]!.id))).toMatchObject({
      status: 409,
      code: 'last-factor',
      detail:
        'Oak requires a second factor of you, and “Phone” is the last one that it accepts. Add another one first.',
    });
    expect((await oak.technician(endpoints.listOwnFactors)).items).toEqual(items);
    const { id, key } = await oak.technician(endpoints.beginTotp, { body: { name: 'Tablet' } });
    await oak.technician(endpoints.confirmTotp, { params: { factorId: id }, body: { code: codeOf(key, nowMs) } });
    const outcomes = await Promise.allSettled([remove(items[0]!.id), remove(id)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await oak.technician(endpoints.listOwnFactors)).items).toHaveLength(1);
    await decide({});
    const [left] = (await oak.technician(endpoints.listOwnFactors)).items;
    await remove(left!.id);
  });

  test('a session of another browser, without the factor that there is now, was never finished', async () => {
    const other = clientOf(api.url, (await signIn(await emailOf(oak.technician))).cookie);
    await enrol(oak.technician);
    expect((await problemOf(other(endpoints.getSession))).code).toBe('not-signed-in');
  });
});

describe('networks', () => {
  test('shut out who comes from elsewhere, also in an open session, and leave a record', async () => {
    const email = await emailOf(oak.viewer);
    const there = { 'x-forwarded-for': '203.0.113.9', 'x-loopstart-console': CONSOLE_KEY };
    const before = await signIn(email, there);
    expect(before.status).toBe(201);
    await decide({ networks: ['127.0.0.0/8', '192.0.2.0/24'] });
    const open = await fetch(`${api.url}/api/v1/session`, { headers: { ...there, cookie: before.cookie } });
    expect([open.status, ((await open.json()) as { code: string }).code]).toEqual([403, 'network-not-allowed']);
    expect(await signIn(email, there)).toMatchObject({ status: 403, body: { code: 'network-not-allowed' } });
    expect((await signIn(email, through('192.0.2.77'))).status).toBe(201);
    expect((await oak.admin(endpoints.listAudit)).items.map(({ verb }) => verb)).toContain('network-refused');
  });

  test('of a role take the place of the others', async () => {
    await decide({
      networks: ['127.0.0.0/8'],
      roleNetworks: [{ role: 'read-only', networks: ['198.51.100.0/24'] }],
    });
    expect((await problemOf(oak.viewer(endpoints.getSession))).code).toBe('network-not-allowed');
    expect((await oak.technician(endpoints.getSession)).role).toBe('technician');
  });

  test.for([
    ['networks without the own address', { networks: ['192.0.2.0/24'] }, 'body.networks'],
    ['for the own role alone', { roleNetworks: [{ role: 'owner', networks: ['192.0.2.0/24'] }] }, 'body.networks'],
    ['what is no network', { networks: ['127.0.0.0/8', '10.0.0.1/8'] }, 'body.networks.1'],
    [
      'one role twice',
      { roleNetworks: [1, 2].map(() => ({ role: 'read-only', networks: [] })) },
      'body.roleNetworks.1.role',
    ],
  ] as const)('%s are refused', async ([, change, path]) => {
    expect(await problemOf(decide(change as Partial<typeof policy>))).toMatchObject({
      status: 400,
      fields: [{ path }],
    });
    expect((await oak.admin(endpoints.getSignInPolicy)).policy).toEqual(policy);
  });
});

describe('time-outs', () => {
  test('end a session that was unused for too long; use keeps it, what a browser asks by itself does not', async () => {
    await decide({ idleMinutes: 10 });
    nowMs += 8 * MINUTE_MS;
    await oak.viewer(endpoints.getSession);
    nowMs += 8 * MINUTE_MS;
    await oak.viewer(endpoints.getSession);
    const cookie = (await signIn(await emailOf(oak.viewer))).cookie;
    const away = () => fetch(`${api.url}/api/v1/session`, { headers: { cookie, 'x-loopstart-away': '1' } });
    nowMs += 8 * MINUTE_MS;
    expect((await away()).status).toBe(200);
    nowMs += 2 * MINUTE_MS;
    expect((await away()).status).toBe(401);
    expect((await problemOf(oak.viewer(endpoints.getSession))).code).toBe('not-signed-in');
  });

  test('end a session so long after signing in, also one that is open', async () => {
    await decide({ sessionHours: 1 });
    for (let index = 0; index < 5; index += 1) {
      nowMs += 11 * MINUTE_MS;
      await oak.viewer(endpoints.getSession);
    }
    nowMs += 5 * MINUTE_MS;
    expect((await problemOf(oak.viewer(endpoints.getSession))).code).toBe('not-signed-in');
  });
});

describe('dangerous acts', () => {
  const dangerous = all.filter(({ stepUp }) => stepUp === true);
  test('are these', () => {
    expect(dangerous.map(({ id }) => id).toSorted()).toEqual([
      'beginPasskey',
      'beginTotp',
      'changeMemberRole',
      'copyPublishedRole',
      'createInvitation',
      'createProvisioningToken',
      'createRole',
      'createSsoConnection',
      'createToken',
      'deleteRole',
      'deleteSsoConnection',
      'endMemberSessions',
      'erasePerson',
      'linkSignOn',
      'publishObject',
      'publishVersion',
      'putSignInPolicy',
      'removeMember',
      'removeOwnFactor',
      'renewRecoveryCodes',
      'requestDeletionOfOperator',
      'requestOperatorDeletion',
      'resendInvitation',
      'resetMemberFactors',
      'restoreMember',
      'revealRunningConfig',
      'revokeProvisioningToken',
      'setSingleSignOnPolicy',
      'takeOverToken',
      'unlinkMember',
      'updateRole',
      'updateSsoConnection',
      'withdrawObject',
    ]);
  });

  test.for(dangerous.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s needs a fresh proof',
    async ([, endpoint]) => {
      if (isProviderRight(endpoint.permission))
        await asOwner(api.database.ownerUrl, (sql) => makeProvider(sql, oak.operatorId));
      nowMs += 10 * MINUTE_MS;
      const outcome = () =>
        oak.admin(endpoint, given[endpoint.id as EndpointId] as never).then(
          () => 'done',
          (error: unknown) => (error as ApiError).problem.code,
        );
      expect(await outcome()).toBe('proof-needed');
      await oak.admin(endpoints.proveAgain, { body: { by: 'password', password: PASSWORD } });
      // Of another operator's things there are none here: what is asked for after the guard differs.
      expect(['done', 'not-found', 'invalid-input']).toContain(await outcome());
    },
  );

  test('take the password or a code, each of the person alone', async () => {
    const key = await enrol(oak.admin);
    nowMs += 10 * MINUTE_MS;
    const prove = (body: Parameters<typeof oak.admin<typeof endpoints.proveAgain>>[1]) =>
      oak.admin(endpoints.proveAgain, body);
    expect(await problemOf(prove({ body: { by: 'password', password: 'wrong' } }))).toMatchObject({
      fields: [{ path: 'body.password' }],
    });
    expect(await problemOf(prove({ body: { by: 'totp', code: '000000' } }))).toMatchObject({
      fields: [{ path: 'body.code' }],
    });
    expect((await problemOf(decide({}))).code).toBe('proof-needed');
    await prove({ body: { by: 'totp', code: codeOf(key, nowMs) } });
    await decide({ sessionHours: 2 });
    expect((await oak.admin(endpoints.listAudit)).items.map(({ verb }) => verb)).toContain('prove-again');
  });
});

describe('sessions', () => {
  test('are listed with browser and address, and ended one by one or together', async () => {
    const email = await emailOf(oak.technician);
    const others = [];
    for (let index = 0; index < 3; index += 1)
      others.push(clientOf(api.url, (await signIn(email, { 'user-agent': `Firefox/${index}` })).cookie));
    const { items } = await oak.technician(endpoints.listOwnSessions);
    expect(items.map(({ current }) => current)).toEqual([true, false, false, false]);
    expect(items.find(({ userAgent }) => userAgent === 'Firefox/1')).toMatchObject({
      operator: 'Oak',
      address: '127.0.0.1',
      methods: ['password'],
    });
    const one = items.find(({ userAgent }) => userAgent === 'Firefox/0')!;
    await oak.technician(endpoints.endOwnSession, { params: { sessionId: one.id } });
    expect((await problemOf(others[0]!(endpoints.getSession))).code).toBe('not-signed-in');
    expect((await others[1]!(endpoints.getSession)).email).toBe(email);
    expect(await oak.technician(endpoints.endOtherSessions)).toEqual({ ended: 2 });
    expect((await problemOf(others[2]!(endpoints.getSession))).code).toBe('not-signed-in');
    expect((await oak.technician(endpoints.listOwnSessions)).items).toHaveLength(1);
  });

  test('of somebody else are not ended', async () => {
    const [mine] = (await oak.viewer(endpoints.listOwnSessions)).items;
    const attempt = oak.technician(endpoints.endOwnSession, { params: { sessionId: mine!.id } });
    expect((await problemOf(attempt)).code).toBe('not-found');
    await oak.viewer(endpoints.getSession);
  });

  test('of a member are ended by an administrator, within their rights', async () => {
    const { id: userId } = await oak.technician(endpoints.getSession);
    const { id: ownerId } = await oak.admin(endpoints.getSession);
    const administrator = await api.member(oak.operatorId, 'administrator');
    expect(await administrator(endpoints.endMemberSessions, { params: { userId } })).toEqual({ ended: 1 });
    expect((await problemOf(oak.technician(endpoints.getSession))).code).toBe('not-signed-in');
    expect((await problemOf(administrator(endpoints.endMemberSessions, { params: { userId: ownerId } }))).code).toBe(
      'beyond-own-rights',
    );
  });
});

describe('a lost second factor', () => {
  test('is reset by an administrator: sessions end, the person is told, and enrols again', async () => {
    await enrol(oak.admin);
    await decide({ requiredFor: 'all' });
    await enrol(oak.technician);
    const { id: userId, email } = await oak.technician(endpoints.getSession);
    expect((await signIn(email)).body.code).toBe('second-factor-needed');
    await oak.admin(endpoints.resetMemberFactors, { params: { userId } });
    expect((await problemOf(oak.technician(endpoints.getSession))).code).toBe('not-signed-in');
    const { status, cookie } = await signIn(email);
    expect(status).toBe(201);
    expect((await clientOf(api.url, cookie)(endpoints.getSession)).mustEnrol).toBe(true);
    const { items } = await oak.admin(endpoints.listMailbox);
    expect(items[0]).toMatchObject({ to: email, subject: 'Your second factor at Loopstart was reset' });
    expect(items[0]!.text).toContain('add a new one before anything else opens');
    expect(items[0]!.text).not.toContain('Your password alone');
    expect((await oak.admin(endpoints.listAudit)).items.map(({ verb }) => verb)).toContain('reset-factors');
  });

  test('of who works elsewhere, too, is not', async () => {
    await enrol(oak.technician);
    const { id: userId } = await oak.technician(endpoints.getSession);
    const elm = await api.operator('Elm');
    await rowsOf(
      api.database.ownerUrl,
      `insert into app_user (operator_id, account_id, role) select $1, account_id, 'read-only' from app_user where id = $2`,
      [elm.operatorId, userId],
    );
    expect((await problemOf(oak.admin(endpoints.resetMemberFactors, { params: { userId } }))).code).toBe('in-use');
    expect((await oak.technician(endpoints.listOwnFactors)).items).toHaveLength(1);
  });
});
