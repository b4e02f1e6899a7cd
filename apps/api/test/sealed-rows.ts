import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { SealedFieldName, SealedPlace } from '../src/core/secret/sealed-fields.ts';

/** The rows that a sealed value needs around it. */
export interface SealedOwner {
  operatorId: string;
  agentId: string;
}

type Seal = (place: SealedPlace) => Promise<Buffer> | Buffer;
type Plant = (sql: pg.Client, owner: SealedOwner, seal: Seal) => Promise<SealedPlace>;

/** Stores a row with a sealed value and returns its place, for each sealed field. A new field needs its line here. */
export const PLANT_SEALED: Record<SealedFieldName, Plant> = {
  async 'agent_target.access'(sql, { operatorId, agentId }, seal) {
    const id = `t-${randomUUID().slice(0, 8)}`;
    const place: SealedPlace = { field: 'agent_target.access', operatorId, row: { agent_id: agentId, id } };
    await sql.query(
      `insert into agent_target (operator_id, agent_id, id, address, port, version, can_write, access, ordinal) values ($1, $2, $3, '192.0.2.9', 161, 'v2c', false, $4, 0)`,
      [operatorId, agentId, id, await seal(place)],
    );
    return place;
  },
  'channel.secret': plantChannel,
  async 'channel_key.secret'(sql, owner, seal) {
    const { operatorId } = owner;
    const channel = await plantChannel(sql, owner, seal);
    const row = { id: randomUUID(), channel_id: channel.row['id']! };
    const place: SealedPlace = { field: 'channel_key.secret', operatorId, row };
    await sql.query(
      `insert into channel_key (id, operator_id, channel_id, algorithm, secret) values ($1, $2, $3, 'v1', $4)`,
      [row.id, operatorId, row.channel_id, await seal(place)],
    );
    return place;
  },
  async 'audit_stream.secret'(sql, { operatorId }, seal) {
    const id = randomUUID();
    const place: SealedPlace = { field: 'audit_stream.secret', operatorId, row: { id } };
    await sql.query(
      `insert into audit_stream (id, operator_id, name, kind, target, secret, paused, position) values ($1, $2, 'SIEM', 'webhook', 'siem.example', $3, true, 0)`,
      [id, operatorId, await seal(place)],
    );
    return place;
  },
  async 'heartbeat.url'(sql, { operatorId }, seal) {
    const place: SealedPlace = { field: 'heartbeat.url', operatorId, row: { operator_id: operatorId } };
    await sql.query(
      `insert into heartbeat (operator_id, url, host, every_s) values ($1, $2, 'beat.example', 60) on conflict (operator_id) do update set url = excluded.url`,
      [operatorId, await seal(place)],
    );
    return place;
  },
  async 'account_totp.secret'(sql, _owner, seal) {
    const row = { account_id: randomUUID(), id: randomUUID() };
    const place: SealedPlace = { field: 'account_totp.secret', operatorId: null, row };
    await sql.query('insert into account (id, email, name) values ($1, $2, $3)', [row.account_id, row.account_id, 'A']);
    await sql.query(
      `insert into account_totp (id, account_id, name, secret, created_at) values ($1, $2, 'App', $3, now())`,
      [row.id, row.account_id, await seal(place)],
    );
    return place;
  },
  async 'sso_connection.client_secret'(sql, { operatorId }, seal) {
    const row = { id: randomUUID() };
    const place: SealedPlace = { field: 'sso_connection.client_secret', operatorId, row };
    await sql.query(
      `insert into sso_connection (id, operator_id, name, issuer, client_id, client_secret, groups_claim, role_rules, by_owner, provisions, domains, is_active, created_at, updated_at)
       values ($1, $2, 'IdP ' || gen_random_uuid(), 'https://id.example.com', 'loopstart', $3, 'groups', '[]', true, false, '{}', false, now(), now())`,
      [row.id, operatorId, await seal(place)],
    );
    return place;
  },
  async 'config_entry.secret'(sql, { operatorId }, seal) {
    const row = { id: randomUUID() };
    const place: SealedPlace = { field: 'config_entry.secret', operatorId, row };
    await sql.query(
      `insert into config_entry (id, operator_id, place, layer, kind, name, action, secret, is_sealed, author_name, at, from_revision)
       values ($1, $2, $3, 'operator', 'setting', 'port.password', 'set', $4, false, 'Ann', now(), 1)`,
      [row.id, operatorId, `operator ${row.id}`, await seal(place)],
    );
    return place;
  },
  async 'config_job.payload'(sql, owner, seal) {
    const row = { id: await plantJob(sql, owner, seal) };
    return { field: 'config_job.payload', operatorId: owner.operatorId, row };
  },
  async 'running_config.text'(sql, owner, seal) {
    const { operatorId } = owner;
    const row = { id: randomUUID() };
    const place: SealedPlace = { field: 'running_config.text', operatorId, row };
    // Another row of a sealed field comes with it: sealed as it must be.
    const jobId = await plantJob(sql, owner, seal);
    await sql.query(
      `insert into running_config (id, operator_id, gateway_id, job_id, moment, format, fingerprint, bytes, text, first_read_at, last_read_at)
       select $1, $2, gateway_id, id, 'after', 'grandstream-xml', 'f', 1, $4, now(), now() from config_job where id = $3`,
      [row.id, operatorId, jobId, await seal(place)],
    );
    return place;
  },
  async 'config_access.access'(sql, owner, seal) {
    const { operatorId } = owner;
    const gatewayId = await plantBareGateway(sql, owner);
    const place: SealedPlace = { field: 'config_access.access', operatorId, row: { gateway_id: gatewayId } };
    await sql.query(
      `insert into config_access (operator_id, gateway_id, access, shown, set_by_name, set_at) values ($1, $2, $3, '{}', 'Ann', now())`,
      [operatorId, gatewayId, await seal(place)],
    );
    return place;
  },
  async 'certificate_authority.key'(sql, _owner, seal) {
    const row = { id: randomUUID() };
    const place: SealedPlace = { field: 'certificate_authority.key', operatorId: null, row };
    await sql.query(
      `insert into certificate_authority (id, state, certificate_pem, key, introduced_at, since) values ($1, 'next', 'none', $2, now(), now())
       on conflict do nothing`,
      [row.id, await seal(place)],
    );
    const { rows } = await sql.query<{ id: string }>(`select id from certificate_authority where state = 'next'`);
    return { ...place, row: { id: rows[0]!.id } };
  },
  async 'installation_secret.value'(sql, _owner, seal) {
    const name = `test-${randomUUID()}`;
    const place: SealedPlace = { field: 'installation_secret.value', operatorId: null, row: { name } };
    await sql.query('insert into installation_secret (name, value) values ($1, $2)', [name, await seal(place)]);
    return place;
  },
};

async function plantChannel(sql: pg.Client, { operatorId }: SealedOwner, seal: Seal): Promise<SealedPlace> {
  const id = randomUUID();
  const place: SealedPlace = { field: 'channel.secret', operatorId, row: { id } };
  await sql.query(
    `insert into channel (id, operator_id, kind, name, config, secret) values ($1, $2, 'slack', $3, '{}', $4)`,
    [id, operatorId, id, await seal(place)],
  );
  return place;
}

async function plantBareGateway(sql: pg.Client, { operatorId, agentId }: SealedOwner): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into gateway (id, operator_id, site_id, agent_id, inventory_revision, address, driver_id, driver_revision, evidence, unknown_hardware,
       poll_interval_ms, vendor, model, capabilities, actions, retired_at)
     select gen_random_uuid(), $1, site_id, id, 1, '192.0.2.9', 'generic', 1, 'none', false, 30000, 'Vendor', 'Model', '{}', '{}', now() from agent where id = $2 returning id`,
    [operatorId, agentId],
  );
  return rows[0]!.id;
}

/** A job with its own sealed payload. */
async function plantJob(sql: pg.Client, owner: SealedOwner, seal: Seal): Promise<string> {
  const { operatorId } = owner;
  const gatewayId = await plantBareGateway(sql, owner);
  const id = randomUUID();
  const payload = await seal({ field: 'config_job.payload', operatorId, row: { id } });
  await sql.query(
    `with r as (insert into config_revision (operator_id, number, name, published_by_name, published_at, reason, editors, changes)
       values ($1, 1, 'First', 'Ann', now(), 'x', '{}', 0) on conflict do nothing)
     select 1`,
    [operatorId],
  );
  await sql.query(
    `with d as (insert into config_deployment (operator_id, revision, mode, stop_on_failure, reason, started_by_name, started_at, expires_at, gateways)
       values ($1, 1, 'now', true, 'x', 'Ann', now(), now(), 1) returning id)
     insert into config_job (id, operator_id, deployment_id, gateway_id, ordinal, revision, payload, life_safety_confirmed, state, since, holds, expires_at)
       select $2, $1, d.id, $3, 0, 1, $4, false, 'waiting', now(), 'before', now() from d`,
    [operatorId, id, gatewayId, payload],
  );
  return id;
}

/** The sealed value that stands in a place. */
export async function sealedAt(sql: pg.Client, { field, row }: SealedPlace): Promise<Buffer> {
  const [table, column] = field.split('.');
  const names = Object.keys(row);
  const { rows } = await sql.query<{ value: Buffer }>(
    `select ${column} as value from ${table} where ${names.map((name, index) => `${name}::text = $${index + 1}`).join(' and ')}`,
    Object.values(row),
  );
  return rows[0]!.value;
}
