import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { answer, originOf } from './entrance.ts';
import { PasskeySignIn } from './passkey-sign-in.service.ts';
import { ProofService } from './proof.service.ts';
import { SecondStepService } from './second-step.service.ts';

/** What browsers ask for passkeys with, and signing in by one alone. */
@Controller()
export class PasskeySessionController {
  constructor(
    private readonly alone: PasskeySignIn,
    private readonly second: SecondStepService,
    private readonly proofs: ProofService,
    private readonly addresses: ClientAddress,
  ) {}

  @Implements(endpoints.beginPasskeySignIn)
  async begin(@Call() { request, requestId, response }: CallOf<typeof endpoints.beginPasskeySignIn>) {
    const { options, cookie } = await this.alone.begin(originOf(request, requestId, this.addresses));
    response.setHeader('set-cookie', cookie);
    return options;
  }

  @Implements(endpoints.signInByPasskey)
  async signIn(@Call() { body, request, requestId, response }: CallOf<typeof endpoints.signInByPasskey>) {
    return answer(response, await this.alone.signIn(body.credential, originOf(request, requestId, this.addresses)));
  }

  @Implements(endpoints.beginPasskeyStep)
  step(@Call() { request, requestId }: CallOf<typeof endpoints.beginPasskeyStep>) {
    return this.second.passkeyOptions(originOf(request, requestId, this.addresses));
  }

  @Implements(endpoints.beginPasskeyProof)
  proof(@Call() { person, request }: CallOf<typeof endpoints.beginPasskeyProof>) {
    return this.proofs.passkeyOptions(person, { address: this.addresses.of(request) });
  }
}
