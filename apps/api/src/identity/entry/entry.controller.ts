import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { tooFast } from '../../core/http/problem-error.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { LinkPace } from '../../core/session/link-pace.ts';
import { PasswordRules } from '../../core/session/password-rules.ts';
import { answer } from '../session/index.ts';
import { FirstOperator } from './first-operator.ts';
import { Mailbox } from './mailbox.ts';
import { Setup } from './setup.service.ts';

@Controller()
export class EntryController {
  constructor(
    private readonly first: FirstOperator,
    private readonly setup: Setup,
    private readonly mailbox: Mailbox,
    private readonly outbox: MailOutbox,
    private readonly rules: PasswordRules,
    private readonly pace: LinkPace,
    private readonly addresses: ClientAddress,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.getEntry)
  async get() {
    return { setUp: await this.first.exists(), mail: this.outbox.mode };
  }

  @Implements(endpoints.setUp)
  async setUp(@Call() { body, request, requestId, response }: CallOf<typeof endpoints.setUp>) {
    const { cookie: cookieHeader, 'user-agent': userAgent = null } = request.headers;
    const origin = { address: this.addresses.of(request), userAgent, cookieHeader, requestId };
    return answer(response, await this.setup.setUp(body, origin));
  }

  @Implements(endpoints.estimatePassword)
  async estimate(@Call() { body, request }: CallOf<typeof endpoints.estimatePassword>) {
    const waitMs = await this.pace.estimate(this.addresses.of(request), this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    return this.rules.estimate(body.password, body.words);
  }

  @Implements(endpoints.listMailbox)
  list(@Call() { caller }: CallOf<typeof endpoints.listMailbox>) {
    return this.mailbox.list(caller);
  }
}
