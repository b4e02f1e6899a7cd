import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { likeWords } from '../../core/http/cursor.ts';
import { Call, type Caller, type CallOf, Implements } from '../../core/http/implements.ts';
import { csvList } from '../../core/list/csv-file.ts';
import { CALL_CSV } from './call-csv.ts';
import { type CallFilter, NEWEST_FIRST, startOf } from './call-filter.ts';
import { CallRepository } from './call.repository.ts';

type Asked = Omit<CallOf<typeof endpoints.getCallFacet>['query'], 'facet'>;

@Controller()
export class CallController {
  constructor(
    private readonly calls: CallRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listCalls)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listCalls>) {
    const { sort = NEWEST_FIRST, cursor, limit, ...asked } = query;
    return this.calls.list(caller.scope, this.#filter(caller, asked), { sort, cursor, limit });
  }

  @Implements(endpoints.getCallFacet)
  facet(@Call() { caller, query: { facet, ...asked } }: CallOf<typeof endpoints.getCallFacet>) {
    return this.calls.facet(caller.scope, this.#filter(caller, asked), facet);
  }

  @Implements(endpoints.exportCalls)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportCalls>): StreamableFile {
    const { sort = NEWEST_FIRST, columns, ...asked } = query;
    const filter = this.#filter(caller, asked);
    return csvList('calls', CALL_CSV, columns, (page) => this.calls.list(caller.scope, filter, { sort, ...page }));
  }

  @Implements(endpoints.getCallCoverage)
  coverage(@Call() { caller, query }: CallOf<typeof endpoints.getCallCoverage>) {
    return this.calls.coverage(caller.scope, { ...query, operatorId: caller.operatorId });
  }

  #filter(caller: Caller, { q, within, from, ...asked }: Asked): CallFilter {
    const nowMs = this.now();
    return { ...asked, operatorId: caller.operatorId, nowMs, words: likeWords(q), from: startOf(within, from, nowMs) };
  }
}
