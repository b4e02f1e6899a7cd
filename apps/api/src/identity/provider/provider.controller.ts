import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { OperatorDeletionService } from './operator-deletion.service.ts';
import { ProviderService } from './provider.service.ts';

const TRAIL_SHOWN = 200;

@Controller()
export class ProviderController {
  constructor(
    private readonly provider: ProviderService,
    private readonly deletions: OperatorDeletionService,
  ) {}

  @Implements(endpoints.listProviderOperators)
  async list(@Call() { person }: CallOf<typeof endpoints.listProviderOperators>) {
    return { items: await this.provider.list(person) };
  }

  @Implements(endpoints.createOperator)
  create(@Call() { person, requestId, body }: CallOf<typeof endpoints.createOperator>) {
    return this.provider.create({ caller: person, requestId }, body);
  }

  @Implements(endpoints.inviteFirstOwner)
  invite(@Call() { person, requestId, params, body }: CallOf<typeof endpoints.inviteFirstOwner>) {
    return this.provider.inviteFirstOwner({ caller: person, requestId }, params.operatorId, body.ownerEmail);
  }

  @Implements(endpoints.setQuotas)
  setQuotas(@Call() { person, requestId, params, body }: CallOf<typeof endpoints.setQuotas>) {
    return this.provider.setQuotas({ caller: person, requestId }, params.operatorId, body);
  }

  @Implements(endpoints.suspendOperator)
  suspend(@Call() { person, requestId, params, body }: CallOf<typeof endpoints.suspendOperator>) {
    return this.provider.suspend({ caller: person, requestId }, params.operatorId, body.reason);
  }

  @Implements(endpoints.resumeOperator)
  resume(@Call() { person, requestId, params }: CallOf<typeof endpoints.resumeOperator>) {
    return this.provider.resume({ caller: person, requestId }, params.operatorId);
  }

  @Implements(endpoints.requestDeletionOfOperator)
  requestDeletion(@Call() { person, requestId, params, body }: CallOf<typeof endpoints.requestDeletionOfOperator>) {
    return this.deletions.request({ caller: person, requestId }, params.operatorId, body);
  }

  @Implements(endpoints.withdrawDeletionOfOperator)
  withdrawDeletion(@Call() { person, requestId, params }: CallOf<typeof endpoints.withdrawDeletionOfOperator>) {
    return this.deletions.withdraw({ caller: person, requestId }, params.operatorId);
  }

  @Implements(endpoints.getProviderTrail)
  trail(@Call() { person }: CallOf<typeof endpoints.getProviderTrail>) {
    return this.provider.trail(person, TRAIL_SHOWN);
  }
}
