import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/core/config.ts';
import { ownersOf, rewrap, rotateDataKey } from '../src/core/secret/rotation/rotate.ts';
import { stateOf } from '../src/core/secret/rotation/state.ts';
import { boundTo, SEALED_FIELDS, type SealedFieldName, type SealedPlace } from '../src/core/secret/sealed-fields.ts';
import { sealValue } from '../src/core/secret/sealed-value.ts';
import { Secrets } from '../src/core/secret/secrets.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { plantAgent, type TestAgent } from './ingest.ts';
import { startKms } from './kms-server.ts';
import { PLANT_SEALED, sealedAt } from './sealed-rows.ts';
import { sealFormerly } from './sealed-formerly.ts';

const MINUTE_MS = 60_000;
const [FIRST, SECOND] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
/** Fields of the former format, too. */
const FIELDS = (Object.keys(PLANT_SEALED) as SealedFieldName[]).filter((name) => 'former' in SEALED_FIELDS[name]);
let database: TestDatabase;
let owner: pg.Client;
let oak: TestAgent;
let elm: TestAgent;
let nowMs = Date.UTC(2026, 10, 30);
const open: Secrets[] = [];

async function process(keys: readonly Buffer[], env: NodeJS.ProcessEnv = {}): Promise<Secrets> {
  const { DATABASE_URL, DATABASE_APP_URL } = database.config;
  const [current, ...former] = keys.map((key) => key.toString('base64'));
  const config = readConfig({
    DATABASE_URL,
    DATABASE_APP_URL,
    LOOPSTART_SECRET_KEY: current,
    LOOPSTART_FORMER_SECRET_KEYS: former.join(','),
    ...env,
  });
  const one = await Secrets.of(config, () => nowMs);
  open.push(one);
  return one;
}

const plainOf = (place: SealedPlace) => `secret of ${place.field} ${JSON.stringify(place.row)}`;

/** A value in each sealed field of both operators; channels of Oak are many. */
async function plantAll(seal: (place: SealedPlace) => Promise<Buffer> | Buffer): Promise<SealedPlace[]> {
  const places: SealedPlace[] = [];
  for (const agent of [oak, elm])
    for (const field of FIELDS) places.push(await PLANT_SEALED[field](owner, agent, seal));
  for (let index = 0; index < 450; index += 1) places.push(await PLANT_SEALED['channel.secret'](owner, oak, seal));
  return places;
}

async function expectReadable(secrets: Secrets, places: readonly SealedPlace[]): Promise<void> {
  for (const place of places) expect(await secrets.open(place, await sealedAt(owner, place))).toBe(plainOf(place));
}

const rotateAll = async (secrets: Secrets, olderThanMs: number) => {
  const done = [];
  for (const one of await ownersOf(owner)) done.push(await rotateDataKey(secrets, one, { now: nowMs, olderThanMs }));
  return {
    newKeys: done.filter(({ newKey }) => newKey).length,
    values: done.reduce((sum, { values }) => sum + values, 0),
    unreadable: done.flatMap(({ unreadable }) => unreadable),
    removedKeys: done.reduce((sum, { removedKeys }) => sum + removedKeys, 0),
    keptKeys: done.reduce((sum, { keptKeys }) => sum + keptKeys, 0),
  };
};

beforeAll(async () => {
  database = await createDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  oak = await plantAgent(database.ownerUrl);
  elm = await plantAgent(database.ownerUrl);
});
afterAll(async () => {
  for (const one of open) await one.onApplicationShutdown();
  await owner.end();
  await database.drop();
});

describe('rotation, from the former format on', () => {
  let places: SealedPlace[];

  test('seals values of the former format with data keys, each kind of them', async () => {
    places = await plantAll((place) => sealFormerly(FIRST, plainOf(place), place));
    const secrets = await process([FIRST]);
    await expectReadable(secrets, places.slice(0, 12));
    // The planting of a signing key plants the settings of its channel, which are not in the list.
    const total = places.length + 2;
    expect(await stateOf(secrets, await ownersOf(owner))).toMatchObject({ values: total, byNoKey: total });
    expect(await rotateAll(secrets, 0)).toEqual({
      newKeys: 0,
      values: total,
      unreadable: [],
      removedKeys: 0,
      keptKeys: 0,
    });
    expect(await stateOf(secrets, await ownersOf(owner))).toMatchObject({ values: total, byNoKey: 0, byFormerKeys: 0 });
    await expectReadable(secrets, places);
  });

  test('of the master key leaves sealed values as they are, and needs the former key no longer', async () => {
    const before = await sealedAt(owner, places[0]!);
    const both = await process([SECOND, FIRST]);
    let wrapped = 0;
    for (const one of await ownersOf(owner)) wrapped += await rewrap(both, one);
    expect(wrapped).toBe(3);
    for (const one of await ownersOf(owner)) expect(await rewrap(both, one)).toBe(0);
    expect((await sealedAt(owner, places[0]!)).equals(before)).toBe(true);
    await expectReadable(await process([SECOND]), places.slice(0, 12));
    await expect((await process([FIRST])).open(places[0]!, before)).rejects.toThrow('is not given');
  });

  test('of data keys goes on while other processes open and seal, and loses nothing', async () => {
    const processes = await Promise.all([process([SECOND]), process([SECOND]), process([SECOND])]);
    nowMs += 25 * 60 * MINUTE_MS;
    const over = new AbortController();
    let reads = 0;
    const written: SealedPlace[] = [];
    const others = processes.slice(1).map(async (secrets) => {
      const client = new pg.Client({ connectionString: database.ownerUrl });
      await client.connect();
      for (let index = 0; !over.signal.aborted; index += 1) {
        const place = places[(index * 7) % places.length]!;
        expect(await secrets.open(place, await sealedAt(client, place))).toBe(plainOf(place));
        written.push(await PLANT_SEALED['channel.secret'](client, elm, (at) => secrets.seal(at, plainOf(at))));
        reads += 1;
      }
      await client.end();
    });
    // Two run at once, as when a person begins a second one.
    const done = await Promise.all([
      rotateAll(processes[0]!, 60 * MINUTE_MS),
      rotateAll(await process([SECOND]), 60 * MINUTE_MS),
    ]);
    over.abort();
    await Promise.all(others);
    expect(reads).toBeGreaterThan(10);
    expect(done[0].newKeys + done[1].newKeys).toBe(3);
    expect([...done[0].unreadable, ...done[1].unreadable]).toEqual([]);
    await expectReadable(await process([SECOND]), [...places, ...written]);
  });

  test('keeps former keys for a quarter of an hour, then removes them once nothing is sealed with them', async () => {
    const secrets = await process([SECOND]);
    expect(await rotateAll(secrets, 24 * 60 * MINUTE_MS)).toMatchObject({ newKeys: 0, removedKeys: 0, keptKeys: 3 });
    nowMs += 16 * MINUTE_MS;
    const elms = (await secrets.keys.rows(elm.operatorId)).find(({ formerSince }) => formerSince !== null)!;
    // A value that came back under a former key, as when a row was read before and written after.
    const late = await PLANT_SEALED['heartbeat.url'](owner, elm, async (place) => {
      const bytes = await secrets.keys.byId(elm.operatorId, elms.id);
      return sealValue({ id: elms.id, bytes }, plainOf(place), boundTo(place));
    });
    expect(await rotateAll(secrets, 24 * 60 * MINUTE_MS)).toMatchObject({ values: 1, removedKeys: 3, keptKeys: 0 });
    await expectReadable(await process([SECOND]), [late, ...places.slice(0, 12)]);
  });

  test('that was interrupted is continued without a further key', async () => {
    const secrets = await process([SECOND]);
    nowMs += 25 * 60 * MINUTE_MS;
    const seal = secrets.seal.bind(secrets);
    let left = 300;
    secrets.seal = (place, plain) => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return seal(place, plain);
    };
    const keysBefore = (await secrets.keys.rows(oak.operatorId)).length;
    const work = secrets.keys.work.bind(secrets.keys);
    // The process ends in the second batch, as by a kill: nothing of it was written.
    secrets.keys.work = (operatorId, run) => (left < 0 ? Promise.reject(new Error('killed')) : work(operatorId, run));
    await expect(rotateDataKey(secrets, oak.operatorId, { now: nowMs, olderThanMs: 60 * MINUTE_MS })).rejects.toThrow(
      'killed',
    );
    const next = await process([SECOND]);
    const before = await stateOf(next, [oak.operatorId]);
    expect(before.byFormerKeys).toBeGreaterThan(0);
    expect(before.byFormerKeys).toBeLessThan(before.values);
    await expectReadable(next, places.filter(({ operatorId }) => operatorId === oak.operatorId).slice(0, 20));
    const done = await rotateDataKey(next, oak.operatorId, { now: nowMs, olderThanMs: 60 * MINUTE_MS });
    expect(done).toMatchObject({ newKey: false, values: before.byFormerKeys, unreadable: [] });
    expect(await next.keys.rows(oak.operatorId)).toHaveLength(keysBefore + 1);
    await expectReadable(next, places);
  });

  test('names what it cannot read by its row, and leaves it', async () => {
    const secrets = await process([SECOND]);
    const lost = await PLANT_SEALED['channel.secret'](owner, elm, (place) =>
      sealFormerly(Buffer.alloc(32, 99), 'x', place),
    );
    const before = await sealedAt(owner, lost);
    const done = await rotateDataKey(secrets, elm.operatorId, { now: nowMs, olderThanMs: 60 * MINUTE_MS });
    expect(done.unreadable).toEqual([`channel.secret of ${lost.row['id']}`]);
    expect((await sealedAt(owner, lost)).equals(before)).toBe(true);
  });
});

describe('a key management service', () => {
  test('wraps data keys by its transit API; from local keys to it, through a rotation of its own, and refusals', async () => {
    const token = randomUUID();
    const file = join(mkdtempSync(join(tmpdir(), 'loopstart-kms-')), 'token');
    writeFileSync(file, `${token}\n`);
    const kms = await startKms({ token, key: 'loopstart', mount: 'eu/transit' });
    const env = {
      LOOPSTART_KMS_URL: kms.url,
      LOOPSTART_KMS_MOUNT: 'eu/transit',
      LOOPSTART_KMS_TOKEN_FILE: file,
      LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1',
    };
    try {
      const ash = await plantAgent(database.ownerUrl);
      const place = await PLANT_SEALED['channel.secret'](owner, ash, async (at) =>
        (await process([SECOND])).seal(at, plainOf(at)),
      );
      const secrets = await process([SECOND], env);
      await expectReadable(secrets, [place]);
      expect(await rewrap(secrets, ash.operatorId)).toBe(1);
      const masterIds = async () => (await secrets.keys.rows(ash.operatorId)).map(({ masterKeyId }) => masterKeyId);
      expect(await masterIds()).toEqual(['kms:eu/transit/loopstart:v1']);
      // With the service alone: another local key is of no consequence any more.
      await expectReadable(await process([FIRST], env), [place]);
      kms.rotate();
      expect(await rewrap(secrets, ash.operatorId)).toBe(1);
      expect(await masterIds()).toEqual(['kms:eu/transit/loopstart:v2']);
      await expectReadable(await process([FIRST], env), [place]);
      expect(new Set(kms.asked)).toEqual(
        new Set([
          'GET /v1/eu/transit/keys/loopstart',
          'POST /v1/eu/transit/encrypt/loopstart',
          'POST /v1/eu/transit/decrypt/loopstart',
        ]),
      );
      writeFileSync(file, 'another token');
      const refused = (await process([FIRST], env)).open(place, await sealedAt(owner, place));
      await expect(refused).rejects.toThrow('refused to decrypt with key loopstart: it answered 403');
      await expect(refused).rejects.not.toThrow('another token');
      // Without a permission for the address, nothing is sent.
      const before = kms.asked.length;
      const closed = await process([FIRST], { ...env, LOOPSTART_OUTBOUND_ALLOW: '' });
      await expect(closed.open(place, await sealedAt(owner, place))).rejects.toThrow(
        'not at an address of the public internet',
      );
      expect(kms.asked).toHaveLength(before);
    } finally {
      await kms.stop();
    }
  });

  test('needs a file with its token', () => {
    expect(() =>
      readConfig({
        DATABASE_URL: database.config.DATABASE_URL,
        DATABASE_APP_URL: database.config.DATABASE_APP_URL,
        LOOPSTART_SECRET_KEY: FIRST.toString('base64'),
        LOOPSTART_KMS_URL: 'https://vault.example.com:8200',
      }),
    ).toThrow('LOOPSTART_KMS_TOKEN_FILE');
  });
});

test('rotation of the installation reaches what accounts have, each in a scope of its own', async () => {
  const secrets = await process([SECOND]);
  const mine: SealedPlace[] = [];
  for (let index = 0; index < 3; index += 1)
    mine.push(await PLANT_SEALED['account_totp.secret'](owner, oak, (place) => secrets.seal(place, plainOf(place))));
  const before = await Promise.all(mine.map((place) => sealedAt(owner, place)));
  const all = (await stateOf(secrets, [null])).values;
  nowMs += 60_000;
  const { values, unreadable } = await rotateDataKey(secrets, null, { now: nowMs, olderThanMs: 0 });
  expect({ values, unreadable }).toEqual({ values: all, unreadable: [] });
  expect(await stateOf(secrets, [null])).toMatchObject({ values: all, byFormerKeys: 0, byNoKey: 0 });
  for (const [index, place] of mine.entries()) {
    const sealed = await sealedAt(owner, place);
    expect(sealed.equals(before[index]!)).toBe(false);
    expect(await secrets.open(place, sealed)).toBe(plainOf(place));
  }
});
