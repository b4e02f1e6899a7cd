import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { decodeCursor, likePattern, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { SiteRepository } from './site.repository.ts';
import { SiteService } from './site.service.ts';

@Controller()
export class SiteController {
  constructor(
    private readonly sites: SiteRepository,
    private readonly service: SiteService,
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
  create(@Call() call: CallOf<typeof endpoints.createSite>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.getSite)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getSite>) {
    return this.service.one(caller.scope, params.siteId);
  }

  @Implements(endpoints.updateSite)
  update(@Call() call: CallOf<typeof endpoints.updateSite>) {
    return this.service.update(call, call.params.siteId, call.body);
  }

  @Implements(endpoints.deleteSite)
  remove(@Call() call: CallOf<typeof endpoints.deleteSite>): Promise<void> {
    return this.service.remove(call, call.params.siteId);
  }
}
