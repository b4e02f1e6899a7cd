import { randomUUID } from 'node:crypto';
import { plant, plantAnother } from './fleet.ts';
import { asOwner } from './postgres.ts';

/** Events for tests of lists: at several places, of the same second, of the whole gateway and of a port, and late ones. */
export async function plantEvents(ownerUrl: string, operatorId: string, now: Date): Promise<void> {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const albany = await plant(ownerUrl, operatorId, {
    customer: 'Harbour Care',
    site: 'Albany',
    gateway: 'Gateway 10',
    at: now,
  });
  const other = await plantAnother(ownerUrl, albany, { gateway: 'gateway 9', at: now });
  const works = await plant(ownerUrl, operatorId, { customer: 'acme', site: 'Works', gateway: 'Mill', at: now });
  await asOwner(ownerUrl, async (sql) => {
    await sql.query("select ensure_partitions('gateway_event', $1, $2)", [ago(86_400 * 2), now]);
    for (const [where, seconds, late, kind, severity, position, text, source] of [
      [albany, 300, 0, 'link-down', 'major', 10, 'Port 10 went down.', 'trap'],
      [albany, 300, 0, 'link-down', 'major', 9, 'port 9 went down.', 'inform'],
      [albany, 200, 600, 'link-up', 'cleared', 10, 'Port 10 came up.', 'trap'],
      [other, 100, 0, 'cold-start', 'warning', null, 'Started.', 'syslog'],
      [other, 90_000, 0, 'cold-start', 'warning', null, 'Started.', 'syslog'],
      [works, 100, 0, 'cold-start', 'info', null, 'Started.', 'poll'],
      [works, 50, 0, 'link-down', 'critical', 3, 'Port 3 went down.', 'agent'],
    ] as const)
      await sql.query(
        `insert into gateway_event (id, operator_id, site_id, gateway_id, at, received_at, kind, severity, "position", text, source, detail)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '{"sysUpTime":"12"}')`,
        [
          randomUUID(),
          where.operatorId,
          where.siteId,
          where.gatewayId,
          ago(seconds),
          ago(seconds - late),
          kind,
          severity,
          position,
          text,
          source,
        ],
      );
  });
}
