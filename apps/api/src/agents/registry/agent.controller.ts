import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { AgentService } from './agent.service.ts';
import { TargetRepository } from './target.repository.ts';

@Controller()
export class AgentController {
  constructor(
    private readonly targets: TargetRepository,
    private readonly service: AgentService,
  ) {}

  @Implements(endpoints.getAgent)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getAgent>) {
    return this.service.one(caller.scope, params.agentId);
  }

  @Implements(endpoints.getAgentTargets)
  async getTargets(@Call() { caller, params }: CallOf<typeof endpoints.getAgentTargets>) {
    return found(await this.targets.of(caller.scope, params.agentId));
  }

  @Implements(endpoints.putAgentTargets)
  putTargets(@Call() call: CallOf<typeof endpoints.putAgentTargets>) {
    return this.service.putTargets(call, call.params.agentId, call.body);
  }

  @Implements(endpoints.revokeAgent)
  revoke(@Call() call: CallOf<typeof endpoints.revokeAgent>) {
    return this.service.revoke(call, call.params.agentId, call.body.confirm);
  }

  @Implements(endpoints.settleIdentityConflict)
  settle(@Call() call: CallOf<typeof endpoints.settleIdentityConflict>) {
    return this.service.settleIdentityConflict(call, call.params.agentId);
  }

  @Implements(endpoints.handOverGateways)
  handOver(@Call() call: CallOf<typeof endpoints.handOverGateways>) {
    return this.service.handOver(call, call.params.agentId, call.body);
  }
}
