import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { EmailChange } from './email-change.service.ts';
import { OwnSessions } from './own-sessions.service.ts';
import { PasswordReset } from './password-reset.service.ts';
import { Profile } from './profile.service.ts';

@Controller()
export class AccountController {
  constructor(
    private readonly profile: Profile,
    private readonly resets: PasswordReset,
    private readonly emails: EmailChange,
    private readonly sessions: OwnSessions,
    private readonly addresses: ClientAddress,
  ) {}

  @Implements(endpoints.updateProfile)
  update(@Call() { person: caller, body, requestId }: CallOf<typeof endpoints.updateProfile>) {
    return this.profile.update(caller, body, requestId);
  }

  @Implements(endpoints.listOwnOperators)
  async operators(@Call() { person: caller }: CallOf<typeof endpoints.listOwnOperators>) {
    return { items: await this.profile.operators(caller) };
  }

  @Implements(endpoints.switchOperator)
  async switch(
    @Call() { person: caller, body, request, requestId, response }: CallOf<typeof endpoints.switchOperator>,
  ) {
    const { user, cookie } = await this.profile.switchTo(caller, body.operatorId, {
      origin: { address: this.addresses.of(request), userAgent: request.headers['user-agent'] ?? null },
      cookieHeader: request.headers.cookie,
      requestId,
    });
    if (cookie !== null) response.setHeader('set-cookie', cookie);
    return user;
  }

  @Implements(endpoints.changeEmail)
  async changeEmail(@Call() { person: caller, body, request, requestId }: CallOf<typeof endpoints.changeEmail>) {
    await this.emails.ask(caller, body, { address: this.addresses.of(request), requestId });
  }

  @Implements(endpoints.confirmEmail)
  confirmEmail(@Call() { body, request, requestId }: CallOf<typeof endpoints.confirmEmail>) {
    return this.emails.confirm(body.token, { address: this.addresses.of(request), requestId });
  }

  @Implements(endpoints.listOwnSessions)
  async ownSessions(@Call() { person: caller }: CallOf<typeof endpoints.listOwnSessions>) {
    return { items: await this.sessions.list(caller) };
  }

  @Implements(endpoints.endOwnSession)
  async endSession(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.endOwnSession>) {
    await this.sessions.end(caller, params.sessionId, requestId);
  }

  @Implements(endpoints.endOtherSessions)
  async endOthers(@Call() { person: caller, requestId }: CallOf<typeof endpoints.endOtherSessions>) {
    return { ended: await this.sessions.endOthers(caller, requestId) };
  }

  @Implements(endpoints.askReset)
  async askReset(@Call() { body, request, requestId }: CallOf<typeof endpoints.askReset>) {
    await this.resets.ask(body.email, { address: this.addresses.of(request), requestId });
  }

  @Implements(endpoints.readReset)
  readReset(@Call() { body, request }: CallOf<typeof endpoints.readReset>) {
    return this.resets.read(body.token, this.addresses.of(request));
  }

  @Implements(endpoints.useReset)
  async useReset(@Call() { body, request, requestId }: CallOf<typeof endpoints.useReset>) {
    await this.resets.use(body.token, body.newPassword, { address: this.addresses.of(request), requestId });
  }
}
