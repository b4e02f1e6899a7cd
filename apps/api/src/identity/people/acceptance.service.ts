import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { tooFast } from '../../core/http/problem-error.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { HashGate } from '../../core/session/hash-gate.ts';
import { KnownDevice } from '../../core/session/known-device.ts';
import { LinkPace } from '../../core/session/link-pace.ts';
import { linkOver } from '../../core/session/link-tokens.ts';
import { hashPassword, verifyPassword } from '../../core/session/password.ts';
import { PasswordRules } from '../../core/session/password-rules.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { SignInPace } from '../../core/session/sign-in-pace.ts';
import { AuditRepository } from '../audit/index.ts';
import { type Entered, Entrance } from '../session/index.ts';
import { type FoundInvitation, InvitationRepository } from './invitation.repository.ts';

/** Where a request came from. */
export interface Visitor {
  address: string;
  userAgent: string | null;
  cookieHeader: string | undefined;
  /** Whether the request was made by the console's own code. */
  ownCode: boolean;
  requestId: string;
}

interface Joining {
  accountId: string;
  name: string;
}

/** Accepting an invitation: with a new account, or with the one that the address has. */
@Injectable()
export class Acceptance {
  constructor(
    private readonly db: Database,
    private readonly invitations: InvitationRepository,
    private readonly sessions: SessionService,
    private readonly entrance: Entrance,
    private readonly devices: KnownDevice,
    private readonly rules: PasswordRules,
    private readonly gate: HashGate,
    private readonly linkPace: LinkPace,
    private readonly signInPace: SignInPace,
    private readonly outbox: MailOutbox,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The invitation of a token that still works. */
  async read(token: string, address: string): Promise<FoundInvitation> {
    const waitMs = await this.linkPace.present(address, this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    return this.invitations.find(token, this.now());
  }

  /** Makes the account and signs it in. Of any number of requests with one token, one does. */
  async accept(
    { token, name, password }: { token: string; name: string; password: string },
    visitor: Visitor,
  ): Promise<Entered> {
    const invitation = await this.read(token, visitor.address);
    if (invitation.accountId !== null) throw accountThere();
    await this.rules.check(password, [name, invitation.email, invitation.operatorName], 'body.password');
    const passwordHash = await this.gate.run(() => hashPassword(password));
    const joining = { accountId: crypto.randomUUID(), name };
    const { email, operatorId } = invitation;
    await this.#join(invitation, token, joining, visitor, async (sql) => {
      const at = new Date(this.now());
      await sql
        .query('insert into account (id, email, name, created_at) values ($1, $2, $3, $4)', [
          joining.accountId,
          email,
          name,
          at,
        ])
        .catch((error: unknown) => {
          throw (error as { code?: string }).code === '23505' ? accountThere() : error;
        });
      await sql.query(
        'insert into account_credential (account_id, password_hash, password_changed_at) values ($1, $2, $3)',
        [joining.accountId, passwordHash, at],
      );
    });
    return this.entrance.enter({ ...joining, email, methods: ['password'], operatorId }, visitor);
  }

  /**
   * Adds the operator to the account of the address: signed in as it, or by its password, which is slowed down as signing in
   * is. It signs nobody in: a second factor is asked for where people sign in.
   */
  async join(
    { token, password }: { token: string; password?: string | undefined },
    visitor: Visitor,
  ): Promise<{ operatorId: string }> {
    const invitation = await this.read(token, visitor.address);
    const { accountId, email, operatorId } = invitation;
    if (accountId === null)
      throw new ProblemError('not-found', { detail: `${email} has no account yet: choose a name and a password.` });
    const signedIn = visitor.ownCode ? await this.sessions.callerOf(visitor.cookieHeader) : null;
    const joining =
      signedIn?.accountId === accountId
        ? { accountId, name: signedIn.name }
        : { accountId, name: await this.#proved(email, password, visitor) };
    await this.#join(invitation, token, joining, visitor, async () => undefined);
    return { operatorId };
  }

  /** The person's name, where the password is that of their account. */
  async #proved(email: string, password: string | undefined, { address, cookieHeader }: Visitor): Promise<string> {
    if (password === undefined) throw refused('body.password', 'the password of your account');
    const account = email.toLowerCase();
    const device = this.devices.of(cookieHeader, account);
    const admission = await this.signInPace.begin({ account, address, device }, this.now());
    if (!('succeeded' in admission)) throw tooFast(admission.waitMs);
    const known = await this.sessions.credentialsOf(email);
    const right = await this.gate.run(() => verifyPassword(password, known?.passwordHash ?? null));
    if (!right || known === null) throw refused('body.password', 'the password of your account');
    await admission.succeeded();
    return known.name;
  }

  /** Uses the token and makes the membership in one transaction. A member who was removed comes back with the new role. */
  #join(
    invitation: FoundInvitation,
    token: string,
    { accountId, name }: Joining,
    visitor: Visitor,
    before: (sql: Sql) => Promise<void>,
  ): Promise<string> {
    const { operatorId, operatorName: operator, role, email } = invitation;
    const limitedTo = invitation.limitedTo === null ? null : JSON.stringify(invitation.limitedTo);
    const at = new Date(this.now());
    return this.db.tx(wholeOperator(operatorId).as(accountId), async (sql) => {
      await this.invitations.use(sql, invitation.id, token, at);
      await before(sql);
      const { rows } = await sql.query<{ id: string; role: string }>(
        `insert into app_user as u (operator_id, account_id, role, created_at, limited_to) values ($1, $2, $3, $4, $5)
         on conflict (operator_id, account_id) do update set removed_at = null,
           role = case when u.removed_at is null then u.role else excluded.role end,
           limited_to = case when u.removed_at is null then u.limited_to else excluded.limited_to end
         returning u.id, u.role`,
        [operatorId, accountId, role, at, limitedTo],
      );
      const member = rows[0]!;
      await this.audit.write(
        sql,
        { caller: { operatorId, userId: member.id, name }, requestId: visitor.requestId },
        {
          verb: 'join',
          subjectType: 'user',
          subjectId: member.id,
          change: { name, email, role: member.role, invitedBy: invitation.invitedBy, address: visitor.address },
        },
      );
      await this.outbox.add(sql, { accountId }, email, { kind: 'joined', name, operator });
      return member.id;
    });
  }
}

const accountThere = (): ProblemError =>
  linkOver('This address has an account already. Open the invitation again and enter its password.');
