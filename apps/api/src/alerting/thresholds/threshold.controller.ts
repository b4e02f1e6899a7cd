import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ThresholdService } from './threshold.service.ts';

@Controller()
export class ThresholdController {
  constructor(private readonly service: ThresholdService) {}

  @Implements(endpoints.listConditions)
  list(@Call() { caller }: CallOf<typeof endpoints.listConditions>) {
    return this.service.conditions(caller.scope);
  }

  @Implements(endpoints.getEffectiveThresholds)
  effective(@Call() { caller, query }: CallOf<typeof endpoints.getEffectiveThresholds>) {
    return this.service.effective(caller.scope, query);
  }

  @Implements(endpoints.setThreshold)
  set(@Call() call: CallOf<typeof endpoints.setThreshold>) {
    return this.service.set(call, call.body);
  }

  @Implements(endpoints.resetThreshold)
  reset(@Call() call: CallOf<typeof endpoints.resetThreshold>) {
    return this.service.reset(call, call.params.settingId);
  }
}
