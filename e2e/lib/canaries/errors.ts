import { endpoints } from '@loopstart/contracts';
import type pg from 'pg';
import type { Installation } from './right-places.ts';

/**
 * Has the database refuse every new row of the tables that hold secrets, so that what is asked for with right input fails
 * inside the API, as it does with a full disk; PostgreSQL then quotes the row. Returns how many calls ended so.
 */
export async function failInside(database: pg.Client, { canaries, owner, receiver, agentId, siteId }: Installation) {
  const { rows } = await database.query<{ name: string }>(
    `select distinct c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.atttypid = 'bytea'::regtype and a.attnum > 0 and not a.attisdropped
       and c.relname not in ('audit_entry', 'audit_chain', 'audit_head', 'data_key', 'installation_key', 'try_pace')`,
  );
  for (const { name } of rows)
    await database.query(`alter table ${name} add constraint refuses_all check (false) not valid`);
  const kind = 'in a call that fails inside';
  const access = { version: 'v2c' as const, community: canaries.mint(kind), writeCommunity: canaries.mint(kind) };
  const target = { id: 'failing', address: '127.0.79.99', port: 161, access, pollIntervalMs: null };
  const url = `${receiver}/${canaries.mint(kind)}`;
  const sso = { name: 'Failing', issuer: `${receiver}/idp`, clientId: 'x', domains: ['failing.example'] };
  const calls = [
    owner.call(endpoints.putAgentTargets, { params: { agentId }, body: { targets: [target] } }),
    owner.call(endpoints.createChannel, { body: { kind: 'slack', name: 'Failing', url } }),
    owner.call(endpoints.putHeartbeat, { body: { url, everyS: 60 } }),
    owner.call(endpoints.createAuditStream, { body: { kind: 'webhook', name: 'Failing', url } }),
    owner.call(endpoints.createSsoConnection, { body: { ...sso, clientSecret: canaries.mint(kind) } }),
    owner.call(endpoints.createEnrolmentToken, { params: { siteId } }),
    owner.call(endpoints.createToken, { body: { name: 'Failing', rights: { role: 'read-only' } } }),
    owner.call(endpoints.createInvitation, { body: { email: 'failing@oak.example.com', role: 'read-only' } }),
    owner.call(endpoints.beginTotp, { body: { name: 'Failing' } }),
    owner.call(endpoints.beginPasskey),
  ];
  const ended = await Promise.allSettled(calls);
  for (const { name } of rows) await database.query(`alter table ${name} drop constraint refuses_all`);
  return { asked: calls.length, failed: ended.filter(({ status }) => status === 'rejected').length };
}
