import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { DeliveryLogService } from './delivery-log.service.ts';

/** One delivery, test messages, and replay. */
@Controller()
export class DeliveryLogController {
  constructor(private readonly service: DeliveryLogService) {}

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
