import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { OwnFactorsService } from './own-factors.service.ts';

@Controller()
export class FactorController {
  constructor(
    private readonly factors: OwnFactorsService,
    private readonly addresses: ClientAddress,
  ) {}

  @Implements(endpoints.listOwnFactors)
  list(@Call() { person }: CallOf<typeof endpoints.listOwnFactors>) {
    return this.factors.list(person);
  }

  @Implements(endpoints.beginTotp)
  begin(@Call() { person, body }: CallOf<typeof endpoints.beginTotp>) {
    return this.factors.begin(person, body.name);
  }

  @Implements(endpoints.confirmTotp)
  confirm(@Call() { person, params, body, request, requestId }: CallOf<typeof endpoints.confirmTotp>) {
    return this.factors.confirm(person, params.factorId, body.code, { address: this.addresses.of(request), requestId });
  }

  @Implements(endpoints.renameOwnFactor)
  rename(@Call() { person, params, body, requestId }: CallOf<typeof endpoints.renameOwnFactor>) {
    return this.factors.rename(person, params.factorId, body.name, { requestId });
  }

  @Implements(endpoints.removeOwnFactor)
  remove(@Call() { person, params, request, requestId }: CallOf<typeof endpoints.removeOwnFactor>) {
    return this.factors.remove(person, params.factorId, { address: this.addresses.of(request), requestId });
  }

  @Implements(endpoints.renewRecoveryCodes)
  renew(@Call() { person, request, requestId }: CallOf<typeof endpoints.renewRecoveryCodes>) {
    return this.factors.renewCodes(person, { address: this.addresses.of(request), requestId });
  }
}
