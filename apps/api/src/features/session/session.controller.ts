import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { TryLimit } from '../../core/http/try-limit.ts';
import { SessionService, toUser } from '../../core/session/session.service.ts';

const TRIES_PER_MINUTE = 10;

@Controller()
export class SessionController {
  readonly #tries = new TryLimit(TRIES_PER_MINUTE, 60_000);

  constructor(
    private readonly sessions: SessionService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.signIn)
  async signIn(@Call() { body, request, response }: CallOf<typeof endpoints.signIn>) {
    const keys = [`address ${request.ip}`, `e-mail ${body.email}`];
    const waitMs = Math.max(...keys.map((key) => this.#tries.take(key, this.now())));
    if (waitMs > 0) {
      response.setHeader('retry-after', String(Math.ceil(waitMs / 1000)));
      throw new ProblemError('too-many-requests', { detail: `Try again in ${Math.ceil(waitMs / 1000)} seconds.` });
    }
    const { user, cookie } = await this.sessions.signIn(body.email, body.password);
    for (const key of keys) this.#tries.clear(key);
    response.setHeader('set-cookie', cookie);
    return user;
  }

  @Implements(endpoints.getSession)
  get(@Call() { caller }: CallOf<typeof endpoints.getSession>) {
    return toUser(caller);
  }

  @Implements(endpoints.signOut)
  async signOut(@Call() { caller, request, response }: CallOf<typeof endpoints.signOut>) {
    response.setHeader('set-cookie', await this.sessions.signOut(request.headers.cookie, caller.operatorId));
  }
}
