import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { ClientAddress } from '../../../core/http/client-address.service.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { OwnPasskeys } from './own-passkeys.service.ts';

@Controller()
export class PasskeyController {
  constructor(
    private readonly passkeys: OwnPasskeys,
    private readonly addresses: ClientAddress,
  ) {}

  @Implements(endpoints.beginPasskey)
  begin(@Call() { person }: CallOf<typeof endpoints.beginPasskey>) {
    return this.passkeys.begin(person);
  }

  @Implements(endpoints.addPasskey)
  add(@Call() { person, body, request, requestId }: CallOf<typeof endpoints.addPasskey>) {
    const from = { address: this.addresses.of(request), requestId };
    return this.passkeys.add(person, body.name, body.credential, from);
  }
}
