import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { decodeCursor, likePattern, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { AgentRepository } from './agent.repository.ts';
import { AgentService } from './agent.service.ts';
import { TargetRepository } from './target.repository.ts';

@Controller()
export class AgentController {
  constructor(
    private readonly agents: AgentRepository,
    private readonly targets: TargetRepository,
    private readonly service: AgentService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listAgents)
  async list(@Call() { caller, query: { q, cursor, limit, ...filter } }: CallOf<typeof endpoints.listAgents>) {
    const { rows, total } = await this.agents.list(caller.scope, new Date(this.now()), {
      ...filter,
      search: likePattern(q),
      after: decodeCursor(cursor, ['text', 'uuid']),
      limit: limit + 1,
    });
    return { ...page(rows, limit, (row) => [row.hostname, row.id]), total };
  }

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
    return this.service.revoke(call, call.params.agentId);
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
