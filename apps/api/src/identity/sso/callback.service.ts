import { Inject, Injectable } from '@nestjs/common';
import type { SignInMethod } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { AuditRepository } from '../audit/index.ts';
import { Entrance, type Origin } from '../session/index.ts';
import { ConnectionRepository, type ConnectionRow } from './connection.repository.ts';
import { ConnectionService } from './connection.service.ts';
import { redirectUriOf } from './connection-view.ts';
import { hashOfLogin, isStateOf, proofOf } from './login-secret.ts';
import { LoginRepository, type PendingLogin } from './login.repository.ts';
import { OidcError } from './oidc-error.ts';
import { CLOCK_TOLERANCE_S, OidcClient, type ProvidedPerson } from './oidc-client.ts';
import { Reception } from './reception.service.ts';
import { Refusal, REFUSAL_OF } from './refusal.ts';
import { LOGIN_COOKIE, SignOn } from './sign-on.service.ts';

/** Where a browser is sent, with which cookies. */
export interface Arrival {
  path: string;
  cookies: string[];
}

/** A browser comes back from a provider. */
@Injectable()
export class Callback {
  constructor(
    private readonly db: Database,
    private readonly connections: ConnectionRepository,
    private readonly settings: ConnectionService,
    private readonly signOn: SignOn,
    private readonly logins: LoginRepository,
    private readonly provider: OidcClient,
    private readonly reception: Reception,
    private readonly sessions: SessionService,
    private readonly entrance: Entrance,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Opens a session or links the person; else leads to a page with the reason. A refusal leaves no session behind. */
  async arrive(connectionId: string, search: string, origin: Origin): Promise<Arrival> {
    const arrival: Arrival = { path: '/sign-in', cookies: [] };
    try {
      const { operatorId, login, secret } = await this.#take(connectionId, search, origin.cookieHeader);
      arrival.cookies.push(this.signOn.cookies.set(LOGIN_COOKIE, '', 0));
      if (login.linkUserId !== null) arrival.path = '/settings/profile';
      const entered = await this.#recorded({ operatorId, connectionId }, origin, async () => {
        const connection = await this.#connection(operatorId, connectionId);
        const person = await this.#person(connection, search, secret);
        await this.#beFresh(operatorId, person);
        return login.linkUserId === null
          ? this.#enter(connection, person, origin)
          : this.#link(connection, person, login.linkUserId, origin);
      });
      arrival.cookies.push(...entered);
      return { ...arrival, path: login.linkUserId === null ? (login.returnTo ?? '/') : `${arrival.path}?sso=linked` };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...arrival, path: `${arrival.path}?sso=${error.reason}` };
    }
  }

  /** The sign-in of this browser, which is over from here on. What does not have its state ends nothing. */
  async #take(
    connectionId: string,
    search: string,
    cookieHeader: string | undefined,
  ): Promise<{ operatorId: string; login: PendingLogin; secret: string }> {
    const secret = this.signOn.cookies.read(cookieHeader, LOGIN_COOKIE);
    const owner = await this.connections.operatorOf(connectionId);
    if (secret === null || owner === null) throw new Refusal('login-unknown');
    if (!isStateOf(secret, new URLSearchParams(search).get('state'))) throw new Refusal('state-mismatch');
    const { operatorId } = owner;
    const login = await this.logins.take(operatorId, connectionId, hashOfLogin(secret), this.now());
    if (typeof login === 'string') throw new Refusal(login);
    return { operatorId, login, secret };
  }

  async #connection(operatorId: string, connectionId: string): Promise<ConnectionRow> {
    try {
      return await this.signOn.active(operatorId, connectionId);
    } catch (cause) {
      throw isProblem(cause, 'not-found') ? new Refusal('connection-off', { cause }) : cause;
    }
  }

  async #person(connection: ConnectionRow, search: string, secret: string): Promise<ProvidedPerson> {
    const callback = new URL(redirectUriOf(connection.id, this.config));
    callback.search = search;
    try {
      const access = await this.settings.accessOf(connection);
      return await this.provider.personOf(access, callback, {
        proof: proofOf(secret),
        groupsClaim: connection.groupsClaim,
      });
    } catch (cause) {
      throw cause instanceof OidcError ? new Refusal(REFUSAL_OF[cause.failure], { cause }) : cause;
    }
  }

  /**
   * No session goes back to a proof at the provider that is older than a session of the operator may be. The provider was asked
   * not to send such a person; one that does not say when it saw them is taken to have asked now (ASVS 5.0, 7.6.1).
   */
  async #beFresh(operatorId: string, { authenticatedAt }: ProvidedPerson): Promise<void> {
    if (authenticatedAt === null) return;
    const { sessionHours } = await this.sessions.policyOf(operatorId);
    if (this.now() - authenticatedAt > sessionHours * 3_600_000 + CLOCK_TOLERANCE_S * 1000)
      throw new Refusal('provider-sign-in-old');
  }

  async #enter(connection: ConnectionRow, person: ProvidedPerson, origin: Origin): Promise<string[]> {
    const { accountId, email, userId } = await this.reception.receive(connection, person, origin.requestId);
    try {
      const { operatorId } = connection;
      const methods: SignInMethod[] = person.severalFactors ? ['sso', 'sso-two-factor'] : ['sso'];
      const { cookies } = await this.entrance.enter({ accountId, email, methods, operatorId }, origin);
      return cookies;
    } catch (cause) {
      throw isProblem(cause, 'not-allowed') ? new Refusal('role-gone', { userId, cause }) : cause;
    }
  }

  /** Who began it must be who is signed in still: the provider's word alone gives nobody's membership away. */
  async #link(
    connection: ConnectionRow,
    person: ProvidedPerson,
    userId: string,
    { cookieHeader, requestId }: Origin,
  ): Promise<string[]> {
    const caller = await this.sessions.callerOf(cookieHeader);
    if (caller?.userId !== userId) throw new Refusal('link-other-person');
    await this.reception.link(connection, person, userId, requestId);
    return [];
  }

  /** Runs the work; a refusal is on record before it is passed on. */
  async #recorded<T>(
    { operatorId, connectionId }: { operatorId: string; connectionId: string },
    { address, requestId }: Origin,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { reason, userId, cause } = error;
      this.log.warn({ requestId, connectionId, reason, cause: causeOf(cause) }, 'sign-in by single sign-on refused');
      const by = { caller: { operatorId, userId, name: 'Single sign-on' }, requestId };
      await this.db.tx(wholeOperator(operatorId), (sql) =>
        userId === null
          ? this.audit.write(sql, by, {
              verb: 'refuse',
              subjectType: 'sso-connection',
              subjectId: connectionId,
              change: { reason, address },
            })
          : this.audit.write(sql, by, {
              verb: 'sign-in-refused',
              subjectType: 'user',
              subjectId: userId,
              change: { reason, address, connectionId },
            }),
      );
      throw error;
    }
  }
}

const isProblem = (error: unknown, code: string): boolean => error instanceof ProblemError && error.code === code;

/** Sentences alone: what the library keeps beside them may have a code or a token. */
const causeOf = (cause: unknown): string | null => (cause instanceof Error ? cause.message : null);
