import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { HeartbeatService } from './heartbeat.service.ts';

@Controller()
export class HeartbeatController {
  constructor(private readonly service: HeartbeatService) {}

  @Implements(endpoints.getHeartbeat)
  get(@Call() { caller }: CallOf<typeof endpoints.getHeartbeat>) {
    return this.service.get(caller.scope);
  }

  @Implements(endpoints.putHeartbeat)
  put(@Call() call: CallOf<typeof endpoints.putHeartbeat>) {
    return this.service.put(call, call.body);
  }
}
