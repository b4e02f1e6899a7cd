import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { TokenService } from './token.service.ts';

/** API tokens and OAuth clients. */
@Controller()
export class TokenController {
  constructor(private readonly tokens: TokenService) {}

  @Implements(endpoints.listTokens)
  async list(@Call() { caller }: CallOf<typeof endpoints.listTokens>) {
    return { items: await this.tokens.list(caller) };
  }

  @Implements(endpoints.createToken)
  create(@Call() { person, body, requestId }: CallOf<typeof endpoints.createToken>) {
    return this.tokens.create({ caller: person, requestId }, body);
  }

  @Implements(endpoints.takeOverToken)
  takeOver(@Call() { person, params, requestId }: CallOf<typeof endpoints.takeOverToken>) {
    return this.tokens.takeOver({ caller: person, requestId }, params.tokenId);
  }

  @Implements(endpoints.revokeToken)
  revoke(@Call() { person, params, requestId }: CallOf<typeof endpoints.revokeToken>) {
    return this.tokens.revoke({ caller: person, requestId }, params.tokenId);
  }
}
