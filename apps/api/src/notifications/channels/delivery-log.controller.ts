import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { DeliveryLogService } from './delivery-log.service.ts';

/** The messages sent by a channel, and their replay. */
@Controller()
export class DeliveryLogController {
  constructor(private readonly service: DeliveryLogService) {}

  @Implements(endpoints.listDeliveries)
  async list(@Call() { caller, params, query: { cursor, limit, ...filter } }: CallOf<typeof endpoints.listDeliveries>) {
    const after = decodeCursor(cursor, ['instant', 'uuid']);
    const { rows, total } = await this.service.list(caller.scope, params.channelId, {
      ...filter,
      after,
      limit: limit + 1,
    });
    return { ...page(rows, limit, (row) => [row.createdAt, row.id]), total };
  }

  @Implements(endpoints.getDelivery)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getDelivery>) {
    return this.service.one(caller.scope, params.deliveryId);
  }

  @Implements(endpoints.testChannel)
  test(@Call() call: CallOf<typeof endpoints.testChannel>) {
    return this.service.test(call, call.params.channelId);
  }

  @Implements(endpoints.replayDelivery)
  replay(@Call() call: CallOf<typeof endpoints.replayDelivery>) {
    return this.service.replay(call, call.params.deliveryId);
  }

  @Implements(endpoints.replayDeliveries)
  replayRange(@Call() call: CallOf<typeof endpoints.replayDeliveries>) {
    return this.service.replayRange(call, call.params.channelId, call.body);
  }
}
