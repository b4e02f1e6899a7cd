import { Injectable } from '@nestjs/common';
import { ALERT_SEVERITIES, type Incident, type IncidentEntry } from '@loopstart/contracts';
import { CONDITIONS } from '@loopstart/domain';
import { attentionSql, type IncidentRow, REACHES_NOBODY } from '../incidents/index.ts';
import type { Sql } from '../../core/db/database.ts';
import { effectiveGateways } from '../../core/fleet/effective-gateway.ts';

const DELIVERIES_MAX = 500;
const TIMELINE_MAX = 1_000;

/** Reads the data of the inbox and of an incident's page besides the list. */
@Injectable()
export class IncidentQueries {
  /** People of the operator, by name. */
  async people(sql: Sql): Promise<{ id: string; name: string; email: string }[]> {
    const { rows } = await sql.query<{ id: string; name: string; email: string }>(
      'select id, name, email from person where removed_at is null order by lower(name), id',
    );
    return rows;
  }

  async counts(sql: Sql, now: Date) {
    const is = attentionSql('$1::timestamptz');
    const { rows } = await sql.query<Record<string, number>>(
      `select ${(['open', 'acknowledged', 'snoozed'] as const).map((key) => `count(*) filter (where ${is[key]})::int as ${key}`).join(', ')},
         ${ALERT_SEVERITIES.map((severity) => `count(*) filter (where i.severity = '${severity}')::int as ${severity}`).join(', ')},
         count(*) filter (where ${REACHES_NOBODY})::int as "reachesNobody"
       from incident i where i.state = 'open'`,
      [now],
    );
    return rows[0]!;
  }

  async watched(sql: Sql): Promise<{ agents: number; gateways: number; ports: number }> {
    const { rows } = await sql.query<{ agents: number; gateways: number; ports: number }>(
      `select (select count(*) from agent where revoked_at is null)::int as agents, count(*)::int as gateways, coalesce(sum(c.ports_total), 0)::int as ports
       from gateway g join agent a on a.id = g.agent_id and a.revoked_at is null join gateway_current c on c.gateway_id = g.id where g.retired_at is null`,
    );
    return rows[0]!;
  }

  async deliveries(sql: Sql, incidentId: string): Promise<Incident['deliveries']> {
    const { rows } = await sql.query<Incident['deliveries'][number] & { created_at: Date; delivered_at: Date | null }>(
      `select d.id, json_build_object('id', c.id, 'name', c.name, 'kind', c.kind) as channel, nullif(d.recipient, '') as recipient, m.type, d.state,
         d.created_at, d.delivered_at, d.last_error as error
       from outbox_message m join delivery d on d.message_id = m.id join channel c on c.id = d.channel_id
       where m.incident_id = $1 order by d.created_at, m.seq, d.id limit ${DELIVERIES_MAX}`,
      [incidentId],
    );
    return rows.map(({ created_at, delivered_at, ...row }) => ({
      ...row,
      createdAt: created_at.toISOString(),
      deliveredAt: delivered_at?.toISOString() ?? null,
    }));
  }

  async timeline(sql: Sql, incidentId: string): Promise<IncidentEntry[]> {
    const { rows } = await sql.query<Omit<IncidentEntry, 'at'> & { at: Date }>(
      `select * from (
         select id::text as id, at, kind, by_name as by, text, data from incident_entry where incident_id = $1 order by incident_entry.at desc, incident_entry.id desc limit ${TIMELINE_MAX}
       ) e order by at, id::bigint`,
      [incidentId],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  async policy(sql: Sql, policyId: string | null): Promise<{ id: string; name: string } | null> {
    if (policyId === null) return null;
    const { rows } = await sql.query<{ id: string; name: string }>('select id, name from policy where id = $1', [
      policyId,
    ]);
    return rows[0] ?? null;
  }

  /** The path from the operator to the subject. A level is bad where it has an open alert. */
  async path(sql: Sql, operator: { id: string; name: string }, row: IncidentRow, now: Date): Promise<Incident['path']> {
    const { customer, site, agent, gateway, port } = row.place;
    const levels: { type: Incident['path'][number]['type']; id: string; name: string }[] = [
      { type: 'operator', id: operator.id, name: operator.name },
    ];
    if (row.subject_type === 'shared')
      levels.push({ type: 'shared', id: row.subject_id, name: row.subject_id.replace(/^[a-z]+:/, '') });
    if (site !== null)
      levels.push({
        type: 'site',
        id: site.id,
        name: customer === null ? site.name : `${customer.name}, ${site.name}`,
      });
    if (agent !== null) levels.push({ type: 'agent', id: agent.id, name: agent.name });
    if (gateway !== null) levels.push({ type: 'gateway', id: gateway.id, name: gateway.name });
    if (gateway !== null && port !== null)
      levels.push({ type: 'port', id: `${gateway.id}/${port.position}`, name: port.label ?? `Port ${port.position}` });
    const { rows } = await sql.query<{ subject: string; stale: boolean }>(
      `select subject_type || ':' || subject_id as subject, bool_and(stale) as stale from alert
       where state = 'open' and subject_type || ':' || subject_id = any ($1) group by 1`,
      [levels.map(({ type, id }) => `${type}:${id}`)],
    );
    const open = new Map(rows.map((alert) => [alert.subject, alert.stale]));
    const unseen = await unseenLevels(sql, row.place, now);
    return levels.map((level) => {
      const cause = level.type === row.subject_type && (level.type === 'operator' ? true : level.id === row.subject_id);
      const stale = open.get(`${level.type}:${level.id}`);
      const wrong = stale !== undefined || (cause && row.state === 'open');
      const calm = unseen.has(level.type) ? 'unknown' : 'fine';
      return { ...level, cause, state: !wrong ? calm : (stale ?? row.stale) ? 'unknown' : 'wrong' };
    });
  }
}

/** Levels of a place whose state is unknown now, by the same rule as the pages of site, gateway and port. */
async function unseenLevels(
  sql: Sql,
  { site, gateway }: IncidentRow['place'],
  now: Date,
): Promise<ReadonlySet<Incident['path'][number]['type']>> {
  const { rows } = await sql.query<{ site: boolean | null; gateway: boolean | null }>(
    `select not bool_or(e.trusted) filter (where e.site_id = $2) as site, not bool_or(e.trusted) filter (where e.id = $3) as gateway
     from ${effectiveGateways('$1')} e where e.site_id = $2 or e.id = $3`,
    [now, site?.id ?? null, gateway?.id ?? null],
  );
  const unseen = new Set<Incident['path'][number]['type']>();
  if (rows[0]?.site === true) unseen.add('site');
  if (rows[0]?.gateway === true) unseen.add('gateway').add('port');
  return unseen;
}

/** The impact of a kind on the people on the line. */
export function meansOf(row: Pick<IncidentRow, 'kind'>): string {
  return CONDITIONS[row.kind].means;
}
