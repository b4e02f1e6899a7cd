import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../src/core/db/migrate.ts';
import { rowsOf } from './ingest.ts';
import { asOwner } from './postgres.ts';

/** The migration that makes a model null where it is not known, on the data of the version before. */
const MIGRATIONS = join(import.meta.dirname, '../../../prisma/migrations');
const name = `m_${randomUUID().replaceAll('-', '')}`;
const owner = { name: `o_${name}`, password: 'pw' };
const folder = mkdtempSync(join(tmpdir(), 'loopstart-gateway-model-'));
let url: string;

beforeAll(async () => {
  const maintenance = inject('postgresUrl');
  // Its owner is no superuser, and so is bound by row-level security.
  await asOwner(maintenance, (sql) =>
    sql.query(`create role ${owner.name} login createrole nosuperuser password '${owner.password}'`),
  );
  await asOwner(maintenance, (sql) => sql.query(`create database ${name} owner ${owner.name}`));
  await asOwner(maintenance, (sql) =>
    sql.query(`grant loopstart_app, loopstart_resolver to ${owner.name} with admin option`),
  );
  url = Object.assign(new URL(maintenance), {
    pathname: `/${name}`,
    username: owner.name,
    password: owner.password,
  }).toString();
  cpSync(MIGRATIONS, folder, { recursive: true });
  for (const later of readdirSync(folder).filter((one) => one >= '20261130140000'))
    rmSync(join(folder, later), { recursive: true, force: true });
  await migrate(url, folder);
});
afterAll(async () => {
  await asOwner(inject('postgresUrl'), (sql) => sql.query(`drop database ${name} with (force)`));
  await asOwner(inject('postgresUrl'), (sql) => sql.query(`drop role ${owner.name}`));
  rmSync(folder, { recursive: true });
});

test('the text for a model that is not known becomes none, with a reason and a name', async () => {
  const asSuperuser = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).toString();
  const operatorId = randomUUID();
  await rowsOf(asSuperuser, `insert into operator (id, name) values ($1, 'Oak')`, [operatorId]);
  await rowsOf(
    asSuperuser,
    `with c as (insert into customer (id, operator_id, name) values (gen_random_uuid(), $1, 'Quay') returning id),
       s as (insert into site (id, operator_id, customer_id, name, time_zone) select gen_random_uuid(), $1, id, 'North', 'Europe/London' from c returning id)
     insert into agent (id, operator_id, site_id, hostname, platform, version, certificate_expires_at) select gen_random_uuid(), $1, id, 'host', 'linux', '1', now() from s`,
    [operatorId],
  );
  await rowsOf(
    asSuperuser,
    `insert into gateway (id, operator_id, site_id, agent_id, inventory_revision, address, driver_id, driver_revision, evidence, unknown_hardware,
       poll_interval_ms, vendor, model, sys_descr, sys_name, capabilities, actions)
     select gen_random_uuid(), $1, a.site_id, a.id, 1, host(n.address), 'generic', 1, 'generic', true, 1000, 'Grandstream', n.model, n.descr, n.called, '{}', '{}'
     from agent a, (values (inet '192.0.2.1', 'HT802', 'Linux HT802', null), (inet '192.0.2.2', 'unknown model', 'Linux HT8XX', null),
       (inet '192.0.2.3', 'unknown model', null, 'lobby'), (inet '192.0.2.4', 'unknown model', null, null)) n (address, model, descr, called)
     where a.operator_id = $1`,
    [operatorId],
  );

  await migrate(url);
  expect(
    await rowsOf(asSuperuser, 'select address, model, model_reason, name_key from gateway order by address'),
  ).toEqual([
    { address: '192.0.2.1', model: 'HT802', model_reason: null, name_key: `grandstream ht${'802'.padStart(20, '0')}` },
    { address: '192.0.2.2', model: null, model_reason: 'unknown-hardware', name_key: 'grandstream gateway' },
    { address: '192.0.2.3', model: null, model_reason: 'unknown-hardware', name_key: 'lobby' },
    { address: '192.0.2.4', model: null, model_reason: 'not-reported', name_key: 'grandstream gateway' },
  ]);
});
