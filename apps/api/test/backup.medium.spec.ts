import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readConfig } from '../src/core/config.ts';
import { makeAppLogin } from '../src/core/db/app-login.ts';
import { migrateQueue } from '../src/core/jobs/queue-schema.ts';
import type { SealedFieldName, SealedPlace } from '../src/core/secret/sealed-fields.ts';
import { Secrets } from '../src/core/secret/secrets.ts';
import { readBackup, restoreBackup, writeBackup } from '../src/platform/backup/index.ts';
import { decryptKeys } from '../src/platform/backup/keys-part.ts';
import { MANIFEST, MANIFEST_SEAL, sealOf } from '../src/platform/backup/manifest.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { plant } from './fleet.ts';
import { inventoryOf, itemOf, reportOf, rowsOf, startIngest, TestStream } from './ingest.ts';
import { asOwner, startEmptyServer, type TestServer } from './postgres.ts';
import { PLANT_SEALED, sealedAt } from './sealed-rows.ts';

const root = mkdtempSync(join(tmpdir(), 'loopstart-backup-'));
const folder = join(root, 'backup');
const files = join(root, 'files');
const OWNER = { name: 'plain_owner', password: 'pw' };
let identity: string;
let recipient: string;
let database: TestDatabase;
let content: Record<string, unknown>;
let schema: Record<string, unknown>;
let api: TestApp;
let oak: TestOperator;
let server: Pick<TestServer, 'url' | 'stop'>;
const places: SealedPlace[] = [];
const plainOf = ({ field, row }: SealedPlace) => `${field} ${JSON.stringify(row)}`;

const backup = (more: Partial<Parameters<typeof writeBackup>[0]> = {}) =>
  writeBackup({
    databaseUrl: api.database.ownerUrl,
    folder,
    secretKeys: api.database.config.secretKeys(),
    recipients: [recipient],
    filesFolder: files,
    version: '0.1.0',
    now: Date.now,
    ...more,
  });

/** An empty database of a login that is no superuser. */
async function emptyDatabase(name: string): Promise<string> {
  await asOwner(server.url('postgres'), async (sql) => {
    const { rowCount } = await sql.query('select from pg_roles where rolname = $1', [OWNER.name]);
    if (rowCount === 0)
      await sql.query(`create role ${OWNER.name} login createrole nosuperuser password '${OWNER.password}'`);
    await sql.query(`create database ${name} owner ${OWNER.name}`);
  });
  const url = new URL(server.url(name));
  [url.username, url.password] = [OWNER.name, OWNER.password];
  return url.toString();
}

const restore = (databaseUrl: string, more: Partial<Parameters<typeof restoreBackup>[0]> = {}) =>
  restoreBackup({
    databaseUrl,
    folder,
    identity,
    keyFile: join(root, `${new URL(databaseUrl).pathname.slice(1)}.key`),
    filesFolder: join(root, 'restored'),
    version: '0.1.0',
    ...more,
  });

/** Name, count and hash of each table that a backup has. */
const contentOf = (url: string) =>
  asOwner(url, async (sql) => {
    const { rows } = await sql.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relpersistence <> 'u' and relname <> '_prisma_migrations' order by 1`,
    );
    const found: Record<string, unknown> = {};
    for (const { name } of rows) {
      const hash = `select count(*)::int as rows, md5(string_agg(t::text, '|' order by t::text collate "C")) as md5 from ${name} t`;
      found[name] = (await sql.query(hash)).rows[0];
    }
    return found;
  });

/** What the schema has besides columns: row-level security, policies, constraints, triggers, migrations. */
const schemaOf = (url: string) =>
  asOwner(url, async (sql) => ({
    security: (
      await sql.query(
        `select relname, relrowsecurity, relforcerowsecurity from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
      )
    ).rows,
    policies: (
      await sql.query(`select tablename, policyname, roles::text, cmd, qual, with_check from pg_policies order by 1, 2`)
    ).rows,
    constraints: (
      await sql.query(
        `select conrelid::regclass::text as t, conname, convalidated, pg_get_constraintdef(oid) as definition from pg_constraint where connamespace = 'public'::regnamespace and conparentid = 0 order by 1, 2`,
      )
    ).rows,
    triggers: (
      await sql.query(
        `select tgrelid::regclass::text as t, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2`,
      )
    ).rows,
    migrations: (await sql.query('select migration_name, checksum from _prisma_migrations order by 1')).rows,
    sequences: (
      await sql.query(`select sequencename, last_value from pg_sequences where schemaname = 'public' order by 1`)
    ).rows,
  }));

beforeAll(async () => {
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  mkdirSync(join(files, 'firmware'), { recursive: true });
  writeFileSync(join(files, 'firmware', 'MP-124 6.60.bin'), Buffer.alloc(100_000, 'firmware'));
  database = await createDatabase();
  api = await startApp({ database });
  oak = await api.operator('Oak');
  const elm = await api.operator('Elm');
  const planted = [oak, elm].map(({ operatorId }) =>
    plant(api.database.ownerUrl, operatorId, { ports: Array.from({ length: 24 }, () => ({})) }),
  );
  const fleets = await Promise.all(planted);
  const ingest = await startIngest(api.database.config, Date.now);
  for (const { agentId } of fleets) {
    const stream = new TestStream();
    const gatewayId = crypto.randomUUID();
    const messages = [
      stream.say('inventory', inventoryOf(gatewayId, [1, 2, 3, 4])),
      stream.say('reports', { reports: [reportOf(gatewayId, Date.now(), { full: true })] }),
    ];
    await rowsOf(
      api.database.ownerUrl,
      'insert into agent_cursor (agent_id, operator_id) select id, operator_id from agent where id = $1 on conflict do nothing',
      [agentId],
    );
    await ingest.committer.commit(messages.map((message) => itemOf(agentId, message, Date.now())));
  }
  await ingest.close();
  const secrets = api.app.get(Secrets);
  await asOwner(api.database.ownerUrl, async (sql) => {
    for (const owner of fleets)
      // The authority that the API made is one, and is shown by its starting.
      for (const field of (Object.keys(PLANT_SEALED) as SealedFieldName[]).filter(
        (one) => one !== 'certificate_authority.key',
      ))
        places.push(await PLANT_SEALED[field](sql, owner, (place) => secrets.seal(place, plainOf(place))));
  });
  await oak.admin(endpoints.createCustomer, { body: { name: 'Tab\tline\nand \\N "quotes" ☎' } as never });
  server = await startEmptyServer();
  // Stopped, so that what is compared is what was backed up.
  await api.close();
  content = await contentOf(database.ownerUrl);
  schema = await schemaOf(database.ownerUrl);
  await backup();
  api = await startApp({ database });
});
afterAll(async () => {
  await api.close();
  await database.drop();
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

test('a restored installation has the same rows and rules, its secrets open, and the API starts on it', async () => {
  const url = await emptyDatabase('again');
  await restore(url);
  const past = server.url('again');
  expect(await contentOf(past)).toEqual(content);
  // Four that an agent reported, and those that were planted with a sealed value.
  expect(content).toMatchObject({ gateway: { rows: 10 }, port: { rows: 56 }, customer: { rows: 3 } });
  for (const table of ['gateway_current', 'gateway_lines', 'audit_entry', 'data_key'])
    expect((content[table] as { rows: number }).rows, table).toBeGreaterThan(0);
  expect(await schemaOf(past)).toEqual(schema);

  const file = 'firmware/MP-124 6.60.bin';
  expect(readFileSync(join(root, 'restored', file)).equals(readFileSync(join(files, file)))).toBe(true);

  const config = readConfig({
    DATABASE_URL: url,
    DATABASE_APP_URL: await makeAppLogin(url, 'app-password'),
    LOOPSTART_SECRET_KEY_FILE: join(root, 'again.key'),
    PORT: '0',
    MQTT_PORT: '0',
    LOG_LEVEL: 'silent',
  });
  expect(config.secretKeys()).toEqual(api.database.config.secretKeys());
  const secrets = await Secrets.of(config);
  await asOwner(past, async (sql) => {
    for (const place of places) expect(await secrets.open(place, await sealedAt(sql, place))).toBe(plainOf(place));
  });
  await secrets.onApplicationShutdown();

  const nobody = await asOwner(config.DATABASE_APP_URL, (sql) =>
    sql.query('select count(*)::int as rows from gateway'),
  );
  expect(nobody.rows).toEqual([{ rows: 0 }]);

  // As at a start of the API.
  await migrateQueue(url);
  const again = await startApp({ database: { name: 'again', ownerUrl: past, config, drop: () => Promise.resolve() } });
  const sameCookie = { headers: { cookie: oak.cookie } };
  for (const path of ['/api/v1/customers', '/api/v1/gateways', '/api/v1/channels', '/api/v1/audit']) {
    const [there, here] = await Promise.all([fetch(again.url + path, sameCookie), fetch(api.url + path, sameCookie)]);
    expect(there.status, path).toBe(200);
    expect(await there.json(), path).toEqual(await here.json());
  }
  const pem = async (of: TestApp) => (await fetch(`${of.url}/api/v1/pki/ca.pem`)).text();
  expect(await pem(again)).toBe(await pem(api));
  await again.close();
});

test('no secret key is in a backup in clear, nor a sealed secret', async () => {
  const key = api.database.config.secretKeys()[0]!;
  const all = Buffer.concat(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
      .flatMap((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? [bytes, gunzipSync(bytes)] : [bytes])),
  );
  expect(all.includes('Tab')).toBe(true);
  for (const shape of [key, key.toString('base64'), key.toString('hex')]) expect(all.includes(shape)).toBe(false);
  for (const place of places) expect(all.includes(plainOf(place))).toBe(false);
});

describe('a restore is refused', () => {
  const copy = (name: string) => {
    const other = join(root, name);
    cpSync(folder, other, { recursive: true });
    return other;
  };
  let url: string;
  beforeAll(async () => {
    url = await emptyDatabase('refused');
  });
  const tables = () =>
    asOwner(
      url,
      async (sql) => (await sql.query(`select 1 from pg_class where relnamespace = 'public'::regnamespace`)).rowCount,
    );

  test.for([
    ['without its manifest', (at: string) => rmSync(join(at, MANIFEST)), /manifest.json is missing/],
    ['without its keys', (at: string) => rmSync(join(at, 'keys.age')), /keys.age is missing/],
    [
      'without a table',
      (at: string) => rmSync(join(at, 'tables/gateway.copy.gz')),
      /tables\/gateway.copy.gz is missing/,
    ],
    [
      'that was cut',
      (at: string) => {
        const file = join(at, 'tables/port.copy.gz');
        writeFileSync(file, readFileSync(file).subarray(0, -9));
      },
      /tables\/port.copy.gz has \d+ bytes instead of \d+/,
    ],
    [
      'in which one bit was changed',
      (at: string) => {
        const file = join(at, 'tables/port.copy.gz');
        const bytes = readFileSync(file);
        bytes[bytes.length >> 1]! ^= 1;
        writeFileSync(file, bytes);
      },
      /tables\/port.copy.gz was changed/,
    ],
    [
      'whose manifest was changed',
      (at: string) => {
        const file = join(at, MANIFEST);
        writeFileSync(file, readFileSync(file, 'utf8').replace('"version": "0.1.0"', '"version": "0.0.9"'));
      },
      /manifest.json was changed/,
    ],
    [
      'whose keys were changed',
      (at: string) => {
        const file = join(at, 'keys.age');
        const bytes = readFileSync(file);
        bytes[bytes.length - 1]! ^= 1;
        writeFileSync(file, bytes);
      },
      /keys of the backup were encrypted to another recipient, or were changed/,
    ],
  ] as const)('of a backup %s', async ([what, change, message]) => {
    const at = copy(what.replaceAll(' ', '-'));
    change(at);
    await expect(restore(url, { folder: at })).rejects.toThrow(message);
    expect(await tables()).toBe(0);
  });

  test('of a backup of a newer version', async () => {
    const at = copy('newer');
    const manifest = JSON.parse(readFileSync(join(at, MANIFEST), 'utf8'));
    manifest.version = '9.0.0';
    manifest.migrations.push({ name: '29991231000000_future', checksum: '0'.repeat(64) });
    const bytes = Buffer.from(JSON.stringify(manifest));
    const { manifestKey } = await decryptKeys(readFileSync(join(at, 'keys.age')), identity);
    writeFileSync(join(at, MANIFEST), bytes);
    writeFileSync(join(at, MANIFEST_SEAL), sealOf(Buffer.from(manifestKey, 'base64'), bytes));
    await expect(restore(url, { folder: at })).rejects.toThrow(
      'made by version 9.0.0, and this is 0.1.0: migration 29991231000000_future is unknown here',
    );
    expect(await tables()).toBe(0);
  });

  test('with the private key of somebody else, and with none', async () => {
    const other = await generateX25519Identity();
    await expect(restore(url, { identity: other })).rejects.toThrow('encrypted to another recipient');
    await expect(restore(url, { identity: 'nothing' })).rejects.toThrow('AGE-SECRET-KEY-1');
    await expect(readBackup(folder, `# of the safe\n${other}\n${identity}\n`)).resolves.toMatchObject({
      manifest: { format: 1 },
    });
  });

  test('into a database that is not empty', async () => {
    await asOwner(url, (sql) => sql.query('create table mine (id int)'));
    await expect(restore(url)).rejects.toThrow('The database is not empty (it has the table mine)');
    await asOwner(url, (sql) => sql.query('drop table mine'));
  });

  test('over a key file, and where stored files have no place', async () => {
    const keyFile = join(root, 'present.key');
    writeFileSync(keyFile, 'present');
    await expect(restore(url, { keyFile })).rejects.toThrow('exists already');
    await expect(restore(url, { filesFolder: null })).rejects.toThrow('1 stored files: say where they go');
    expect(readFileSync(keyFile, 'utf8')).toBe('present');
    expect(await tables()).toBe(0);
  });
});

describe('a backup is refused', () => {
  test('with a login that row-level security binds, instead of writing a part of the rows', async () => {
    const at = join(root, 'bound');
    const appUrl = new URL(inject('postgresAppUrl'));
    appUrl.pathname = `/${api.database.name}`;
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query('grant select on all tables in schema public to loopstart_app'),
    );
    await expect(backup({ folder: at, databaseUrl: appUrl.toString() })).rejects.toThrow('a role with bypassrls');
    expect(readdirSync(root)).not.toContain('bound');
  });

  test('without a recipient, with one that is none, and over another backup', async () => {
    const at = join(root, 'none');
    await expect(backup({ folder: at, recipients: [] })).rejects.toThrow('needs a recipient');
    await expect(backup({ folder: at, recipients: ['age1nothing'] })).rejects.toThrow('no recipient of age');
    await expect(backup()).rejects.toThrow('exists already');
  });
});
