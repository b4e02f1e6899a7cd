import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { Provisioning } from './provisioning.service.ts';

@Controller()
export class ProvisioningController {
  constructor(private readonly provisioning: Provisioning) {}

  @Implements(endpoints.getProvisioning)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getProvisioning>) {
    return this.provisioning.get(caller, params.connectionId);
  }

  @Implements(endpoints.createProvisioningToken)
  create(@Call() { person, params, body, requestId }: CallOf<typeof endpoints.createProvisioningToken>) {
    return this.provisioning.createToken({ caller: person, requestId }, params.connectionId, body);
  }

  @Implements(endpoints.revokeProvisioningToken)
  revoke(@Call() { person, params, requestId }: CallOf<typeof endpoints.revokeProvisioningToken>) {
    return this.provisioning.revokeToken({ caller: person, requestId }, params.connectionId, params.tokenId);
  }
}
