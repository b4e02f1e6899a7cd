import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { agentIdOf, type FleetPlan, operatorIdOf, siteIdOf } from '../../../apps/api/bench/ingest/fleet.ts';
import { readConfig } from '../../../apps/api/dist/core/config.js';
import { Secrets } from '../../../apps/api/dist/core/secret/secrets.js';
import { loadAuthority, makeIdentity } from '../../../apps/api/dist/agents/pki/certificates.js';
import type { Stack } from '../stack.ts';

/**
 * Puts operators, sites and enrolled agents into the database of a stack, faster than technicians could, and writes
 * their certificates by the installation's own authority to a file, which it returns. `first` is the id of the first
 * operator, whose user can sign in.
 */
export async function plantFleet(stack: Stack, database: pg.Client, plan: FleetPlan, first: string): Promise<string> {
  const operatorOf = (agent: number) => (agent % plan.operators === 0 ? first : operatorIdOf(plan, agent));
  const fleet = Array.from({ length: plan.agents }, (_, agent) => ({
    operator: operatorOf(agent),
    site: siteIdOf(agent),
    agent: agentIdOf(agent),
    n: agent,
  }));
  const json = [JSON.stringify(fleet)];
  const from = 'from jsonb_to_recordset($1) as r (operator uuid, site uuid, agent uuid, n int)';
  for (const insert of [
    `insert into operator (id, name) select distinct operator, 'Operator ' || operator ${from} on conflict do nothing`,
    `insert into customer (id, operator_id, name) select distinct operator, operator, 'Customer' ${from}`,
    `insert into site (id, operator_id, customer_id, name, time_zone) select site, operator, operator, 'Site ' || n, 'UTC' ${from}`,
    `insert into agent (id, operator_id, site_id, hostname, version, certificate_expires_at) select agent, operator, site, 'agent-' || n, '1', now() + interval '90 days' ${from}`,
    `insert into agent_cursor (agent_id, operator_id) select agent, operator ${from}`,
  ])
    await database.query(insert, json);
  return issueIdentities(stack, database, plan, operatorOf);
}

async function issueIdentities(
  stack: Stack,
  database: pg.Client,
  plan: FleetPlan,
  operatorOf: (agent: number) => string,
): Promise<string> {
  const { rows } = await database.query<{ id: string; certificatePem: string; key: Buffer }>(
    `select id, certificate_pem as "certificatePem", key from certificate_authority where state = 'current'`,
  );
  const { id, certificatePem, key } = rows[0]!;
  const keyFile = join(stack.dataDir, 'secret.key');
  const { user, password, host, port, database: name } = database;
  const url = `postgresql://${user}:${password}@${host}:${port}/${name}`;
  const secrets = await Secrets.of(
    readConfig({ DATABASE_URL: url, DATABASE_APP_URL: url, LOOPSTART_SECRET_KEY_FILE: keyFile }),
  );
  const place = { field: 'certificate_authority.key', operatorId: null, row: { id } } as const;
  const ca = { keyPem: await secrets.open(place, key), certificatePem };
  await secrets.onApplicationShutdown();
  const authority = await loadAuthority(ca);
  const issued = await Promise.all(
    Array.from({ length: plan.agents }, (_, agent) =>
      makeIdentity(authority, { kind: 'agent', agentId: agentIdOf(agent) }, Date.now()),
    ),
  );
  const serials = issued.map(({ serial }, agent) => ({
    serial,
    operator: operatorOf(agent),
    agent: agentIdOf(agent),
  }));
  await database.query(
    `insert into agent_certificate (serial, operator_id, agent_id, not_after) select serial, operator, agent, now() + interval '90 days' from jsonb_to_recordset($1) as r (serial text, operator uuid, agent uuid)`,
    [JSON.stringify(serials)],
  );
  const file = join(stack.dataDir, 'identities.json');
  writeFileSync(file, JSON.stringify({ caPem: ca.certificatePem, agents: issued }), { mode: 0o600 });
  return file;
}
