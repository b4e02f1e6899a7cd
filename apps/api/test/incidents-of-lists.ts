import { plant, plantAnother } from './fleet.ts';
import { plantIncident } from './incident.ts';
import { asOwner } from './postgres.ts';

/**
 * Incidents for tests of lists: at several places and at none, of several kinds, in every state, some of them equal in
 * what a list sorts by.
 */
export async function plantIncidents(ownerUrl: string, operatorId: string, now: Date): Promise<void> {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const albany = await plant(ownerUrl, operatorId, {
    customer: 'Harbour Care',
    site: 'Albany',
    gateway: 'Gateway 10',
    at: now,
  });
  const other = await plantAnother(ownerUrl, albany, { gateway: 'gateway 9', at: now });
  const works = await plant(ownerUrl, operatorId, { customer: 'acme', site: 'Works', gateway: 'Mill', at: now });
  const planted = [
    [albany, 9, { severity: 'critical' }],
    [other, 8, { severity: 'critical' }],
    [other, 7, { severity: 'minor' }],
    [works, 7, { severity: 'major' }],
    [works, 5, { severity: 'minor' }],
    [albany, 4, { severity: 'info' }],
    [works, 60, { severity: 'critical', state: 'resolved' }],
    [albany, 50, { severity: 'major' }],
    [works, 3, { severity: 'major' }],
  ] as const;
  for (const [where, minutes, change] of planted) await plantIncident(ownerUrl, where, ago(minutes), change);
  await asOwner(ownerUrl, async (sql) => {
    // By the numbers that they got in this order.
    const changes: Readonly<Record<number, string>> = {
      1: `title = 'Line 10 out of service', kind = 'port-out-of-service', "position" = 2`,
      2: `title = 'line 9 out of service', kind = 'port-out-of-service', "position" = 1, affected = '{"ports": 3}'`,
      4: `acknowledged_at = announced_at, acknowledged_by_name = 'Ann', assigned_to = (select id from person where operator_id = incident.operator_id order by email limit 1)`,
      6: `affected = '{"ports": 3, "gateways": 2, "agents": 1}', snoozed_until = '${ago(-60).toISOString()}'`,
      8: `since = announced_at - interval '1 day', assigned_to = (select id from app_user where operator_id = incident.operator_id and role = 'viewer')`,
      // A cause that no site has to itself.
      9: `customer_id = null, site_id = null, agent_id = null, gateway_id = null, kind = 'registrar-lost-together'`,
    };
    for (const [number, change] of Object.entries(changes))
      await sql.query(`update incident set ${change} where operator_id = $1 and number = $2`, [operatorId, number]);
    await sql.query(
      `update alert set evidence = jsonb_set(evidence, '{text}', to_jsonb('Line ' || i.number || ' is dead.'))
       from incident i where i.root_alert_id = alert.id and i.operator_id = $1 and i.number < 3`,
      [operatorId],
    );
    await sql.query(
      `update alert set severity = i.severity, kind = i.kind, "position" = i."position", since = i.since, customer_id = i.customer_id, site_id = i.site_id,
         agent_id = i.agent_id, gateway_id = i.gateway_id,
         hold = case i.number % 4 when 1 then '{"reason": "starting"}' when 2 then jsonb_build_object('reason', 'settling', 'until', 1795000000000) end::jsonb
       from incident i where i.root_alert_id = alert.id and i.operator_id = $1`,
      [operatorId],
    );
  });
}
