import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { domainOf } from '@loopstart/domain';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { SignOn } from './sign-on.service.ts';

@Controller()
export class SignOnController {
  constructor(
    private readonly signOn: SignOn,
    private readonly addresses: ClientAddress,
  ) {}

  @Implements(endpoints.findSignOn)
  async find(@Call() { body, request }: CallOf<typeof endpoints.findSignOn>) {
    return { items: await this.signOn.options(domainOf(body.email), this.addresses.of(request)) };
  }

  @Implements(endpoints.beginSignOn)
  async begin(@Call() { body, request, response }: CallOf<typeof endpoints.beginSignOn>) {
    const { connectionId, returnTo = null } = body;
    const { url, cookie } = await this.signOn.begin(connectionId, returnTo, this.addresses.of(request));
    response.setHeader('set-cookie', cookie);
    return { url };
  }

  @Implements(endpoints.linkSignOn)
  async link(@Call() { person, body, request, response }: CallOf<typeof endpoints.linkSignOn>) {
    const { url, cookie } = await this.signOn.beginLink(body.connectionId, person, this.addresses.of(request));
    response.setHeader('set-cookie', cookie);
    return { url };
  }
}
