import { randomUUID } from 'node:crypto';
import type { Planted } from './fleet.ts';
import { asOwner } from './postgres.ts';

/** An incident of a gateway that does not answer, as the detector would have stored it. */
export function plantIncident(
  ownerUrl: string,
  where: Planted,
  at: Date,
  change: { severity?: string; state?: 'open' | 'resolved'; explains?: number } = {},
): Promise<{ incidentId: string; alertId: string }> {
  return asOwner(ownerUrl, async (sql) => {
    const incidentId = randomUUID();
    const alertId = randomUUID();
    const state = change.state ?? 'open';
    const severity = change.severity ?? 'major';
    const key = `gateway-unreachable@gateway:${alertId}`;
    const why = { scope: 'customer', scopeId: where.customerId, reason: 'They asked for it.' };
    const evidence = {
      text: 'Alpha has not answered for 60 s.',
      seen: { forS: 60 },
      thresholds: { raiseAfterS: { value: 0, ...why } },
    };
    const place = [where.customerId, where.siteId, where.agentId, where.gatewayId];
    await sql.query(
      `insert into alert (id, operator_id, key, incarnation, kind, subject_type, subject_id, customer_id, site_id, agent_id, gateway_id, severity, state, since,
         opened_at, resolved_at, evidence, incident_id)
       values ($1, $2, $3, 1, 'gateway-unreachable', 'gateway', $4, $5, $6, $7, $8, $9, $10, $11, $11, case when $10 = 'resolved' then $11::timestamptz end, $12, $13)`,
      [
        alertId,
        where.operatorId,
        key,
        where.gatewayId,
        ...place,
        severity,
        state,
        at,
        JSON.stringify(evidence),
        incidentId,
      ],
    );
    await sql.query('select pg_advisory_lock(4242019)');
    await sql.query(
      `insert into incident (id, operator_id, number, root_alert_id, kind, subject_type, subject_id, title, customer_id, site_id, agent_id, gateway_id, severity,
         state, since, announced_at, resolved_at, dedup_key, last_seq)
       select $1, $2, (select coalesce(max(number), 0) + 1 from incident where operator_id = $2), $3, 'gateway-unreachable', 'gateway', $4, 'Gateway unreachable',
         $5, $6, $7, $8, $9, $10, $11, $11, case when $10 = 'resolved' then $11::timestamptz end, $12, 1`,
      [incidentId, where.operatorId, alertId, where.gatewayId, ...place, severity, state, at, key],
    );
    await sql.query(
      `insert into outbox_message (operator_id, type, incident_id, seq, dedupe_key, payload) values ($1, 'incident.raised', $2, 1, $3, '{}')`,
      [where.operatorId, incidentId, `${incidentId}/1`],
    );
    await sql.query(
      `insert into incident_entry (operator_id, incident_id, at, kind, text) values ($1, $2, $3, 'announced', 'Gateway unreachable.')`,
      [where.operatorId, incidentId, at],
    );
    for (let position = 1; position <= (change.explains ?? 0); position += 1) {
      await sql.query(
        `insert into alert (operator_id, key, incarnation, kind, subject_type, subject_id, customer_id, site_id, agent_id, gateway_id, "position", severity,
           since, opened_at, hold, evidence, incident_id)
         values ($1, $2, 1, 'port-unregistered', 'port', $3, $4, $5, $6, $7, $8, 'major', $9, $9, $10, $11, $12)`,
        [
          where.operatorId,
          `port-unregistered@port:${where.gatewayId}/${position}/${alertId}`,
          `${where.gatewayId}/${position}`,
          ...place,
          position,
          at,
          JSON.stringify({ reason: 'suppressed', by: key }),
          JSON.stringify({ text: 'Not registered.', seen: {}, thresholds: {} }),
          incidentId,
        ],
      );
    }
    return { incidentId, alertId };
  });
}
