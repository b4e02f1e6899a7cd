import { Injectable } from '@nestjs/common';
import type { Agent } from '@loopstart/contracts';
import { CERTIFICATE_BACKDATE_MS, plannedRenewalAt } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import type { Scope } from '../../core/db/scope.ts';
import { agentState } from '../../core/fleet/effective-gateway.ts';

const AGENT = fields('Agent', 'a', [
  'id',
  'hostname',
  'version',
  'platform',
  'enrolledAt',
  'lastSeenAt',
  'certificateExpiresAt',
  'clockSkewMs',
  'configRevision',
  'configRevisionReported',
  'rejectedMessages',
  'lostMessages',
  'health',
  'identityConflictAt',
  'renewIssuedBefore',
]);

interface Row extends RowOf<typeof AGENT> {
  site: Agent['site'];
  state: Agent['state'];
  certificate: { issuedAt: string; notAfter: string } | null;
  replacedBy: Agent['replacedBy'];
  contested: number;
  gateways: number;
}

/** Agents with the health they last reported. */
@Injectable()
export class AgentRepository {
  constructor(private readonly db: Database) {}

  /** These agents, in the order of their ids. */
  async all(sql: Sql, now: Date, ids: readonly string[]): Promise<Agent[]> {
    const { rows } = await sql.query<Row>(
      `select ${AGENT}, ${agentState('$1')} as state,
         json_build_object('id', s.id, 'name', s.name, 'timeZone', s.time_zone, 'customerId', k.id, 'customerName', k.name) as site,
         (select count(*) from gateway g where g.agent_id = a.id and g.retired_at is null)::int as gateways,
         (select json_build_object('issuedAt', c.issued_at, 'notAfter', c.not_after) from agent_certificate c
          where c.agent_id = a.id order by c.issued_at desc limit 1) as certificate,
         (select json_build_object('id', r.id, 'hostname', r.hostname) from agent r where r.id = a.replaced_by) as "replacedBy",
         (select count(distinct g.id) from jsonb_to_recordset(a.health -> 'targets') as t ("gatewayId" uuid)
          join gateway g on g.id = t."gatewayId" and g.site_id = a.site_id and g.agent_id <> a.id)::int as contested
       from agent a join site s on s.id = a.site_id join customer k on k.id = s.customer_id
       where a.id = any ($2::uuid[]) order by array_position($2::uuid[], a.id)`,
      [now, ids],
    );
    return rows.map(toAgent);
  }

  async one(scope: Scope, now: Date, id: string): Promise<Agent | undefined> {
    const [agent] = await this.db.tx(scope, (sql) => this.all(sql, now, [id]));
    return agent;
  }

  /** Revokes the agent and its certificates. Returns its site; null where there is no such agent. */
  async revoke(sql: Sql, agentId: string, now: Date): Promise<string | null> {
    const { rows } = await sql.query<{ siteId: string }>(
      'update agent set revoked_at = coalesce(revoked_at, $2), online = false where id = $1 returning site_id as "siteId"',
      [agentId, now],
    );
    if (rows[0] === undefined) return null;
    await sql.query('update agent_certificate set revoked_at = coalesce(revoked_at, $2) where agent_id = $1', [
      agentId,
      now,
    ]);
    return rows[0].siteId;
  }

  /**
   * The machine that is connected renews its certificate at once: whatever copy there still is falls behind. Returns the
   * agent's site; null where there is no such agent.
   */
  async settleIdentityConflict(sql: Sql, agentId: string, now: Date): Promise<string | null> {
    const { rows } = await sql.query<{ siteId: string }>(
      `update agent set identity_conflict_at = null, renew_issued_before = $2, config_revision = config_revision + 1
       where id = $1 returning site_id as "siteId"`,
      [agentId, now],
    );
    return rows[0]?.siteId ?? null;
  }

  async siteOf(sql: Sql, agentId: string): Promise<string | null> {
    const { rows } = await sql.query<{ siteId: string }>('select site_id as "siteId" from agent where id = $1', [
      agentId,
    ]);
    return rows[0]?.siteId ?? null;
  }

  /** Locks the agent that is to take over; false where it cannot: it is the same, at another site, or revoked. */
  async lockHeir(sql: Sql, heir: { agentId: string; instead: string; siteId: string }): Promise<boolean> {
    const { rowCount } = await sql.query(
      'select 1 from agent where id = $1 and id <> $2 and site_id = $3 and revoked_at is null for update',
      [heir.agentId, heir.instead, heir.siteId],
    );
    return rowCount === 1;
  }

  /** Moves gateways, all where none are named, and returns their ids. */
  async moveGateways(
    sql: Sql,
    move: { from: string; to: string; gatewayIds: readonly string[] | null },
  ): Promise<string[]> {
    const { rows } = await sql.query<{ id: string }>(
      'update gateway set agent_id = $2 where agent_id = $1 and ($3::uuid[] is null or id = any ($3::uuid[])) returning id',
      [move.from, move.to, move.gatewayIds],
    );
    // A new revision of its settings makes the agent report again what was refused.
    await sql.query('update agent set config_revision = config_revision + 1 where id = $1', [move.to]);
    return rows.map(({ id }) => id);
  }
}

function toAgent(row: Row): Agent {
  const { health } = row;
  return {
    id: row.id,
    site: row.site,
    state: row.state,
    hostname: row.hostname,
    version: health?.version ?? row.version,
    platform: health?.platform ?? row.platform,
    enrolledAt: row.enrolledAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    startedAt: instant(health?.startedAt),
    certificateExpiresAt: row.certificateExpiresAt.toISOString(),
    certificateIssuedAt: row.certificate === null ? null : new Date(row.certificate.issuedAt).toISOString(),
    certificateRenewsAt: renewsAt(row),
    replacedBy: row.replacedBy,
    rssBytes: health?.rssBytes ?? null,
    cpuPercent: health?.cpuPercent ?? null,
    backlogMessages: health?.outboxMessages ?? null,
    backlogBytes: health?.outboxBytes ?? null,
    backlogOldestAt: instant(health?.outboxOldestAt),
    diskFreeBytes: health?.diskFreeBytes ?? null,
    pollsOk: health?.pollsOk ?? null,
    pollsFailed: health?.pollsFailed ?? null,
    callRecords: health?.callRecords ?? null,
    clockSkewMs: row.clockSkewMs,
    configRevisionDesired: row.configRevision,
    configRevisionReported: row.configRevisionReported,
    gatewayCount: row.gateways,
    targets: (health?.targets ?? []).map((target) => ({ ...target, lastAnswerAt: instant(target.lastAnswerAt) })),
    rejectedMessages: row.rejectedMessages,
    lostMessages: row.lostMessages,
    identityConflictAt: row.identityConflictAt?.toISOString() ?? null,
    contestedGateways: row.contested,
  };
}

function renewsAt({ id, certificate, renewIssuedBefore }: Row): string | null {
  if (certificate === null) return null;
  const issuedMs = Date.parse(certificate.issuedAt);
  if (renewIssuedBefore !== null && issuedMs < renewIssuedBefore.getTime()) return renewIssuedBefore.toISOString();
  const life = { fromMs: issuedMs - CERTIFICATE_BACKDATE_MS, untilMs: Date.parse(certificate.notAfter) };
  return new Date(plannedRenewalAt(id, life)).toISOString();
}

function instant(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}
