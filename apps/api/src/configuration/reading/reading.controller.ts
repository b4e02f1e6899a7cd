import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ReadService } from './read.service.ts';

@Controller()
export class ReadingController {
  constructor(private readonly service: ReadService) {}

  @Implements(endpoints.listConfigReads)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listConfigReads>) {
    const { rows, total } = await this.service.list(caller.scope, {
      states: query.state ?? null,
      gatewayId: query.gatewayId ?? null,
      after: decodeCursor(query.cursor, ['instant', 'uuid']),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, ({ issuedAt, id }) => [issuedAt, id]), total };
  }

  @Implements(endpoints.readGatewayConfig)
  read(@Call() call: CallOf<typeof endpoints.readGatewayConfig>) {
    return this.service.ask(call, call.params.gatewayId);
  }
}
