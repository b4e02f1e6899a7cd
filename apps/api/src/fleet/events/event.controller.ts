import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { likeWords } from '../../core/http/cursor.ts';
import { Call, type Caller, type CallOf, Implements } from '../../core/http/implements.ts';
import { csvList } from '../../core/list/csv-file.ts';
import { EVENT_CSV } from './event-csv.ts';
import { startOf } from '../../core/list/period.ts';
import { type EventFilter, NEWEST_FIRST } from './event-filter.ts';
import { EventRepository } from './event.repository.ts';

type Asked = Omit<CallOf<typeof endpoints.getEventFacet>['query'], 'facet'>;

@Controller()
export class EventController {
  constructor(
    private readonly events: EventRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listEvents)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listEvents>) {
    const { sort = NEWEST_FIRST, cursor, limit, ...asked } = query;
    return this.events.list(caller.scope, this.#filter(caller, asked), { sort, cursor, limit });
  }

  @Implements(endpoints.getEventFacet)
  facet(@Call() { caller, query: { facet, ...asked } }: CallOf<typeof endpoints.getEventFacet>) {
    return this.events.facet(caller.scope, this.#filter(caller, asked), facet);
  }

  @Implements(endpoints.exportEvents)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportEvents>): StreamableFile {
    const { sort = NEWEST_FIRST, columns, ...asked } = query;
    const filter = this.#filter(caller, asked);
    return csvList('events', EVENT_CSV, columns, (page) => this.events.list(caller.scope, filter, { sort, ...page }));
  }

  #filter(caller: Caller, { q, within, from, ...asked }: Asked): EventFilter {
    return {
      ...asked,
      operatorId: caller.operatorId,
      words: likeWords(q),
      from: startOf(within, from, this.now()),
    };
  }
}
