import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { likeWords } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { SITE_CSV } from './site-csv.ts';
import { SiteListRepository } from './site-list.repository.ts';

/** Sites with their agents and fleets. */
@Controller()
export class SiteListController {
  constructor(
    private readonly sites: SiteListRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listSites)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listSites>) {
    const { q, sort = 'name', cursor, limit, ...filter } = query;
    const page = { sort, cursor, limit };
    return this.sites.list(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, page);
  }

  @Implements(endpoints.getSiteFacet)
  facet(@Call() { caller, query: { q, facet, ...filter } }: CallOf<typeof endpoints.getSiteFacet>) {
    return this.sites.facet(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportSites)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportSites>): StreamableFile {
    const { q, sort = 'name', columns, ...filter } = query;
    const [now, asked] = [new Date(this.now()), { ...filter, words: likeWords(q) }];
    return csvList('sites', SITE_CSV, columns, (page) => this.sites.list(caller.scope, now, asked, { sort, ...page }));
  }
}
