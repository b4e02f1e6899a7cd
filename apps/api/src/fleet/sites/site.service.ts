import { Inject, Injectable } from '@nestjs/common';
import type { Site } from '@loopstart/contracts';
import { allows } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Scope } from '../../core/db/scope.ts';
import { notAllowed } from '../../core/http/not-allowed.ts';
import { found } from '../../core/http/problem-error.ts';
import { type By, Changes, former } from '../../identity/audit/index.ts';
import { type NewSite, type SiteChange, SiteRepository } from './site.repository.ts';

const SUBJECT = 'site';

/** Changes of sites, each audited. */
@Injectable()
export class SiteService {
  constructor(
    private readonly sites: SiteRepository,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async one(scope: Scope, id: string): Promise<Site> {
    return found(await this.sites.one(scope, new Date(this.now()), id));
  }

  /** Throws `not-allowed` where it is to have tags and the caller may not tag sites: a tag can decide who sees it. */
  async create(by: By, input: NewSite): Promise<Site> {
    const { rights } = by.caller;
    if ((input.tags ?? []).length > 0 && !allows(rights, 'sites.tag')) throw notAllowed('sites.tag', rights);
    const id = await this.changes.makeInPrisma(by, async (prisma) => {
      const result = found(await this.sites.create(prisma, by.caller.operatorId, input));
      return { result, audit: { verb: 'create', subjectType: SUBJECT, subjectId: result, change: input } };
    });
    return this.one(by.caller.scope, id);
  }

  async update(by: By, id: string, change: SiteChange): Promise<Site> {
    await this.changes.makeInPrisma(by, async (prisma) => {
      const before = former(await this.sites.update(prisma, id, change), change);
      return { result: undefined, audit: { verb: 'update', subjectType: SUBJECT, subjectId: id, change, before } };
    });
    return this.one(by.caller.scope, id);
  }

  remove(by: By, id: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      await this.sites.archive(sql, id, new Date(this.now()));
      return { result: undefined, audit: { verb: 'delete', subjectType: SUBJECT, subjectId: id, change: {} } };
    });
  }
}
