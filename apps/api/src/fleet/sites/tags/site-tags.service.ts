import { Inject, Injectable } from '@nestjs/common';
import type { Site } from '@loopstart/contracts';
import { tagEffects } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database } from '../../../core/db/database.ts';
import type { Caller } from '../../../core/http/implements.ts';
import { found } from '../../../core/http/problem-error.ts';
import { type By, Changes } from '../../../identity/audit/index.ts';
import { SiteService } from '../site.service.ts';
import { type LimitHolder, SiteTagsRepository } from './site-tags.repository.ts';

type Effects = ReturnType<typeof tagEffects>;

/** Tags of sites: what an operator sorts them by, and what can decide who sees them. */
@Injectable()
export class SiteTagsService {
  constructor(
    private readonly db: Database,
    private readonly tags: SiteTagsRepository,
    private readonly sites: SiteService,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async set(by: By, siteId: string, tags: string[]): Promise<Site> {
    await this.changes.make(by, async (sql) => {
      const before = found(await this.tags.lock(sql, siteId));
      if (before.tags.join(' ') === tags.join(' ')) return { result: undefined, audit: null };
      await this.tags.set(sql, siteId, tags);
      return {
        result: undefined,
        // Lists of sites show tags, and people who are limited to one see other rows now.
        live: [{ type: 'resync' }],
        audit: {
          verb: 'update',
          subjectType: 'site',
          subjectId: siteId,
          change: { tags },
          before: { tags: [...before.tags] },
        },
      };
    });
    return this.sites.one(by.caller.scope, siteId);
  }

  /** Who would lose and who would get the site with these tags. */
  effects({ scope }: Caller, siteId: string, tags: readonly string[]): Promise<Record<LimitHolder, Effects>> {
    const now = new Date(this.now());
    return this.db.tx(scope, async (sql) => {
      const site = found(await this.tags.one(sql, siteId));
      const of = async (holder: LimitHolder) => tagEffects(site, tags, await this.tags.limits(sql, holder, now));
      return { people: await of('people'), invitations: await of('invitations'), tokens: await of('tokens') };
    });
  }
}
