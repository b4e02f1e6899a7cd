import { generateKeyPairSync } from 'node:crypto';
import { endpoints, type PasskeyRequest } from '@loopstart/contracts';
import { DEFAULT_SIGN_IN_POLICY } from '@loopstart/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { Authenticator, type Wrong } from './authenticator.ts';
import type { Cbor } from './cbor.ts';
import { cookieBrowser } from './cookie-browser.ts';
import { rowsOf } from './ingest.ts';

const PASSWORD = 'correct horse battery';
const EXPECTED = 'a passkey that you have added here, used for this request';
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
  await forgetPace();
  oak = await api.operator('Oak');
  person = oak.technician;
  email = (await person(endpoints.getSession)).email;
});

const forgetPace = () => rowsOf(api.database.ownerUrl, 'delete from try_pace');

/** Adds a passkey; the device, and the recovery codes that come with the first factor. */
async function enrol(client = person, name = 'Laptop', device = new Authenticator()) {
  // Lists are in the order in which things were added.
  nowMs += 1000;
  const options = await client(endpoints.beginPasskey);
  const body = { name, credential: device.make(options) };
  return { device, ...(await client(endpoints.addPasskey, { body })) };
}

const browser = () => cookieBrowser(api.url);
type Browser = ReturnType<typeof browser>;

async function options(one: Browser, path: string): Promise<PasskeyRequest> {
  const { status, body } = await one.send(path);
  expect(status).toBe(201);
  return body as unknown as PasskeyRequest;
}

/** The three uses of a passkey: how each asks for one, and how it is shown. */
const USES = {
  'sign-in': {
    begin: () => Promise.resolve(browser()),
    ask: (one: Browser) => options(one, endpoints.beginPasskeySignIn.path),
    show: (one: Browser, credential: unknown) => one.send(endpoints.signInByPasskey.path, { credential }),
    right: 201,
  },
  'second step': {
    async begin() {
      const one = browser();
      const { status } = await one.send(endpoints.signIn.path, { email, password: PASSWORD });
      expect(status).toBe(401);
      return one;
    },
    ask: (one: Browser) => options(one, endpoints.beginPasskeyStep.path),
    show: (one: Browser, credential: unknown) =>
      one.send(endpoints.takeSecondStep.path, { step: 'passkey', credential }),
    right: 201,
  },
  proof: {
    async begin() {
      const one = browser();
      const [name, value] = await sessionOf();
      one.jar.set(name, value);
      return one;
    },
    ask: (one: Browser) => options(one, endpoints.beginPasskeyProof.path),
    show: (one: Browser, credential: unknown) => one.send(endpoints.proveAgain.path, { by: 'passkey', credential }),
    right: 204,
  },
} as const;
type Use = keyof typeof USES;
const ALL_USES = Object.keys(USES) as Use[];
let session: { email: string; cookie: [string, string] } | null = null;

/** The cookie of a session of the person, opened by a passkey of theirs. */
async function sessionOf(): Promise<[string, string]> {
  if (session?.email === email) return session.cookie;
  const { device } = await enrol(person, `Opens ${crypto.randomUUID()}`);
  const one = browser();
  const asked = await USES['sign-in'].ask(one);
  expect((await USES['sign-in'].show(one, device.show(asked))).status).toBe(201);
  session = { email, cookie: ['loopstart_session', one.jar.get('loopstart_session')!] };
  return session.cookie;
}

const audit = async () => (await oak.admin(endpoints.listAudit, { query: { limit: 30 } })).items;

describe('a passkey', () => {
  test('is asked for with finger, face or PIN, and found by its device; nobody vouches for the device', async () => {
    const asked = await person(endpoints.beginPasskey);
    expect(asked).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: email },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [],
    });
    expect(Buffer.from(asked.challenge, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(asked.user.id)).not.toContain(email);
  });

  test('is listed, brings recovery codes as the first factor, and is on record', async () => {
    const { id, recoveryCodes, device } = await enrol();
    expect(recoveryCodes).toHaveLength(10);
    expect(await person(endpoints.listOwnFactors)).toMatchObject({
      items: [{ id, kind: 'passkey', name: 'Laptop', lastUsedAt: null }],
      recoveryCodesLeft: 10,
    });
    expect((await audit()).map(({ verb }) => verb)).toContain('add-factor');
    expect((await enrol(person, 'Key ring')).recoveryCodes).toBeNull();
    const { excludeCredentials } = await person(endpoints.beginPasskey);
    expect(excludeCredentials.map((one) => one.id)).toContain(device.credentialId.toString('base64url'));
    expect((await oak.admin(endpoints.listOwnFactors)).items).toEqual([]);
  });

  test('is renamed, and removed with the recovery codes as the last one', async () => {
    const { id } = await enrol();
    await enrol(person, 'Key ring');
    const rename = (name: string, client = person) =>
      client(endpoints.renameOwnFactor, { params: { factorId: id }, body: { name } });
    await rename('Old laptop');
    expect((await person(endpoints.listOwnFactors)).items.map(({ name }) => name)).toEqual(['Old laptop', 'Key ring']);
    expect(await problemOf(rename('Key ring'))).toMatchObject({ fields: [{ path: 'body.name' }] });
    expect((await problemOf(rename('Mine', oak.admin))).code).toBe('not-found');
    const [entry] = await audit();
    expect(entry).toMatchObject({ verb: 'rename-factor', change: { factor: 'Old laptop' } });
    for (const one of (await person(endpoints.listOwnFactors)).items)
      await person(endpoints.removeOwnFactor, { params: { factorId: one.id } });
    expect(await person(endpoints.listOwnFactors)).toMatchObject({ items: [], recoveryCodesLeft: 0 });
    expect((await browser().send(endpoints.signIn.path, { email, password: PASSWORD })).status).toBe(201);
  });

  test('of nobody else can be added again', async () => {
    const { device } = await enrol();
    const asked = await oak.admin(endpoints.beginPasskey);
    const body = { name: 'Copy', credential: device.make(asked) };
    expect(await problemOf(oak.admin(endpoints.addPasskey, { body }))).toMatchObject({ code: 'invalid-input' });
    expect((await oak.admin(endpoints.listOwnFactors)).items).toEqual([]);
  });

  test.for<[string, Wrong]>([
    ['made on another site', { origin: 'https://loopstart.example.net' }],
    ['made for another site', { rpId: 'example.net' }],
    ['of another challenge', { challenge: 'A'.repeat(43) }],
    ['without finger, face or PIN', { userVerified: false }],
    ['without anybody there', { userPresent: false }],
    ['that was shown, and not made', { type: 'webauthn.get' }],
  ])('%s is not added', async ([, wrong]) => {
    const asked = await person(endpoints.beginPasskey);
    const credential = new Authenticator().make(asked, wrong);
    const answer = await problemOf(person(endpoints.addPasskey, { body: { name: 'Laptop', credential } }));
    expect(answer).toMatchObject({ status: 400, fields: [{ path: 'body.credential' }] });
    expect((await person(endpoints.listOwnFactors)).items).toEqual([]);
  });

  test('for which a manufacturer vouches is not added: its certificates would be asked about', async () => {
    const asked = await person(endpoints.beginPasskey);
    const statement = new Map<string, Cbor>([
      ['alg', -7],
      ['sig', new Uint8Array(70)],
      ['x5c', new Uint8Array(3)],
    ]);
    const credential = new Authenticator().make(asked, {}, { format: 'packed', statement });
    const answer = await problemOf(person(endpoints.addPasskey, { body: { name: 'Laptop', credential } }));
    expect(answer).toMatchObject({ status: 400, fields: [{ path: 'body.credential' }] });
  });

  test('is added once by one challenge, of 100 requests at once, and by its session alone', async () => {
    const asked = await person(endpoints.beginPasskey);
    const answers = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => {
        const body = { name: `Device ${index}`, credential: new Authenticator().make(asked) };
        return person(endpoints.addPasskey, { body });
      }),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const again = await person(endpoints.beginPasskey);
    const body = { name: 'Foreign', credential: new Authenticator().make(again) };
    expect((await problemOf(oak.admin(endpoints.addPasskey, { body }))).code).toBe('invalid-input');
    nowMs += 5 * 60_000;
    expect((await problemOf(person(endpoints.addPasskey, { body }))).code).toBe('invalid-input');
    expect((await person(endpoints.listOwnFactors)).items).toHaveLength(1);
  });
});

describe.for(ALL_USES)('a passkey as %s', (name) => {
  const use = USES[name];

  test('is accepted, and counts as used', async () => {
    const { device, id } = await enrol();
    const one = await use.begin();
    const { status } = await use.show(one, device.show(await use.ask(one)));
    expect(status).toBe(use.right);
    const { items } = await person(endpoints.listOwnFactors);
    expect(items.find((item) => item.id === id)?.lastUsedAt).toBe(new Date(nowMs).toISOString());
  });

  test('of a device that does not count is accepted each time', async () => {
    const { device } = await enrol(person, 'Synchronised', new Authenticator({ counts: false }));
    for (let time = 0; time < 2; time += 1) {
      const one = await use.begin();
      expect((await use.show(one, device.show(await use.ask(one)))).status).toBe(use.right);
    }
  });

  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  test.for<[string, Wrong]>([
    ['of another site', { origin: 'https://loopstart.example.net' }],
    ['for another site', { rpId: 'example.net' }],
    ['without finger, face or PIN', { userVerified: false }],
    ['without anybody there', { userPresent: false }],
    ['of another challenge', { challenge: 'A'.repeat(43) }],
    ['that was made, and not shown', { type: 'webauthn.create' }],
    ['that nobody knows', { credentialId: Buffer.alloc(32, 7) }],
    ['signed by another key', { key }],
    ['that names another account', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['that counts backwards', { counter: 1 }],
    ['that counts no more', { counter: 0 }],
  ])('%s is refused as any other', async ([, wrong]) => {
    const { device } = await enrol();
    device.counter = 8;
    const one = await use.begin();
    expect((await use.show(one, device.show(await use.ask(one)))).status).toBe(use.right);
    const two = await use.begin();
    const answer = await use.show(two, device.show(await use.ask(two), wrong));
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', fields: [{ path: 'body.credential', expected: EXPECTED }] },
    });
    expect(two.jar.has('loopstart_session')).toBe(name === 'proof');
  });

  test('is accepted once: its answer and its challenge are used up, even by a wrong one', async () => {
    const { device } = await enrol();
    const one = await use.begin();
    const asked = await use.ask(one);
    const shown = device.show(asked);
    const copy = { ...one, jar: new Map(one.jar) };
    expect((await use.show(one, shown)).status).toBe(use.right);
    for (const [cookie, value] of copy.jar) one.jar.set(cookie, value);
    expect((await use.show(one, shown)).status).not.toBe(use.right);
    const two = await use.begin();
    const again = await use.ask(two);
    expect((await use.show(two, device.show(again, { userVerified: false }))).status).toBe(400);
    expect((await use.show(two, device.show(again))).status).toBe(400);
  });

  test('answers the browser that asked, within five minutes', async () => {
    const { device } = await enrol();
    const [asking, other] = [await use.begin(), await use.begin()];
    const asked = await use.ask(asking);
    // Two sign-ins are two holders; one session is one.
    if (name !== 'proof') {
      await use.ask(other);
      expect((await use.show(other, device.show(asked))).status).toBe(400);
    }
    nowMs += 5 * 60_000;
    expect((await use.show(asking, device.show(asked))).status).toBe(400);
  });

  test('is no challenge of another use', async () => {
    const { device } = await enrol();
    for (const foreign of ALL_USES.filter((one) => one !== name)) {
      const from = await USES[foreign].begin();
      const asked = await USES[foreign].ask(from);
      const one = await use.begin();
      await use.ask(one);
      for (const [cookie, value] of from.jar) if (!one.jar.has(cookie)) one.jar.set(cookie, value);
      expect((await use.show(one, device.show(asked))).status, foreign).toBe(400);
    }
  });

  test('of 100 answers to one challenge at once one wins', async () => {
    const { device } = await enrol();
    const one = await use.begin();
    const asked = await use.ask(one);
    const jar = new Map(one.jar);
    const shown = Array.from({ length: 100 }, () => device.show(asked));
    const answers = await Promise.all(
      shown.map(async (credential) => {
        await forgetPace();
        const each = browser();
        for (const [cookie, value] of jar) each.jar.set(cookie, value);
        return use.show(each, credential);
      }),
    );
    expect(answers.filter(({ status }) => status === use.right)).toHaveLength(1);
  });
});

describe('a passkey', () => {
  test('of a colleague is none of mine, as second step and as proof', async () => {
    await enrol();
    const { device } = await enrol(oak.admin, 'Of the owner');
    for (const name of ['second step', 'proof'] as const) {
      const one = await USES[name].begin();
      const answer = await USES[name].show(one, device.show(await USES[name].ask(one)));
      expect(answer, name).toMatchObject({ status: 400, body: { fields: [{ expected: EXPECTED }] } });
    }
  });

  test('alone is two factors: it opens the console, and the session says by what', async () => {
    const { device } = await enrol();
    const one = browser();
    const asked = await USES['sign-in'].ask(one);
    expect(asked.allowCredentials).toEqual([]);
    const { body } = await USES['sign-in'].show(one, device.show(asked));
    expect(body).toMatchObject({ email });
    expect((await one.client()(endpoints.getSession)).email).toBe(email);
    expect([...one.jar.keys()].toSorted()).toEqual(['loopstart_device', 'loopstart_session']);
    const sessions = await rowsOf<{ methods: string[] }>(
      api.database.ownerUrl,
      `select s.methods from session s join account a on a.id = s.account_id where a.email = '${email}'`,
    );
    expect(sessions.map(({ methods }) => methods.join())).toContain('passkey');
  });

  test('alone opens nothing where it is accepted after the password alone, and ends what it had opened', async () => {
    const { device } = await enrol();
    const alone = async () => {
      const one = browser();
      return { one, ...(await USES['sign-in'].show(one, device.show(await USES['sign-in'].ask(one)))) };
    };
    const before = await alone();
    expect(before.status).toBe(201);
    const policy = { ...DEFAULT_SIGN_IN_POLICY, accepts: ['passkey'], roles: [], networks: [], roleNetworks: [] };
    await oak.admin(endpoints.putSignInPolicy, { body: policy as never });
    expect(await alone()).toMatchObject({ status: 403, body: { code: 'factor-not-accepted' } });
    expect(await problemOf(before.one.client()(endpoints.getSession))).toMatchObject({ code: 'not-signed-in' });
    const one = await USES['second step'].begin();
    expect((await USES['second step'].show(one, device.show(await USES['second step'].ask(one)))).status).toBe(201);
  });

  test('alone must name its account', async () => {
    const { device } = await enrol();
    const one = browser();
    const asked = await USES['sign-in'].ask(one);
    expect((await USES['sign-in'].show(one, device.show(asked, { userHandle: null }))).status).toBe(400);
  });

  test('is the second step that is offered first', async () => {
    const { device } = await enrol();
    const one = await USES['second step'].begin();
    expect(await one.client()(endpoints.getSecondStep)).toEqual({ steps: ['passkey', 'recovery-code'] });
    const asked = await USES['second step'].ask(one);
    expect(asked.allowCredentials.map(({ id }) => id)).toEqual([device.credentialId.toString('base64url')]);
  });

  test('that counts backwards is on record, as one that may have been copied', async () => {
    const { device } = await enrol();
    device.counter = 20;
    for (const counter of [undefined, 5]) {
      const one = browser();
      const asked = await USES['sign-in'].ask(one);
      await USES['sign-in'].show(one, device.show(asked, counter === undefined ? {} : { counter }));
    }
    expect((await audit()).find(({ verb }) => verb === 'passkey-refused')).toMatchObject({
      change: { reason: 'counter', address: '127.0.0.1' },
    });
  });

  test('proves who somebody is for ten minutes', async () => {
    const { device } = await enrol();
    const one = await USES.proof.begin();
    nowMs += 11 * 60_000;
    expect((await problemOf(one.client()(endpoints.renewRecoveryCodes))).code).toBe('proof-needed');
    expect((await USES.proof.show(one, device.show(await USES.proof.ask(one)))).status).toBe(204);
    expect((await one.client()(endpoints.renewRecoveryCodes)).recoveryCodes).toHaveLength(10);
  });

  test('is limited by address alone: who tries wrong ones uses up no tries of an account', async () => {
    await enrol();
    const one = browser();
    const credential = new Authenticator().show(await USES['sign-in'].ask(one), { userHandle: null });
    const statuses: number[] = [];
    for (let time = 0; time < 31; time += 1) statuses.push((await USES['sign-in'].show(one, credential)).status);
    expect(statuses.filter((status) => status === 400)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    // Codes and passwords are counted elsewhere.
    expect((await browser().send(endpoints.signIn.path, { email, password: PASSWORD })).status).toBe(401);
  });

  test.for([
    ['resets the factors', (params: { userId: string }) => oak.admin(endpoints.resetMemberFactors, { params })],
    [
      'erases the person',
      (params: { userId: string }) =>
        oak.admin(endpoints.erasePerson, { params, body: { name: 'Oak technician' } }).then(() => undefined),
    ],
  ] as const)('goes when an owner %s', async ([, act]) => {
    await enrol();
    await person(endpoints.beginPasskey);
    const { id: userId } = await person(endpoints.getSession);
    const [account] = await rowsOf<{ id: string }>(
      api.database.ownerUrl,
      `select id from account where email = '${email}'`,
    );
    await act({ userId });
    const left = await rowsOf(
      api.database.ownerUrl,
      `select (select count(*)::int from passkey k where k.account_id = a.id) as keys,
         (select count(*)::int from passkey_challenge c where c.account_id = a.id) as challenges
       from account a where a.id = '${account!.id}'`,
    );
    expect(left).toEqual([{ keys: 0, challenges: 0 }]);
  });

  test('of nothing is kept but what is public: no challenge in clear', async () => {
    const asked = await person(endpoints.beginPasskey);
    const rows = await rowsOf<{ hash: string }>(
      api.database.ownerUrl,
      `select encode(challenge_hash, 'base64') as hash from passkey_challenge`,
    );
    expect(rows.length).toBeGreaterThan(0);
    const plain = Buffer.from(asked.challenge, 'base64url').toString('base64');
    expect(JSON.stringify(rows)).not.toContain(plain.slice(0, 20));
  });
});
