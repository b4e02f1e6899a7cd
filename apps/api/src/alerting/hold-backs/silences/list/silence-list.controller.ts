import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../../core/clock.ts';
import { likeWords } from '../../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../../core/http/implements.ts';
import { csvList } from '../../../../core/list/csv-file.ts';
import { SILENCE_CSV } from './silence-csv.ts';
import { SilenceListRepository } from './silence-list.repository.ts';

/** Silences; the one that ends last comes first where no order is asked for. */
@Controller()
export class SilenceListController {
  constructor(
    private readonly silences: SilenceListRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listSilences)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listSilences>) {
    const { q, sort = '-until', cursor, limit, ...filter } = query;
    const page = { sort, cursor, limit };
    return this.silences.list(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, page);
  }

  @Implements(endpoints.getSilenceFacet)
  facet(@Call() { caller, query: { q, facet, ...filter } }: CallOf<typeof endpoints.getSilenceFacet>) {
    return this.silences.facet(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportSilences)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportSilences>): StreamableFile {
    const { q, sort = '-until', columns, ...filter } = query;
    const [now, asked] = [new Date(this.now()), { ...filter, words: likeWords(q) }];
    return csvList('silences', SILENCE_CSV, columns, (page) =>
      this.silences.list(caller.scope, now, asked, { sort, ...page }),
    );
  }
}
