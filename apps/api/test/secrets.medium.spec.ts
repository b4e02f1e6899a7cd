import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/core/config.ts';
import { SEALED_FIELDS, type SealedField, type SealedPlace } from '../src/core/secret/sealed-fields.ts';
import { Secrets } from '../src/core/secret/secrets.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { rowsOf } from './ingest.ts';
import { sealFormerly } from './sealed-formerly.ts';

const KEY = Buffer.alloc(32, 7);
const oak = randomUUID();
const elm = randomUUID();
let database: TestDatabase;
let secrets: Secrets;
const open: Secrets[] = [];

async function process(env: NodeJS.ProcessEnv = {}, now?: () => number): Promise<Secrets> {
  const { DATABASE_URL, DATABASE_APP_URL } = database.config;
  const config = readConfig({ DATABASE_URL, DATABASE_APP_URL, LOOPSTART_SECRET_KEY: KEY.toString('base64'), ...env });
  const one = await Secrets.of(config, now);
  open.push(one);
  return one;
}

const place = (id: string, operatorId = oak): SealedPlace => ({ field: 'channel.secret', operatorId, row: { id } });

beforeAll(async () => {
  database = await createDatabase();
  secrets = await process();
});
afterAll(async () => {
  for (const one of open) await one.onApplicationShutdown();
  await database.drop();
});

describe('a sealed value', () => {
  const id = randomUUID();

  test('opens in its place, also in another process', async () => {
    const sealed = await secrets.seal(place(id), 'geheim ☎');
    expect(await secrets.open(place(id), sealed)).toBe('geheim ☎');
    expect(await (await process()).open(place(id), sealed)).toBe('geheim ☎');
    expect(await secrets.open(place(id.toUpperCase()), sealed)).toBe('geheim ☎');
    expect(sealed.equals(await secrets.seal(place(id), 'geheim ☎'))).toBe(false);
  });

  test('opens neither in another row, nor in another field, nor for another operator', async () => {
    const sealed = await secrets.seal(place(id), 'secret');
    const bound = 'unable to authenticate data';
    await expect(secrets.open(place(randomUUID()), sealed)).rejects.toThrow(bound);
    const key: SealedPlace = { field: 'channel_key.secret', operatorId: oak, row: { id, channel_id: id } };
    await expect(secrets.open(key, sealed)).rejects.toThrow(bound);
    await expect(secrets.open(place(id, elm), sealed)).rejects.toThrow('is not there any more');
  });

  test('detects any change of any byte, and any cut', async () => {
    const sealed = await secrets.seal(place(id), 'secret');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index]! ^= 1;
      await expect(secrets.open(place(id), changed), `byte ${index}`).rejects.toThrow();
      await expect(secrets.open(place(id), sealed.subarray(0, index)), `cut at ${index}`).rejects.toThrow();
    }
  });

  test('is refused without what names its row, and for the wrong owner', async () => {
    await expect(secrets.seal({ field: 'channel.secret', operatorId: oak, row: {} }, 'x')).rejects.toThrow(
      'channel.secret is sealed without its id',
    );
    await expect(secrets.seal({ ...place(id), operatorId: null }, 'x')).rejects.toThrow('belongs to an operator');
  });

  test('of the former format still opens, with a former key of the installation too', async () => {
    const formerKey = Buffer.alloc(32, 3);
    const sealed = sealFormerly(formerKey, 'old', place(id));
    await expect(secrets.open(place(id), sealed)).rejects.toThrow('another LOOPSTART_SECRET_KEY');
    const both = await process({ LOOPSTART_FORMER_SECRET_KEYS: formerKey.toString('base64') });
    expect(await both.open(place(id), sealed)).toBe('old');
    await expect(both.open(place(randomUUID()), sealed)).rejects.toThrow('unable to authenticate');
  });
});

describe('data keys', () => {
  test('are one for each operator and one of the installation, wrapped, even if many processes need them at once', async () => {
    const ash = randomUUID();
    const processes = await Promise.all(Array.from({ length: 6 }, () => process()));
    const sealed = await Promise.all(processes.map((one) => one.seal(place(oak, ash), 'at once')));
    for (const value of sealed) expect(await secrets.open(place(oak, ash), value)).toBe('at once');
    const rows = await rowsOf<{ wrapped: Buffer; master_key_id: string }>(
      database.ownerUrl,
      'select wrapped, master_key_id from data_key where operator_id = $1',
      [ash],
    );
    expect(rows).toHaveLength(1);
    const inMemory = (await secrets.keys.current(ash)).bytes;
    expect(rows[0]!.wrapped.includes(inMemory)).toBe(false);
    expect(rows[0]!.wrapped.includes(KEY)).toBe(false);
    expect(inMemory.equals((await secrets.keys.current(elm)).bytes)).toBe(false);
  });

  test('of one operator do not unwrap as those of another', async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    await secrets.seal(place(oak, mine), 'x');
    await secrets.seal(place(oak, theirs), 'x');
    await rowsOf(
      database.ownerUrl,
      'update data_key set wrapped = (select wrapped from data_key where operator_id = $2) where operator_id = $1',
      [mine, theirs],
    );
    await expect((await process()).seal(place(oak, mine), 'x')).rejects.toThrow('unable to authenticate data');
  });

  test('without their master key say so', async () => {
    const other = await process({ LOOPSTART_SECRET_KEY: Buffer.alloc(32, 8).toString('base64') });
    await secrets.seal(place(oak), 'x');
    await expect(other.seal(place(oak), 'x')).rejects.toThrow(
      /another LOOPSTART_SECRET_KEY: local:[0-9a-f]{16} is not given/,
    );
  });

  test('are found by a master key that was added to the file of a running process', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'loopstart-keys-')), 'secret.key');
    writeFileSync(file, `${KEY.toString('base64')}\n`);
    const running = await process({ LOOPSTART_SECRET_KEY: '', LOOPSTART_SECRET_KEY_FILE: file });
    const next = Buffer.alloc(32, 9).toString('base64');
    const operator = randomUUID();
    const ahead = await process({ LOOPSTART_SECRET_KEY: next });
    const sealed = await ahead.seal(place(oak, operator), 'by the next');
    await expect(running.open(place(oak, operator), sealed)).rejects.toThrow('is not given');
    writeFileSync(file, `${next}\n${KEY.toString('base64')}\n`);
    expect(await running.open(place(oak, operator), sealed)).toBe('by the next');
    writeFileSync(file, 'half a line');
    expect(await running.open(place(oak, operator), sealed)).toBe('by the next');
  });
});

describe('the list of sealed fields', () => {
  /** Binary columns that are not sealed, and why. */
  const NOT_SEALED: Record<string, string> = {
    'data_key.wrapped': 'wrapped under a master key',
    'installation_key.wrapped': 'wrapped under a master key',
    'enrolment_token.token_hash': 'a hash',
    'session.token_hash': 'a hash',
    'invitation.token_hash': 'a hash',
    'account_link.token_hash': 'a hash',
    'account_recovery_code.code_hash': 'a hash',
    'pending_sign_in.token_hash': 'a hash',
    'passkey.credential_id': 'a name that the device chose, and shows to whoever asks',
    'passkey.public_key': 'public',
    'passkey_challenge.challenge_hash': 'a hash',
    'passkey_challenge.holder_hash': 'a hash',
    'mail.link_hash': 'a hash',
    'api_token.secret_hash': 'a hash',
    'oauth_access_token.token_hash': 'a hash',
    'sso_login.browser_hash': 'a hash',
    'rejected_message.payload': 'the beginning of a message that was not understood',
    'provider_entry.hash': 'a hash',
    'provider_head.hash': 'a hash',
    'provider_head.signature': 'a signature',
    'provider_entry.previous': 'a hash',
    'try_pace.key': 'a hash',
    'audit_entry.author_salt': 'random, so that what the chain holds of a person can be erased',
    'audit_entry.author_commitment': 'a hash',
    'audit_entry.details_salt': 'random, so that what the chain holds of a person can be erased',
    'audit_entry.details_commitment': 'a hash',
    'audit_entry.digest': 'a hash',
    'audit_entry.previous': 'a hash',
    'audit_entry.hash': 'a hash',
    'audit_chain.hash': 'a hash',
    'audit_chain.begins_after_hash': 'a hash',
    'audit_head.hash': 'a hash',
    'audit_head.signature': 'a signature',
  };

  test('has every binary column of the database that is not known to be something else', async () => {
    const rows = await rowsOf<{ name: string }>(
      database.ownerUrl,
      `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and a.atttypid = 'bytea'::regtype and a.attnum > 0 and not a.attisdropped order by 1`,
    );
    const known = [...Object.keys(SEALED_FIELDS), ...Object.keys(NOT_SEALED)];
    expect(rows.map(({ name }) => name)).toEqual(known.sort());
  });

  test('names real tables, columns and keys', async () => {
    for (const [name, field] of Object.entries<SealedField>(SEALED_FIELDS)) {
      const columns = [field.column, ...field.key, ...(field.former?.columns ?? [])];
      expect(name).toBe(`${field.table}.${field.column}`);
      await rowsOf(database.ownerUrl, `select ${columns.join(', ')} from ${field.table} limit 0`);
    }
  });
});
