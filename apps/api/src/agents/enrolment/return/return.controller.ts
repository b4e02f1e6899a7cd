import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { StrangerPace } from '../stranger-pace.ts';
import { ReturnService } from './return.service.ts';

@Controller()
export class ReturnController {
  constructor(
    private readonly returns: ReturnService,
    private readonly pace: StrangerPace,
  ) {}

  @Implements(endpoints.challengeAgentReturn)
  async challenge(@Call() { request }: CallOf<typeof endpoints.challengeAgentReturn>) {
    await this.pace.take(request);
    return this.returns.challenge();
  }

  @Implements(endpoints.returnAgent)
  async comeBack(@Call() { body, request }: CallOf<typeof endpoints.returnAgent>) {
    return this.returns.comeBack(body, await this.pace.take(request));
  }

  @Implements(endpoints.listAgentReturns)
  list(@Call() { caller }: CallOf<typeof endpoints.listAgentReturns>) {
    return this.returns.list(caller.scope);
  }

  @Implements(endpoints.decideAgentReturn)
  decide(@Call() call: CallOf<typeof endpoints.decideAgentReturn>) {
    return this.returns.decide(call, call.params.agentId, call.body);
  }
}
