import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, clientOf, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { rowsOf } from './ingest.ts';
import { codeOf } from './totp.ts';

const PASSWORD = 'correct horse battery';
const STEP_MS = 30_000;
let nowMs = Date.now();
let api: TestApp;
let oak: TestOperator;
let person: Client;
let email: string;

beforeAll(async () => {
  api = await startApp({ clock: () => nowMs });
});
afterAll(() => api.close());
beforeEach(async () => {
  await rowsOf(api.database.ownerUrl, 'delete from try_pace');
  nowMs += 10 * STEP_MS;
  oak = await api.operator('Oak');
  person = oak.technician;
  email = (await person(endpoints.getSession)).email;
});

/** Adds an app; its key and the recovery codes that come with the first. */
async function enrol(client = person, name = 'Phone') {
  const { id, key, uri } = await client(endpoints.beginTotp, { body: { name } });
  const body = { code: codeOf(key, nowMs) };
  const { recoveryCodes } = await client(endpoints.confirmTotp, { params: { factorId: id }, body });
  nowMs += STEP_MS;
  return { id, key, uri, recoveryCodes };
}

/** A browser that keeps its cookies. */
function browser() {
  const jar = new Map<string, string>();
  const send = async (path: string, body: unknown) => {
    const response = await fetch(api.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
      body: JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return {
      status: response.status,
      body: (await response.json()) as { code?: string; email?: string; fields?: unknown },
    };
  };
  return {
    jar,
    client: () => clientOf(api.url, [...jar].map((pair) => pair.join('=')).join('; ')),
    password: () => send(endpoints.signIn.path, { email, password: PASSWORD }),
    step: (step: 'totp' | 'recovery-code', code: string) => send(endpoints.takeSecondStep.path, { step, code }),
  };
}
const verbs = async () =>
  (await oak.admin(endpoints.listAudit, { query: { limit: 20 } })).items.map(({ verb }) => verb);

describe('an authenticator app', () => {
  test('counts once a code of it was shown, brings ten recovery codes, and is on record without its key', async () => {
    const begun = await person(endpoints.beginTotp, { body: { name: 'Phone' } });
    expect(begun.uri).toBe(
      `otpauth://totp/Loopstart:${encodeURIComponent(email)}?issuer=Loopstart&secret=${begun.key}&algorithm=SHA1&digits=6&period=30`,
    );
    expect(await person(endpoints.listOwnFactors)).toMatchObject({ items: [], recoveryCodesLeft: 0 });
    expect((await browser().password()).status).toBe(201);
    const confirm = (code: string) => person(endpoints.confirmTotp, { params: { factorId: begun.id }, body: { code } });
    expect(await problemOf(confirm(codeOf(begun.key, nowMs - 5 * STEP_MS)))).toMatchObject({
      status: 400,
      fields: [{ path: 'body.code', expected: 'the code that your authenticator app shows now' }],
    });
    const { recoveryCodes } = await confirm(codeOf(begun.key, nowMs));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(recoveryCodes![0]).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await person(endpoints.listOwnFactors)).toMatchObject({
      items: [{ id: begun.id, kind: 'totp', name: 'Phone' }],
      recoveryCodesLeft: 10,
    });
    expect(await verbs()).toContain('add-factor');
    const kept = JSON.stringify([
      await rowsOf(api.database.ownerUrl, 'select change, before from audit_entry'),
      await rowsOf(api.database.ownerUrl, `select encode(secret, 'escape') from account_totp`),
    ]);
    for (const secret of [begun.key, ...recoveryCodes!]) expect(kept).not.toContain(secret);
  });

  test('of a colleague is seen by nobody else, and not removed', async () => {
    const { id } = await enrol();
    expect((await oak.admin(endpoints.listOwnFactors)).items).toEqual([]);
    expect((await problemOf(oak.admin(endpoints.removeOwnFactor, { params: { factorId: id } }))).code).toBe(
      'not-found',
    );
  });

  test('ends with its recovery codes when it is removed', async () => {
    const { id } = await enrol();
    await person(endpoints.removeOwnFactor, { params: { factorId: id } });
    expect(await person(endpoints.listOwnFactors)).toMatchObject({ items: [], recoveryCodesLeft: 0 });
    expect((await browser().password()).status).toBe(201);
    expect(await verbs()).toContain('remove-factor');
  });

  test('the second one brings no new codes', async () => {
    await enrol();
    expect((await enrol(person, 'Tablet')).recoveryCodes).toBeNull();
    expect((await person(endpoints.listOwnFactors)).items.map(({ name }) => name)).toEqual(['Phone', 'Tablet']);
  });
});

describe('signing in with a second factor', () => {
  test('takes a right password and a code of now; the password alone opens nothing but the second step', async () => {
    const { key } = await enrol();
    const one = browser();
    expect(await one.password()).toMatchObject({ status: 401, body: { code: 'second-factor-needed' } });
    expect([...one.jar.keys()]).toEqual(['loopstart_sign_in']);
    expect((await problemOf(one.client()(endpoints.getSession))).code).toBe('not-signed-in');
    expect(await one.client()(endpoints.getSecondStep)).toEqual({ steps: ['totp', 'recovery-code'] });
    expect(await one.step('totp', codeOf(key, nowMs - 5 * STEP_MS))).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'body.code' }] },
    });
    expect(await one.step('totp', codeOf(key, nowMs))).toMatchObject({ status: 201, body: { email } });
    expect([...one.jar.keys()].toSorted()).toEqual(['loopstart_device', 'loopstart_session']);
    expect((await one.client()(endpoints.getSession)).email).toBe(email);
    expect(await verbs()).toEqual(expect.arrayContaining(['second-step-refused', 'sign-in']));
    const [row] = await rowsOf(api.database.ownerUrl, 'select methods from session order by created_at desc limit 1');
    expect(row).toEqual({ methods: ['password', 'totp'] });
  });

  test.for([
    [-1, 201],
    [1, 201],
    [-2, 400],
    [2, 400],
  ] as const)('a code %i steps away answers %i', async ([steps, status]) => {
    const { key } = await enrol();
    nowMs += 5 * STEP_MS;
    const one = browser();
    await one.password();
    expect((await one.step('totp', codeOf(key, nowMs + steps * STEP_MS))).status).toBe(status);
  });

  test('the token of the second step is no session, and a session is none of it', async () => {
    const { key } = await enrol();
    const one = browser();
    await one.password();
    const token = one.jar.get('loopstart_sign_in')!;
    const forged = clientOf(api.url, `loopstart_session=${token}`);
    expect((await problemOf(forged(endpoints.getSession))).code).toBe('not-signed-in');
    const other = browser();
    other.jar.set('loopstart_sign_in', oak.cookie.split('=')[1]!);
    expect(await other.step('totp', codeOf(key, nowMs))).toMatchObject({ status: 410, body: { code: 'sign-in-over' } });
    const stored = await rowsOf<{ hash: string }>(
      api.database.ownerUrl,
      `select encode(token_hash, 'escape') as hash from pending_sign_in`,
    );
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  test('ends after ten minutes, and with a new password', async () => {
    const { key } = await enrol();
    const slow = browser();
    await slow.password();
    nowMs += 10 * 60_000;
    expect(await slow.step('totp', codeOf(key, nowMs))).toMatchObject({ status: 410 });
    const old = browser();
    await old.password();
    const body = { currentPassword: PASSWORD, newPassword: 'seven quiet harbours' };
    await person(endpoints.changePassword, { body });
    expect(await old.step('totp', codeOf(key, nowMs))).toMatchObject({ status: 410 });
  });

  test('of 100 uses of one code at once one wins, each with a sign-in of its own', async () => {
    const { key } = await enrol();
    await rowsOf(api.database.ownerUrl, 'delete from try_pace');
    const tokens = await plantPending(100);
    const code = codeOf(key, nowMs);
    const answers = await Promise.all(
      tokens.map(async (token) => {
        await rowsOf(api.database.ownerUrl, 'delete from try_pace');
        const one = browser();
        one.jar.set('loopstart_sign_in', token);
        return one.step('totp', code);
      }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    // And not once more, after all of them.
    const late = browser();
    await rowsOf(api.database.ownerUrl, 'delete from try_pace');
    await late.password();
    expect(await late.step('totp', code)).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'body.code', expected: 'the next code: this one was used already' }] },
    });
  });

  test('of ten second steps of one sign-in, each with a right code, one opens a session', async () => {
    const { recoveryCodes } = await enrol();
    const [token] = await plantPending(1);
    const answers = await Promise.all(
      recoveryCodes!.map((code) => {
        const one = browser();
        one.jar.set('loopstart_sign_in', token!);
        return one.step('recovery-code', code);
      }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('who has the password cannot lock its owner out', async () => {
    const { key, recoveryCodes } = await enrol();
    const known = browser();
    await known.password();
    await known.step('totp', codeOf(key, nowMs));
    known.jar.delete('loopstart_session');
    const thief = browser();
    await thief.password();
    for (let index = 0; index < 10; index += 1) expect((await thief.step('totp', '000000')).status).toBe(400);
    expect((await thief.step('totp', '000000')).status).toBe(429);
    nowMs += 2 * STEP_MS - 1;
    // A browser known for the account has a limit of its own, and recovery codes have no limit of the account.
    await known.password();
    expect((await known.step('totp', codeOf(key, nowMs))).status).toBe(201);
    const fresh = browser();
    await fresh.password();
    expect((await fresh.step('recovery-code', recoveryCodes![0]!)).status).toBe(201);
  });
});

describe('a recovery code', () => {
  test('stands in for the factor, however it is written, once', async () => {
    const { recoveryCodes } = await enrol();
    const one = browser();
    await one.password();
    const typed = recoveryCodes![3]!.toLowerCase().replaceAll('-', ' ');
    expect((await one.step('recovery-code', typed)).status).toBe(201);
    expect((await person(endpoints.listOwnFactors)).recoveryCodesLeft).toBe(9);
    await one.password();
    expect((await one.step('recovery-code', recoveryCodes![3]!)).status).toBe(400);
  });

  test('of 100 uses at once one wins', async () => {
    const { recoveryCodes } = await enrol();
    const tokens = await plantPending(100);
    const answers = await Promise.all(
      tokens.map(async (token) => {
        await rowsOf(api.database.ownerUrl, 'delete from try_pace');
        const one = browser();
        one.jar.set('loopstart_sign_in', token);
        return one.step('recovery-code', recoveryCodes![0]!);
      }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await person(endpoints.listOwnFactors)).recoveryCodesLeft).toBe(9);
  });

  test('of the old set ends with a new one', async () => {
    const { recoveryCodes: old } = await enrol();
    const { recoveryCodes } = await person(endpoints.renewRecoveryCodes);
    const one = browser();
    await one.password();
    expect((await one.step('recovery-code', old![0]!)).status).toBe(400);
    expect((await one.step('recovery-code', recoveryCodes[0]!)).status).toBe(201);
  });

  test('without a second factor there are none', async () => {
    expect(await problemOf(person(endpoints.renewRecoveryCodes))).toMatchObject({ status: 404 });
  });
});

/** Sign-ins of the person whose second step is missing: the pace of passwords would refuse so many. */
async function plantPending(count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => crypto.randomUUID().replaceAll('-', ''));
  await rowsOf(
    api.database.ownerUrl,
    `insert into pending_sign_in (token_hash, account_id, methods, created_at, expires_at)
     select sha256(convert_to(token, 'UTF8')), (select id from account where email = $2), '{password}', $3, $3::timestamptz + interval '5 minutes'
     from unnest($1::text[]) as token`,
    [tokens, email, new Date(nowMs)],
  );
  return tokens;
}
