import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { tooFast } from '../../core/http/problem-error.ts';
import { HashGate } from '../../core/session/hash-gate.ts';
import { LinkPace } from '../../core/session/link-pace.ts';
import { hashPassword } from '../../core/session/password.ts';
import { PasswordRules } from '../../core/session/password-rules.ts';
import { type Entered, Entrance, type Origin } from '../session/index.ts';
import { FirstOperator } from './first-operator.ts';
import { SetupCode } from './setup-code.ts';

/** An empty system gets its first operator and owner, by whoever has the set-up code. */
@Injectable()
export class Setup {
  constructor(
    private readonly first: FirstOperator,
    private readonly code: SetupCode,
    private readonly rules: PasswordRules,
    private readonly gate: HashGate,
    private readonly pace: LinkPace,
    private readonly entrance: Entrance,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Of any number of requests at once, one sets the system up and is signed in. */
  async setUp(
    input: { code: string; operator: string; name: string; email: string; password: string },
    from: Origin,
  ): Promise<Entered> {
    const { operator, name, email, password } = input;
    const { address, requestId } = from;
    const waitMs = await this.pace.present(address, this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    if (await this.first.exists()) throw new ProblemError('set-up-already');
    if (!this.code.matches(input.code))
      throw refused('body.code', 'the set-up code that the API printed when it started');
    await this.rules.check(password, [operator, name, email], 'body.password');
    const passwordHash = await this.gate.run(() => hashPassword(password));
    const made = await this.first.create({ operator, name, email, passwordHash }, { requestId, address });
    if (made === null) throw new ProblemError('set-up-already');
    this.code.forget();
    const { accountId, operatorId } = made;
    return this.entrance.enter({ accountId, email, name, methods: ['password'], operatorId }, from);
  }
}
