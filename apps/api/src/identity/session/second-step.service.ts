import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { endpoints } from '@loopstart/contracts';
import type { SecondStep } from '@loopstart/domain';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { KnownDevice } from '../../core/session/known-device.ts';
import { type PendingSignIn, PendingSignIns } from '../../core/session/pending-sign-ins.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { AuditRepository } from '../audit/index.ts';
import { Factors, PasskeyProof } from '../factors/index.ts';
import { type Entered, Entrance, type Origin } from './entrance.ts';

type Shown = z.output<typeof endpoints.takeSecondStep.body>;

/** The second step of signing in, after a right password. */
@Injectable()
export class SecondStepService {
  constructor(
    private readonly db: Database,
    private readonly sessions: SessionService,
    private readonly pending: PendingSignIns,
    private readonly factors: Factors,
    private readonly passkeys: PasskeyProof,
    private readonly devices: KnownDevice,
    private readonly entrance: Entrance,
    private readonly audit: AuditRepository,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** How the sign-in of this cookie can be finished; empty where there is none. */
  async steps(cookieHeader: string | undefined): Promise<SecondStep[]> {
    const one = await this.pending.find(cookieHeader);
    return one === null ? [] : this.entrance.stepsOf(one);
  }

  /** Opens the session. Throws `sign-in-over`, `invalid-input` at the code, or `too-many-requests`. */
  async take(shown: Shown, origin: Origin): Promise<Entered> {
    const one = await this.#begun(origin.cookieHeader);
    const { accountId, email, name, leadsTo } = one;
    try {
      await this.#judge(one, shown, origin);
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'invalid-input') await this.#recordRefusal(one, origin);
      throw error;
    }
    const cleared = await this.pending.finish(one, origin.cookieHeader);
    const methods = [...one.methods, shown.step];
    const entered = await this.entrance.enter(
      { accountId, email, name, methods, ...(leadsTo !== null && { operatorId: leadsTo }) },
      origin,
    );
    return { ...entered, cookies: [...entered.cookies, cleared] };
  }

  /** What the browser asks for a passkey with. Throws `sign-in-over`. */
  async passkeyOptions(origin: Origin) {
    return this.passkeys.begin(stepOf(await this.#begun(origin.cookieHeader)), origin);
  }

  async #begun(cookieHeader: string | undefined): Promise<PendingSignIn> {
    const one = await this.pending.find(cookieHeader);
    if (one === null) throw new ProblemError('sign-in-over');
    return one;
  }

  async #judge(one: PendingSignIn, shown: Shown, origin: Origin): Promise<void> {
    const { accountId, email } = one;
    if (shown.step === 'passkey') await this.passkeys.prove(stepOf(one), shown.credential, origin);
    else {
      const device = this.devices.of(origin.cookieHeader, email.toLowerCase());
      await this.factors.prove({ ...shown, accountId, device, address: origin.address });
    }
  }

  /** In the trail of every operator where the account works: somebody has the password. */
  async #recordRefusal({ accountId, name }: PendingSignIn, { address, requestId }: Origin): Promise<void> {
    this.log.warn({ address, requestId, accountId }, 'second step of a sign-in refused');
    for (const { userId, operatorId } of await this.sessions.membershipsOf(accountId))
      await this.db.prismaTx(wholeOperator(operatorId), (prisma) =>
        this.audit.record(
          prisma,
          { caller: { operatorId, userId, name }, requestId },
          { verb: 'second-step-refused', subjectType: 'user', subjectId: userId, change: { address } },
        ),
      );
  }
}

const stepOf = ({ accountId, key }: PendingSignIn) => ({ purpose: 'second-step', accountId, key }) as const;
