import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { SignInPolicyService } from './sign-in-policy.service.ts';

@Controller()
export class SignInPolicyController {
  constructor(
    private readonly policies: SignInPolicyService,
    private readonly addresses: ClientAddress,
  ) {}

  @Implements(endpoints.getSignInPolicy)
  get(@Call() { caller }: CallOf<typeof endpoints.getSignInPolicy>) {
    return this.policies.get(caller);
  }

  @Implements(endpoints.putSignInPolicy)
  put(@Call() { person: caller, body, request, requestId }: CallOf<typeof endpoints.putSignInPolicy>) {
    return this.policies.set({ caller, requestId }, body, this.addresses.of(request));
  }
}
