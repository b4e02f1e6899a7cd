import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { SessionService, toUser } from '../../core/session/session.service.ts';
import { AuditRepository } from '../audit/index.ts';
import { answer, originOf } from './entrance.ts';
import { PasswordChange } from './password-change.service.ts';
import { ProofService } from './proof.service.ts';
import { SecondStepService } from './second-step.service.ts';
import { SignIn } from './sign-in.service.ts';

@Controller()
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly entry: SignIn,
    private readonly second: SecondStepService,
    private readonly proofs: ProofService,
    private readonly passwords: PasswordChange,
    private readonly addresses: ClientAddress,
    private readonly audit: AuditRepository,
  ) {}

  @Implements(endpoints.signIn)
  async signIn(@Call() { body, request, requestId, response }: CallOf<typeof endpoints.signIn>) {
    return answer(
      response,
      await this.entry.signIn(body.email, body.password, originOf(request, requestId, this.addresses)),
    );
  }

  @Implements(endpoints.getSecondStep)
  async secondSteps(@Call() { request }: CallOf<typeof endpoints.getSecondStep>) {
    return { steps: await this.second.steps(request.headers.cookie) };
  }

  @Implements(endpoints.takeSecondStep)
  async secondStep(@Call() { body, request, requestId, response }: CallOf<typeof endpoints.takeSecondStep>) {
    return answer(response, await this.second.take(body, originOf(request, requestId, this.addresses)));
  }

  @Implements(endpoints.getSession)
  get(@Call() { person }: CallOf<typeof endpoints.getSession>) {
    return toUser(person);
  }

  @Implements(endpoints.changePassword)
  async changePassword(@Call() { person, body, request, requestId }: CallOf<typeof endpoints.changePassword>) {
    await this.passwords.change(person, body, {
      cookieHeader: request.headers.cookie,
      address: this.addresses.of(request),
      requestId,
    });
  }

  @Implements(endpoints.proveAgain)
  proveAgain(@Call() { person, body, request, requestId }: CallOf<typeof endpoints.proveAgain>) {
    return this.proofs.prove(person, body, { address: this.addresses.of(request), requestId });
  }

  @Implements(endpoints.signOut)
  async signOut(@Call() { person, request, requestId, response }: CallOf<typeof endpoints.signOut>) {
    const change = { address: this.addresses.of(request) };
    const cookie = await this.sessions.close(request.headers.cookie, person.scope, (prisma) =>
      this.audit.record(
        prisma,
        { caller: person, requestId },
        { verb: 'sign-out', subjectType: 'user', subjectId: person.userId, change },
      ),
    );
    response.setHeader('set-cookie', cookie);
  }
}
