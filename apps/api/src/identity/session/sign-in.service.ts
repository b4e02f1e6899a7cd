import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { ProblemError, tooFast } from '../../core/http/problem-error.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { HashGate } from '../../core/session/hash-gate.ts';
import { KnownDevice } from '../../core/session/known-device.ts';
import { verifyPassword } from '../../core/session/password.ts';
import { type Credentials, SessionService } from '../../core/session/session.service.ts';
import { SignInPace } from '../../core/session/sign-in-pace.ts';
import { AuditRepository } from '../audit/index.ts';
import { type Entered, Entrance, type Origin } from './entrance.ts';

/** Signing in: rate-limited, with limited cost, and audited. */
@Injectable()
export class SignIn {
  constructor(
    private readonly sessions: SessionService,
    private readonly entrance: Entrance,
    private readonly pace: SignInPace,
    private readonly gate: HashGate,
    private readonly devices: KnownDevice,
    private readonly audit: AuditRepository,
    private readonly db: Database,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * Returns the person and the cookies to set. Throws `wrong-credentials`, or `too-many-requests` with when to try
   * again.
   */
  async signIn(email: string, password: string, origin: Origin): Promise<Entered> {
    const account = email.toLowerCase();
    const device = this.devices.of(origin.cookieHeader, account);
    const admission = await this.pace.begin({ account, address: origin.address, device }, this.now());
    if (!('succeeded' in admission)) throw tooFast(admission.waitMs);
    const known = await this.sessions.credentialsOf(email);
    const right = await this.gate.run(() => verifyPassword(password, known?.passwordHash ?? null), {
      first: device !== null,
    });
    if (!right || known === null) {
      // Not awaited: the duration of a refusal must not show that the account exists.
      void this.#recordRefusal(known, origin);
      throw new ProblemError('wrong-credentials');
    }
    await admission.succeeded();
    return this.entrance.enter({ accountId: known.accountId, email, name: known.name, methods: ['password'] }, origin);
  }

  /** In the trail of every operator where the account works. */
  async #recordRefusal(known: Credentials | null, { address, requestId }: Origin): Promise<void> {
    this.log.warn({ address, requestId, accountId: known?.accountId }, 'sign-in refused');
    if (known === null) return;
    try {
      for (const { userId, operatorId } of await this.sessions.membershipsOf(known.accountId))
        await this.db.prismaTx(wholeOperator(operatorId), (prisma) =>
          this.audit.record(
            prisma,
            { caller: { operatorId, userId, name: known.name }, requestId },
            { verb: 'sign-in-refused', subjectType: 'user', subjectId: userId, change: { address } },
          ),
        );
    } catch (error) {
      this.log.error({ err: error, requestId }, 'failed to record a refused sign-in');
    }
  }
}
