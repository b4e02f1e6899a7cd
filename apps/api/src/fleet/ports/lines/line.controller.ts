import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { likeWords } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { LINE_CSV } from './line-csv.ts';
import { LineFacetsRepository } from './line-facets.repository.ts';
import { LineListRepository } from './line-list.repository.ts';

const DEFAULT_SORT = 'gateway';

/** The lines of all gateways. */
@Controller()
export class LineController {
  constructor(
    private readonly lines: LineListRepository,
    private readonly facets: LineFacetsRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listPorts)
  list(@Call() { caller, query: { q, sort, cursor, limit, ...filter } }: CallOf<typeof endpoints.listPorts>) {
    return this.lines.list(
      caller.scope,
      new Date(this.now()),
      { ...filter, words: likeWords(q) },
      { sort: sort ?? DEFAULT_SORT, cursor, limit },
    );
  }

  @Implements(endpoints.getPortFacet)
  facet(@Call() { caller, query: { q, facet, ...filter } }: CallOf<typeof endpoints.getPortFacet>) {
    return this.facets.count(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportPorts)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportPorts>): StreamableFile {
    const { q, sort = DEFAULT_SORT, columns, ...filter } = query;
    const [now, asked] = [new Date(this.now()), { ...filter, words: likeWords(q) }];
    return csvList('lines', LINE_CSV, columns, (page) => this.lines.list(caller.scope, now, asked, { sort, ...page }));
  }
}
