import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import type { Person } from '../../core/http/implements.ts';
import { found, ProblemError, tooFast } from '../../core/http/problem-error.ts';
import { Cookies } from '../../core/session/cookies.ts';
import { LinkPace } from '../../core/session/link-pace.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { ConnectionRepository, type ConnectionRow } from './connection.repository.ts';
import { ConnectionService } from './connection.service.ts';
import { redirectUriOf } from './connection-view.ts';
import { hashOfLogin, newLoginSecret, proofOf } from './login-secret.ts';
import { LOGIN_MS, LoginRepository } from './login.repository.ts';
import { OidcError } from './oidc-error.ts';
import { OidcClient } from './oidc-client.ts';

export const LOGIN_COOKIE = 'loopstart_sign_on';

/** What a browser needs to go to its provider. */
export interface Begun {
  url: string;
  cookie: string;
}

/** Sends browsers to the identity provider of an operator. */
@Injectable()
export class SignOn {
  readonly cookies: Cookies;

  constructor(
    private readonly db: Database,
    private readonly connections: ConnectionRepository,
    private readonly settings: ConnectionService,
    private readonly logins: LoginRepository,
    private readonly provider: OidcClient,
    private readonly pace: LinkPace,
    private readonly sessions: SessionService,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.cookies = new Cookies(config);
  }

  /** The connections for a domain. The answer is the same whether an address has an account or not: nobody looks. */
  async options(domain: string | null, address: string): Promise<{ connectionId: string; name: string }[]> {
    await this.#slow(address);
    return domain === null ? [] : this.connections.ofDomain(domain, new Date(this.now()));
  }

  /** Throws `not-found`, `identity-provider-failed` or `too-many-requests`. */
  async begin(connectionId: string, returnTo: string | null, address: string): Promise<Begun> {
    await this.#slow(address);
    const { operatorId } = found(await this.connections.operatorOf(connectionId));
    return this.#begin(await this.active(operatorId, connectionId), { linkUserId: null, returnTo });
  }

  /** A member who is signed in links themselves. */
  async beginLink(connectionId: string, { operatorId, userId }: Person, address: string): Promise<Begun> {
    await this.#slow(address);
    const login = { linkUserId: userId, returnTo: '/settings/profile' };
    return this.#begin(await this.active(operatorId, connectionId), login);
  }

  /** The connection, where it is this operator's and active. Throws `not-found`. */
  async active(operatorId: string, connectionId: string): Promise<ConnectionRow> {
    const row = await this.db.tx(wholeOperator(operatorId), (sql) => this.connections.one(sql, connectionId));
    return found(row?.active === true ? row : null);
  }

  async #begin(
    connection: ConnectionRow,
    login: { linkUserId: string | null; returnTo: string | null },
  ): Promise<Begun> {
    const secret = newLoginSecret();
    try {
      const access = await this.settings.accessOf(connection);
      const { sessionHours } = await this.sessions.policyOf(connection.operatorId);
      const url = await this.provider.authorizationUrl(access, redirectUriOf(connection.id, this.config), {
        proof: proofOf(secret),
        maxAgeS: sessionHours * 3600,
      });
      const pending = { connectionId: connection.id, ...login };
      await this.logins.add(connection.operatorId, hashOfLogin(secret), pending, this.now());
      return { url, cookie: this.cookies.set(LOGIN_COOKIE, secret, LOGIN_MS / 1000) };
    } catch (error) {
      if (!(error instanceof OidcError)) throw error;
      throw new ProblemError('identity-provider-failed', { detail: error.message, cause: error });
    }
  }

  /** Each request may ask a provider, so that an address is slowed down as one that presents links is. */
  async #slow(address: string): Promise<void> {
    const waitMs = await this.pace.present(address, this.now());
    if (waitMs > 0) throw tooFast(waitMs);
  }
}
