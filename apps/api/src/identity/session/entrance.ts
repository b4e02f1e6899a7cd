import { Injectable } from '@nestjs/common';
import type { User } from '@loopstart/contracts';
import type { SignInMethod } from '@loopstart/domain';
import { ProblemError } from '../../core/http/problem-error.ts';
import { KnownDevice } from '../../core/session/known-device.ts';
import { SessionService, toUser } from '../../core/session/session.service.ts';
import { AuditRepository } from '../audit/index.ts';

/** The origin of a sign-in. */
export interface Origin {
  address: string;
  userAgent: string | null;
  cookieHeader: string | undefined;
  requestId: string;
}

/** Who has proved who they are. */
export interface Proved {
  accountId: string;
  email: string;
  /** By what, in order. */
  methods: SignInMethod[];
  /** Where they want to work; absent: where they worked last. */
  operatorId?: string;
}

/** A session, with the cookies that open it. */
export interface Entered {
  user: User;
  cookies: string[];
}

/** The one way in: however a person proved who they are, their session is opened here, and is on record. */
@Injectable()
export class Entrance {
  constructor(
    private readonly sessions: SessionService,
    private readonly devices: KnownDevice,
    private readonly audit: AuditRepository,
  ) {}

  /** Throws `not-allowed` where the account is no member there. */
  async enter({ accountId, email, methods, operatorId: wanted }: Proved, origin: Origin): Promise<Entered> {
    const memberships = await this.sessions.membershipsOf(accountId);
    const membership = memberships.find(({ operatorId }) => wanted === undefined || operatorId === wanted);
    if (membership === undefined)
      throw new ProblemError('not-allowed', {
        detail: 'Your account belongs to no operator any more. Ask an owner to invite you again.',
      });
    const { userId, operatorId } = membership;
    const { caller, cookie } = await this.sessions.open(
      { accountId, userId, operatorId },
      { methods, origin },
      (prisma, who) =>
        this.audit.record(
          prisma,
          { caller: who, requestId: origin.requestId },
          { verb: 'sign-in', subjectType: 'user', subjectId: userId, change: { address: origin.address } },
        ),
    );
    const account = email.toLowerCase();
    const isKnown = this.devices.of(origin.cookieHeader, account) !== null;
    return { user: toUser(caller), cookies: [cookie, ...(isKnown ? [] : [this.devices.remember(account)])] };
  }
}
