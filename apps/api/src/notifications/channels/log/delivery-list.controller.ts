import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { likeWords } from '../../../core/http/cursor.ts';
import { Call, type Caller, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { startOf } from '../../../core/list/period.ts';
import { DELIVERY_CSV } from './delivery-csv.ts';
import { type DeliveryFilter, NEWEST_FIRST } from './delivery-filter.ts';
import { DeliveryListRepository } from './delivery-list.repository.ts';

type Asked = Omit<CallOf<typeof endpoints.getDeliveryFacet>['query'], 'facet'>;

/** The delivery log of all channels. */
@Controller()
export class DeliveryListController {
  constructor(
    private readonly deliveries: DeliveryListRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listDeliveries)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listDeliveries>) {
    const { sort = NEWEST_FIRST, cursor, limit, ...asked } = query;
    return this.deliveries.list(caller.scope, this.#filter(caller, asked), { sort, cursor, limit });
  }

  @Implements(endpoints.getDeliveryFacet)
  facet(@Call() { caller, query: { facet, ...asked } }: CallOf<typeof endpoints.getDeliveryFacet>) {
    return this.deliveries.facet(caller.scope, this.#filter(caller, asked), facet);
  }

  @Implements(endpoints.exportDeliveries)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportDeliveries>): StreamableFile {
    const { sort = NEWEST_FIRST, columns, ...asked } = query;
    const filter = this.#filter(caller, asked);
    return csvList('deliveries', DELIVERY_CSV, columns, (page) =>
      this.deliveries.list(caller.scope, filter, { sort, ...page }),
    );
  }

  #filter(caller: Caller, { q, within, from, ...asked }: Asked): DeliveryFilter {
    return {
      ...asked,
      operatorId: caller.operatorId,
      words: likeWords(q),
      from: startOf(within, from, this.now()),
    };
  }
}
