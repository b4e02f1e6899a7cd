import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { TimelineService } from './timeline.service.ts';

@Controller()
export class TimelineController {
  constructor(private readonly service: TimelineService) {}

  @Implements(endpoints.listConfigTimeline)
  async list(@Call() { caller, params, query }: CallOf<typeof endpoints.listConfigTimeline>) {
    const { rows, total } = await this.service.list(caller.scope, params.gatewayId, {
      position: query.position,
      until: query.until ?? null,
      after: decodeCursor(query.cursor, ['instant', 'text']),
      limit: query.limit + 1,
    });
    const { items, nextCursor } = page(rows, query.limit, ({ id, item }) => [item.at, id]);
    return { items: items.map(({ item }) => item), nextCursor, total };
  }
}
