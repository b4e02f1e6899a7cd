import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { likeWords } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { GATEWAY_CSV } from './gateway-csv.ts';
import { GatewayListRepository } from './gateway-list.repository.ts';

/** The gateways of the whole fleet. */
@Controller()
export class GatewayListController {
  constructor(
    private readonly gateways: GatewayListRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listGateways)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listGateways>) {
    const { q, sort = 'name', cursor, limit, ...filter } = query;
    const page = { sort, cursor, limit };
    return this.gateways.list(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, page);
  }

  @Implements(endpoints.getGatewayFacet)
  facet(@Call() { caller, query: { q, facet, ...filter } }: CallOf<typeof endpoints.getGatewayFacet>) {
    return this.gateways.facet(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportGateways)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportGateways>): StreamableFile {
    const { q, sort = 'name', columns, ...filter } = query;
    const [now, asked] = [new Date(this.now()), { ...filter, words: likeWords(q) }];
    return csvList('gateways', GATEWAY_CSV, columns, (page) =>
      this.gateways.list(caller.scope, now, asked, { sort, ...page }),
    );
  }
}
