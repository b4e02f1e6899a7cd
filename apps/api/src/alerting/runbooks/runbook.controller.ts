import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { RunbookService, view } from './runbook.service.ts';

@Controller()
export class RunbookController {
  constructor(private readonly service: RunbookService) {}

  @Implements(endpoints.startRunbook)
  start(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.startRunbook>) {
    return this.service.start({ caller, requestId }, params.gatewayId, params.position, body);
  }

  @Implements(endpoints.getRunbook)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getRunbook>) {
    return this.service.get(caller.scope, params.runId);
  }

  @Implements(endpoints.listRunbooks)
  async list(@Call() { caller, query: { cursor, limit, ...filter } }: CallOf<typeof endpoints.listRunbooks>) {
    const after = decodeCursor(cursor, ['instant', 'uuid']);
    const { rows, total } = await this.service.list(caller.scope, { ...filter, after, limit: limit + 1 });
    const cut = page(rows, limit, (row) => [row.startedAt.toISOString(), row.id]);
    return { ...cut, items: cut.items.map(view), total };
  }
}
