import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { PolicyService } from './policy.service.ts';

@Controller()
export class PolicyController {
  constructor(private readonly service: PolicyService) {}

  @Implements(endpoints.listPolicies)
  list(@Call() { caller }: CallOf<typeof endpoints.listPolicies>) {
    return this.service.all(caller.scope);
  }

  @Implements(endpoints.getPolicy)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getPolicy>) {
    return this.service.one(caller.scope, params.policyId);
  }

  @Implements(endpoints.createPolicy)
  create(@Call() call: CallOf<typeof endpoints.createPolicy>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.updatePolicy)
  update(@Call() call: CallOf<typeof endpoints.updatePolicy>) {
    return this.service.update(call, call.params.policyId, call.body);
  }

  @Implements(endpoints.orderPolicies)
  order(@Call() call: CallOf<typeof endpoints.orderPolicies>) {
    return this.service.order(call, call.body.ids);
  }

  @Implements(endpoints.listPublishedPolicies)
  published(@Call() { caller }: CallOf<typeof endpoints.listPublishedPolicies>) {
    return this.service.published(caller.scope);
  }

  @Implements(endpoints.copyPublishedPolicy)
  copy(@Call() call: CallOf<typeof endpoints.copyPublishedPolicy>) {
    return this.service.copy(call, call.params.publicationId, call.body.name);
  }

  @Implements(endpoints.deletePolicy)
  remove(@Call() call: CallOf<typeof endpoints.deletePolicy>) {
    return this.service.remove(call, call.params.policyId);
  }
}
