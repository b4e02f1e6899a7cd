import { Controller, Inject } from '@nestjs/common';
import { endpoints, type Site } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { decodeCursor, likePattern, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { AuditService } from '../../identity/audit/index.ts';
import { SiteRepository } from './site.repository.ts';

@Controller()
export class SiteController {
  constructor(
    private readonly sites: SiteRepository,
    private readonly db: Database,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listSites)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listSites>) {
    const { rows, total } = await this.sites.list(caller.scope, new Date(this.now()), {
      customerId: query.customerId,
      worst: query.worst,
      search: likePattern(query.q),
      after: decodeCursor(query.cursor, ['text', 'uuid']),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, (row) => [row.name, row.id]), total };
  }

  @Implements(endpoints.createSite)
  async create(@Call() { caller, body, requestId }: CallOf<typeof endpoints.createSite>) {
    const id = await this.db.prismaTx(caller.scope, async (prisma) => {
      // Locked, so that the customer is not deleted meanwhile.
      const there = await prisma.$queryRaw<
        unknown[]
      >`select 1 from customer where id = ${body.customerId}::uuid and archived_at is null for share`;
      found(there[0]);
      const site = await prisma.site.create({ data: { operatorId: caller.operatorId, ...body } });
      await this.audit.record(
        prisma,
        { caller, requestId },
        { verb: 'create', subjectType: 'site', subjectId: site.id, change: body },
      );
      return site.id;
    });
    return this.#one(caller.scope, id);
  }

  @Implements(endpoints.getSite)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getSite>) {
    return this.#one(caller.scope, params.siteId);
  }

  @Implements(endpoints.updateSite)
  async update(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.updateSite>) {
    await this.db.prismaTx(caller.scope, async (prisma) => {
      await prisma.site.update({ where: { id: params.siteId, archivedAt: null }, data: body });
      await this.audit.record(
        prisma,
        { caller, requestId },
        { verb: 'update', subjectType: 'site', subjectId: params.siteId, change: body },
      );
    });
    return this.#one(caller.scope, params.siteId);
  }

  @Implements(endpoints.deleteSite)
  async remove(@Call() { caller, params, requestId }: CallOf<typeof endpoints.deleteSite>): Promise<void> {
    const { siteId } = params;
    await this.db.tx(caller.scope, async (sql) => {
      await this.sites.archive(sql, siteId, new Date(this.now()));
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'delete', subjectType: 'site', subjectId: siteId, change: {} },
      );
    });
  }

  async #one(scope: Scope, id: string): Promise<Site> {
    const { rows } = await this.sites.list(scope, new Date(this.now()), {
      id,
      search: null,
      after: null,
      limit: 1,
    });
    return found(rows[0]);
  }
}
