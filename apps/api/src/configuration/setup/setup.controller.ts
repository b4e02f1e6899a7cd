import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { SetupService } from './setup.service.ts';

@Controller()
export class SetupController {
  constructor(private readonly service: SetupService) {}

  @Implements(endpoints.getConfigPolicy)
  policy(@Call() { caller }: CallOf<typeof endpoints.getConfigPolicy>) {
    return this.service.policy(caller.scope);
  }

  @Implements(endpoints.setConfigPolicy)
  setPolicy(@Call() call: CallOf<typeof endpoints.setConfigPolicy>) {
    return this.service.setPolicy(call, call.body.needsOtherPerson);
  }

  @Implements(endpoints.getConfigAccess)
  access(@Call() { caller, params }: CallOf<typeof endpoints.getConfigAccess>) {
    return this.service.access(caller.scope, params.gatewayId);
  }

  @Implements(endpoints.setConfigAccess)
  setAccess(@Call() call: CallOf<typeof endpoints.setConfigAccess>) {
    return this.service.setAccess(call, call.params.gatewayId, call.body.access);
  }
}
