import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import type { Request } from 'express';
import { CSRF_HEADER } from '../../core/http/auth.guard.ts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { answer } from '../session/index.ts';
import { Acceptance, type Visitor } from './acceptance.service.ts';

@Controller()
export class InvitationLinkController {
  constructor(
    private readonly acceptance: Acceptance,
    private readonly addresses: ClientAddress,
  ) {}

  @Implements(endpoints.readInvitation)
  async read(@Call() { body, request }: CallOf<typeof endpoints.readInvitation>) {
    const found = await this.acceptance.read(body.token, this.addresses.of(request));
    return {
      operator: found.operatorName,
      email: found.email,
      role: found.roleTitle,
      invitedBy: found.invitedBy,
      expiresAt: found.expiresAt.toISOString(),
      account: found.accountId === null ? 'new' : 'known',
    };
  }

  @Implements(endpoints.acceptInvitation)
  async accept(@Call() { body, request, requestId, response }: CallOf<typeof endpoints.acceptInvitation>) {
    return answer(response, await this.acceptance.accept(body, this.#visitor(request, requestId)));
  }

  @Implements(endpoints.joinByInvitation)
  join(@Call() { body, request, requestId }: CallOf<typeof endpoints.joinByInvitation>) {
    return this.acceptance.join(body, this.#visitor(request, requestId));
  }

  #visitor(request: Request, requestId: string): Visitor {
    return {
      address: this.addresses.of(request),
      userAgent: request.headers['user-agent'] ?? null,
      cookieHeader: request.headers.cookie,
      ownCode: request.headers[CSRF_HEADER] === '1',
      requestId,
    };
  }
}
