import { Injectable } from '@nestjs/common';
import type { Site, endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { Database, type PrismaTx, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { fleetOfSites, SUM } from '../../core/fleet/fleet-sums.ts';
import { agentsOfSites } from './list/site-filter.ts';

export type NewSite = z.output<typeof endpoints.createSite.body>;
export type SiteChange = z.output<typeof endpoints.updateSite.body>;

/** Sites with their agents and fleets summed. */
@Injectable()
export class SiteRepository {
  constructor(private readonly db: Database) {}

  /** These sites, except those that were deleted, in the order of their ids. */
  async all(sql: Sql, now: Date, ids: readonly string[]): Promise<Site[]> {
    const { rows } = await sql.query<Site>(
      `select s.id, s.name, s.time_zone as "timeZone", s.address, s.emergency_location as "emergencyLocation", s.latitude, s.longitude, s.probe_address as "probeAddress", s.tags,
         json_build_object('id', k.id, 'name', k.name) as customer, coalesce(n.total, 0) as "agentCount", coalesce(n.online, 0) as "agentsOnline",
         ${SUM.gateways} as "gatewayCount", ${SUM.ports} as ports, ${SUM.worst} as worst
       from site s join customer k on k.id = s.customer_id left join ${fleetOfSites('$1', '$2')} f on f.site_id = s.id left join ${agentsOfSites('$1')} n on n.site_id = s.id
       where s.id = any ($2::uuid[]) and s.archived_at is null order by array_position($2::uuid[], s.id)`,
      [now, ids],
    );
    return rows;
  }

  async one(scope: Scope, now: Date, id: string): Promise<Site | undefined> {
    const [site] = await this.db.tx(scope, (sql) => this.all(sql, now, [id]));
    return site;
  }

  /** Null where the customer is not there, or was deleted; it is locked, so that it stays meanwhile. */
  async create(prisma: PrismaTx, operatorId: string, site: NewSite): Promise<string | null> {
    const customer = await prisma.$queryRaw<
      unknown[]
    >`select 1 from customer where id = ${site.customerId}::uuid and archived_at is null for share`;
    if (customer.length === 0) return null;
    const { tags = [], ...rest } = site;
    const { id } = await prisma.site.create({ data: { operatorId, ...rest, tags } });
    return id;
  }

  /** Returns it as it was before. Throws where there is none, or it was deleted. */
  async update(prisma: PrismaTx, id: string, change: SiteChange): Promise<Required<SiteChange>> {
    await prisma.$queryRaw`select 1 from site where id = ${id}::uuid for update`;
    const before = found(await prisma.site.findUnique({ where: { id, archivedAt: null } }));
    await prisma.site.update({ where: { id }, data: change });
    return before;
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
