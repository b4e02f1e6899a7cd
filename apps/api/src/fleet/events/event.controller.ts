import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, likePattern, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { EventRepository } from './event.repository.ts';

@Controller()
export class EventController {
  constructor(private readonly events: EventRepository) {}

  @Implements(endpoints.listEvents)
  async list(@Call() { caller, query: { q, cursor, limit, ...filter } }: CallOf<typeof endpoints.listEvents>) {
    const { rows, total } = await this.events.list(caller.scope, {
      ...filter,
      search: likePattern(q),
      after: decodeCursor(cursor, ['instant', 'uuid']),
      limit: limit + 1,
    });
    return { ...page(rows, limit, (row) => [row.at, row.id]), total };
  }
}
