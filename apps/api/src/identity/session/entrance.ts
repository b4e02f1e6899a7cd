import { Inject, Injectable } from '@nestjs/common';
import type { User } from '@loopstart/contracts';
import { type SecondStep, secondSteps, type SignInMethod, standingOf } from '@loopstart/domain';
import type { Request, Response } from 'express';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import type { ClientAddress } from '../../core/http/client-address.service.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { KnownDevice } from '../../core/session/known-device.ts';
import { type PendingSignIn, PendingSignIns } from '../../core/session/pending-sign-ins.ts';
import { type Membership, notOpen, SessionService, toUser } from '../../core/session/session.service.ts';
import { within } from '../../core/session/sign-in-policy.ts';
import { AuditRepository } from '../audit/index.ts';
import { SingleSignOnRule } from './single-sign-on-rule.ts';

/** The origin of a sign-in. */
export interface Origin {
  address: string;
  userAgent: string | null;
  cookieHeader: string | undefined;
  requestId: string;
}

export function originOf(request: Request, requestId: string, addresses: ClientAddress): Origin {
  const { cookie: cookieHeader, 'user-agent': userAgent = null } = request.headers;
  return { address: addresses.of(request), userAgent, cookieHeader, requestId };
}

/** Who has proved who they are. */
export interface Proved {
  accountId: string;
  email: string;
  /** Absent where an identity provider sends somebody: their address names them. */
  name?: string;
  /** By what, in order. */
  methods: SignInMethod[];
  /** Where they want to work; absent: where they worked last. */
  operatorId?: string;
}

/** What a proof led to, with the cookies to set: a session, or a sign-in that waits for its second step. */
export type Entered =
  | { next: 'console'; user: User; cookies: string[] }
  | { next: 'second-step'; steps: SecondStep[]; cookies: string[] };

/** Answers a call that signs in. Throws `second-factor-needed` where the second step is missing; its cookie is set as well. */
export function answer(response: Response, entered: Entered): User {
  response.setHeader('set-cookie', entered.cookies);
  if (entered.next === 'console') return entered.user;
  throw new ProblemError('second-factor-needed');
}

/**
 * The one way in: however a person proved who they are, it is decided here whether that is enough; their session is opened
 * here, and is on record.
 */
@Injectable()
export class Entrance {
  constructor(
    private readonly sessions: SessionService,
    private readonly pending: PendingSignIns,
    private readonly devices: KnownDevice,
    private readonly audit: AuditRepository,
    private readonly singleSignOn: SingleSignOnRule,
    private readonly db: Database,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Throws `not-allowed` where the account is no member there, `single-sign-on-required`, and `network-not-allowed`. */
  async enter({ accountId, email, name, methods, operatorId: wanted }: Proved, origin: Origin): Promise<Entered> {
    const membership = await this.#whereTo(accountId, wanted, methods);
    if (membership === undefined)
      throw new ProblemError('not-allowed', {
        detail: 'Your account belongs to no operator any more. Ask an owner to invite you again.',
      });
    const { userId, operatorId, operatorName, role } = membership;
    const { policy, factors } = await this.sessions.policyFor(operatorId, accountId);
    const facts = { role, methods, factors, isWithin: within(origin.address), lastUsedAt: this.now() };
    const standing = standingOf(policy, facts, this.now());
    if (standing === 'other-network') await this.#recordRefusal(membership, name ?? email, origin);
    if (standing === 'other-network' || standing === 'password-first') throw notOpen(standing, operatorName);
    const steps = standing === 'second-step' ? secondSteps(policy, factors) : [];
    if (steps.length > 0) {
      const cookie = await this.pending.begin({ accountId, leadsTo: wanted ?? null, methods });
      return { next: 'second-step', steps, cookies: [cookie] };
    }
    const { caller, cookie } = await this.sessions.open(
      { accountId, userId, operatorId },
      { methods, origin },
      (prisma, who, ended) =>
        this.audit.record(
          prisma,
          { caller: who, requestId: origin.requestId },
          {
            verb: 'sign-in',
            subjectType: 'user',
            subjectId: userId,
            change: { address: origin.address, ...(ended === 0 ? {} : { oldestSessionsEnded: ended }) },
          },
        ),
    );
    const account = email.toLowerCase();
    const isKnown = this.devices.of(origin.cookieHeader, account) !== null;
    return {
      next: 'console',
      user: toUser(caller),
      cookies: [cookie, ...(isKnown ? [] : [this.devices.remember(account)])],
    };
  }

  /** How a sign-in that waits can be finished: what is accepted where it leads. */
  async stepsOf({ accountId, leadsTo, methods }: PendingSignIn): Promise<SecondStep[]> {
    const membership = await this.#whereTo(accountId, leadsTo ?? undefined, methods);
    if (membership === undefined) return [];
    const { policy, factors } = await this.sessions.policyFor(membership.operatorId, accountId);
    return secondSteps(policy, factors);
  }

  async #whereTo(accountId: string, wanted: string | undefined, methods: readonly SignInMethod[]) {
    const memberships = await this.sessions.membershipsOf(accountId);
    const wished = memberships.filter(({ operatorId }) => wanted === undefined || operatorId === wanted);
    return this.singleSignOn.firstOf(wished, methods);
  }

  async #recordRefusal(
    { operatorId, userId }: Membership,
    name: string,
    { address, requestId }: Origin,
  ): Promise<void> {
    await this.db.prismaTx(wholeOperator(operatorId), (prisma) =>
      this.audit.record(
        prisma,
        { caller: { operatorId, userId, name }, requestId },
        { verb: 'network-refused', subjectType: 'user', subjectId: userId, change: { address } },
      ),
    );
  }
}
