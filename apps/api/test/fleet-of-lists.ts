import { plant, plantAnother, type PlantedPort } from './fleet.ts';
import { asOwner } from './postgres.ts';

const DEAD: PlantedPort = { state: { oper: 'out-of-service' }, device: 'lift-phone' };
const ILL: PlantedPort = { state: { fault: 'short-circuit' } };
const OFF: PlantedPort = { state: { registration: 'registering' } };

/**
 * A fleet for tests of lists: values that repeat and values that are not known, names in the order that people expect
 * (`Annex 9` before `annex 10`), gateways that are fine, faulty, unreachable, stale, never read and retired.
 */
export async function plantFleet(ownerUrl: string, operatorId: string, now: Date): Promise<void> {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const at = ago(10);
  const harbour = await plant(ownerUrl, operatorId, {
    customer: 'Harbour Care',
    site: 'Albany',
    gateway: 'Beta',
    at,
    ports: [DEAD, {}, ILL],
  });
  await plantAnother(ownerUrl, harbour, { gateway: 'alpha', at: ago(20), ports: [OFF] });
  await plantAnother(ownerUrl, harbour, { gateway: 'Gateway 10', at, ports: [{}, {}] });
  await plantAnother(ownerUrl, harbour, { gateway: 'gateway 9', at: ago(300), ports: [ILL, {}] });
  await plantAnother(ownerUrl, harbour, { gateway: 'Beta', at, reachability: 'unreachable' });
  await plantAnother(ownerUrl, harbour, { gateway: 'Never', at });
  await plantAnother(ownerUrl, harbour, { gateway: 'Retired', at });
  await plant(ownerUrl, operatorId, {
    customer: 'Quay Hotel',
    site: 'annex 10',
    gateway: 'Pool',
    at,
    ports: [DEAD, DEAD],
  });
  const silent = { at: ago(900), agentSeenAt: ago(900) };
  await plant(ownerUrl, operatorId, { customer: 'quay 2', site: 'Annex 9', gateway: 'Lost', ...silent });
  await plant(ownerUrl, operatorId, {
    customer: 'Acme',
    site: 'Works',
    gateway: 'Mill',
    at,
    agentSeenAt: null,
    ports: [],
  });
  await asOwner(ownerUrl, async (sql) => {
    const statements = [
      `update site set address = 'Mill Lane 9', time_zone = 'Europe/Paris', tags = '{lifts,north}' where name = 'Works'`,
      `update site set tags = '{lifts}' where name in ('Albany', 'annex 10')`,
      `update gateway set retired_at = '${at.toISOString()}', retired_because = 'retired', retired_by_name = 'Oak admin' where name = 'Retired'`,
      `update gateway_current set observed_at = null, reachability = 'unknown' where gateway_id in (select id from gateway where name = 'Never')`,
      `update gateway set firmware = null, address = '192.0.2.9' where name in ('alpha', 'Lost')`,
      `update gateway set vendor = 'Cisco', model = 'VG, 310', firmware = '7.10', address = '192.0.2.20' where name = 'Gateway 10'`,
      `update gateway set firmware = '6.9' where name = 'Pool'`,
      `update gateway_current set temperature_c = 23.1, active_calls = 3 where gateway_id in (select id from gateway where name = 'alpha')`,
      `update gateway_current set temperature_c = null, active_calls = null where gateway_id in (select id from gateway where name = 'Pool')`,
    ];
    // Agents stand at sites that differ.
    const health = (version: string, outboxMessages: number | null) =>
      JSON.stringify({ version, platform: 'linux arm64', ...(outboxMessages === null ? {} : { outboxMessages }) });
    const agents: readonly [site: string, hostname: string, health: string | null, lost: number, days: number][] = [
      ['Albany', 'box 10', health('0.10.0', 12), 0, 90],
      ['annex 10', 'Box 9', health('0.9.1', 0), 7, 30],
      ['Annex 9', 'attic', health('0.9.1', null), 0, 60],
      ['Works', 'box 10', null, 0, 90],
    ];
    for (const [site, hostname, reported, lost, days] of agents)
      await sql.query(
        `update agent set hostname = $2, health = $3, lost_messages = $4, certificate_expires_at = $5, enrolled_at = $6
         where site_id = (select id from site where name = $1 and operator_id = $7)`,
        [site, hostname, reported, lost, ago(-days * 86_400), ago(days * 3600), operatorId],
      );
    // One site has no gateway and no agent, one has a second agent, addresses and time zones differ.
    await sql.query(
      `insert into site (operator_id, customer_id, name, time_zone, address) values ($1, $2, 'Barn', 'UTC', 'Mill Lane 10')`,
      [operatorId, harbour.customerId],
    );
    await sql.query(
      `insert into agent (operator_id, site_id, hostname, version, online, presence_at, last_seen_at, certificate_expires_at)
       values ($1, $2, 'spare', '0.8.0', false, $3, $3, $4)`,
      [operatorId, harbour.siteId, ago(5000), ago(-86_400)],
    );
    await sql.query(`insert into customer (operator_id, name) values ($1, 'Empty')`, [operatorId]);
    for (const statement of statements) await sql.query(statement);
  });
}
