import { randomUUID } from 'node:crypto';
import type { WebhookPayload } from '@loopstart/contracts';
import type { Planted } from './fleet.ts';
import { plantMember } from './people.ts';
import { asOwner } from './postgres.ts';

/** A channel as it is stored, switched on; its settings reach nothing. */
export function plantChannel(
  ownerUrl: string,
  operatorId: string,
  kind: string,
  name: string,
  filters: object = {},
): Promise<string> {
  return asOwner(ownerUrl, async (sql) => {
    const config = kind === 'email' ? { to: ['noc@example.com'] } : {};
    const { rows } = await sql.query<{ id: string }>(
      `insert into channel (operator_id, kind, name, config, filters, created_at) values ($1, $2, $3, $4, $5, clock_timestamp()) returning id`,
      [operatorId, kind, name, JSON.stringify(config), JSON.stringify(filters)],
    );
    return rows[0]!.id;
  });
}

/** Ids of the people of an operator, by e-mail. */
export function peopleOf(ownerUrl: string, operatorId: string): Promise<string[]> {
  return asOwner(ownerUrl, async (sql) => {
    const { rows } = await sql.query<{ id: string }>('select id from person where operator_id = $1 order by email', [
      operatorId,
    ]);
    return rows.map(({ id }) => id);
  });
}

/** A person of an operator who cannot sign in. */
export function plantPerson(
  ownerUrl: string,
  operatorId: string,
  name: string,
): Promise<{ id: string; email: string }> {
  return asOwner(ownerUrl, async (sql) => {
    const email = `${name.toLowerCase()}-${operatorId.slice(0, 8)}@example.com`;
    const member = { operatorId, email, name, role: 'technician', passwordHash: null };
    return { id: (await plantMember(sql, member)).userId, email };
  });
}

export interface PlantedIncident {
  incidentId: string;
  raiseMessageId: string;
  announced: {
    id: string;
    operatorId: string;
    severity: string;
    kind: string;
    customerId: string | null;
    siteId: string | null;
    lineDeviceClass: string | null;
  };
}

/** An incident with its raise, as the transaction that announces it has written both. */
export function plantAnnounced(
  ownerUrl: string,
  where: Planted,
  at: Date,
  { severity = 'major', lineDeviceClass = null }: { severity?: string; lineDeviceClass?: string | null } = {},
): Promise<PlantedIncident> {
  return asOwner(ownerUrl, async (sql) => {
    const incidentId = randomUUID();
    const place = [where.customerId, where.siteId, where.gatewayId];
    await sql.query('select pg_advisory_lock(4242019)');
    await sql.query(
      `insert into incident (id, operator_id, number, root_alert_id, kind, subject_type, subject_id, title, customer_id, site_id, gateway_id, line_device_class,
         severity, since, announced_at, dedup_key, last_seq)
       select $1, $2, (select coalesce(max(number), 0) + 1 from incident where operator_id = $2), $1, 'gateway-unreachable', 'gateway', $5::text, 'Gateway unreachable',
         $3, $4, $5::uuid, $6, $7, $8, $8, $9, 1`,
      [
        incidentId,
        where.operatorId,
        ...place,
        lineDeviceClass,
        severity,
        at,
        `gateway-unreachable@gateway:${incidentId}`,
      ],
    );
    await sql.query(
      `insert into alert (id, operator_id, key, incarnation, kind, subject_type, subject_id, severity, since, opened_at, evidence)
       values ($1, $2, $3, 1, 'gateway-unreachable', 'gateway', $4, $5, $6, $6, $7)`,
      [
        incidentId,
        where.operatorId,
        `gateway-unreachable@gateway:${incidentId}`,
        where.gatewayId,
        severity,
        at,
        JSON.stringify({ text: 'The gateway does not answer the agent.', seen: {}, thresholds: {} }),
      ],
    );
    const { rows } = await sql.query<{ id: string }>(
      `insert into outbox_message (operator_id, type, incident_id, seq, dedupe_key, payload, created_at) values ($1, 'incident.raised', $2, 1, $3, $4, $5) returning id`,
      [
        where.operatorId,
        incidentId,
        `${incidentId}/1`,
        JSON.stringify(payloadOf('incident.raised', where, { incidentId, seq: 1, severity, at })),
        at,
      ],
    );
    const announced = {
      id: incidentId,
      operatorId: where.operatorId,
      severity,
      kind: 'gateway-unreachable',
      customerId: where.customerId,
      siteId: where.siteId,
      lineDeviceClass,
    };
    return { incidentId, raiseMessageId: rows[0]!.id, announced };
  });
}

/** The incident changes, and its next message is sent. */
export function plantUpdate(
  ownerUrl: string,
  where: Planted,
  incidentId: string,
  at: Date,
  change: { severity?: string; resolved?: boolean },
): Promise<string> {
  return asOwner(ownerUrl, async (sql) => {
    const type = change.resolved === true ? 'incident.resolved' : 'incident.updated';
    const updated = await sql.query<{ seq: number; severity: string }>(
      `update incident set severity = coalesce($2, severity), state = case when $3 then 'resolved' else state end, last_seq = last_seq + 1
       where id = $1 returning last_seq as seq, severity`,
      [incidentId, change.severity ?? null, change.resolved === true],
    );
    const { seq, severity } = updated.rows[0]!;
    const { rows } = await sql.query<{ id: string }>(
      `insert into outbox_message (operator_id, type, incident_id, seq, dedupe_key, payload, created_at) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [
        where.operatorId,
        type,
        incidentId,
        seq,
        `${incidentId}/${seq}`,
        JSON.stringify(payloadOf(type, where, { incidentId, seq, severity, at })),
        at,
      ],
    );
    return rows[0]!.id;
  });
}

function payloadOf(
  type: 'incident.raised' | 'incident.updated' | 'incident.resolved',
  where: Planted,
  { incidentId, seq, severity, at }: { incidentId: string; seq: number; severity: string; at: Date },
): WebhookPayload {
  const data = {
    version: 1 as const,
    incidentId,
    number: 1,
    seq,
    dedupKey: `gateway-unreachable@gateway:${incidentId}`,
    kind: 'gateway-unreachable' as const,
    title: 'Gateway unreachable',
    subject: { type: 'gateway' as const, id: where.gatewayId },
    place: { customer: null, site: null, agent: null, gateway: null, port: null },
    severity: severity as 'major',
    state: type === 'incident.resolved' ? ('resolved' as const) : ('open' as const),
    since: at.toISOString(),
    announcedAt: at.toISOString(),
    resolvedAt: type === 'incident.resolved' ? at.toISOString() : null,
    resolution: null,
    why: 'It has not answered for 60 s.',
    evidence: { text: 'It has not answered for 60 s.', seen: {}, thresholds: {} },
    firstStep: 'Check its power.',
    affected: { agents: 0, gateways: 0, ports: 2 },
    flapping: false,
    acknowledgedBy: null,
    assignedTo: null,
    url: `https://loopstart.example/incidents/${incidentId}`,
    operator: { id: where.operatorId, name: 'Oak' },
  };
  const timestamp = at.toISOString();
  return type === 'incident.updated'
    ? { type, timestamp, data: { ...data, changed: ['severity'] } }
    : { type, timestamp, data };
}
