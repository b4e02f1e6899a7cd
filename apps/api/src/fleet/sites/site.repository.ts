import { Injectable } from '@nestjs/common';
import type { Site, endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { Database, type PrismaTx, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { agentAlive, effectiveGateways, SUM_PORTS, WORST_OF } from '../../core/fleet/effective-gateway.ts';

export type NewSite = z.output<typeof endpoints.createSite.body>;
export type SiteChange = z.output<typeof endpoints.updateSite.body>;

export interface SiteFilter {
  id?: string | undefined;
  customerId?: string | undefined;
  worst?: string | undefined;
  search: string | null;
  after: (string | number)[] | null;
  limit: number;
}

/** Sites with their agents and fleets summed. */
@Injectable()
export class SiteRepository {
  constructor(private readonly db: Database) {}

  /** Up to `limit` sites in order of name; `total` counts all that match. */
  list(scope: Scope, now: Date, filter: SiteFilter): Promise<{ rows: Site[]; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query<Site & { matching: number }>(
        `with fleet as (
           select g.site_id, count(g.id)::int as gateways, ${SUM_PORTS} as ports, ${WORST_OF} as worst
           from ${effectiveGateways('$1', { whole: true })} g group by g.site_id
         ), agents as (
           select a.site_id, count(*)::int as total, count(*) filter (where ${agentAlive('$1')})::int as online
           from agent a where a.revoked_at is null group by a.site_id
         ), matching as (
           select s.id, s.name, s.time_zone as "timeZone", s.address, s.emergency_location as "emergencyLocation", s.latitude, s.longitude, s.probe_address as "probeAddress",
             json_build_object('id', c.id, 'name', c.name) as customer,
             coalesce(agents.total, 0) as "agentCount", coalesce(agents.online, 0) as "agentsOnline", coalesce(fleet.gateways, 0) as "gatewayCount",
             coalesce(fleet.ports, '{"total":0,"ok":0,"info":0,"minor":0,"major":0,"critical":0,"unknown":0}') as ports, coalesce(fleet.worst, 'ok') as worst
           from site s join customer c on c.id = s.customer_id left join fleet on fleet.site_id = s.id left join agents on agents.site_id = s.id
           where s.archived_at is null and ($2::uuid is null or s.id = $2) and ($3::uuid is null or s.customer_id = $3)
             and ($4::text is null or s.name ilike $4 or s.address ilike $4 or c.name ilike $4)
             and ($5::text is null or coalesce(fleet.worst, 'ok') = $5)
         )
         select m.*, (select count(*) from matching)::int as matching from matching m
         where $6::text is null or (lower(m.name), m.id) > (lower($6), $7::uuid)
         order by lower(m.name), m.id limit $8`,
        [
          now,
          filter.id ?? null,
          filter.customerId ?? null,
          filter.search,
          filter.worst ?? null,
          filter.after?.[0] ?? null,
          filter.after?.[1] ?? null,
          filter.limit,
        ],
      );
      return { rows, total: rows[0]?.matching ?? 0 };
    });
  }

  /** Null where the customer is not there, or was deleted; it is locked, so that it stays meanwhile. */
  async create(prisma: PrismaTx, operatorId: string, site: NewSite): Promise<string | null> {
    const customer = await prisma.$queryRaw<
      unknown[]
    >`select 1 from customer where id = ${site.customerId}::uuid and archived_at is null for share`;
    if (customer.length === 0) return null;
    const { id } = await prisma.site.create({ data: { operatorId, ...site } });
    return id;
  }

  /** Throws where there is none, or it was deleted. */
  async update(prisma: PrismaTx, id: string, change: SiteChange): Promise<void> {
    await prisma.site.update({ where: { id, archivedAt: null }, data: change });
  }

  /**
   * Deletes a site where nothing works any more; what was written of it keeps its name, and a token to install an agent
   * there is of no use. Throws `in-use` with the reason, or `not-found`.
   */
  async archive(sql: Sql, siteId: string, now: Date): Promise<void> {
    // Whoever enrols an agent here meanwhile waits for this row, and finds no token.
    const { rows: locked } = await sql.query('select 1 from site where id = $1 and archived_at is null for update', [
      siteId,
    ]);
    found(locked[0]);
    const { rows } = await sql.query<{ gateways: number; agents: number }>(
      `select (select count(*) from gateway where site_id = $1 and retired_at is null)::int as gateways,
         (select count(*) from agent where site_id = $1 and revoked_at is null)::int as agents`,
      [siteId],
    );
    const { gateways, agents } = rows[0]!;
    const holds = [
      ...(gateways > 0 ? [`${gateways} ${gateways === 1 ? 'gateway' : 'gateways'} in service (retire first)`] : []),
      ...(agents > 0 ? [`${agents} ${agents === 1 ? 'agent' : 'agents'} (revoke first)`] : []),
    ];
    if (holds.length > 0) throw new ProblemError('in-use', { detail: `It has ${holds.join(' and ')}.` });
    await sql.query('update site set archived_at = $2 where id = $1', [siteId, now]);
    await sql.query('delete from enrolment_token where site_id = $1 and used_at is null', [siteId]);
  }
}
