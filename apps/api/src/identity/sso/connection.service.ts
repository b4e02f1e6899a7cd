import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type SsoConnection, type SsoConnectionInput, SSO_CONNECTIONS_MAX } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { BlockedError } from '../../core/egress/target.ts';
import type { Caller } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import type { SealedPlace } from '../../core/secret/sealed-fields.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { Changes, former } from '../audit/index.ts';
import type { ByPerson } from '../people/index.ts';
import { ConnectionRepository, type ConnectionRow } from './connection.repository.ts';
import { toConnection } from './connection-view.ts';
import { DomainRepository } from './domains/domain.repository.ts';
import { toDomain } from './domains/domain-view.ts';
import { isByOwner, MappingCheck } from './mapping-check.ts';
import { OidcClient, type ClientAccess } from './oidc-client.ts';

/** Connections of an operator to its identity providers, as its administrators keep them. */
@Injectable()
export class ConnectionService {
  constructor(
    private readonly db: Database,
    private readonly connections: ConnectionRepository,
    private readonly domains: DomainRepository,
    private readonly mappings: MappingCheck,
    private readonly provider: OidcClient,
    private readonly secrets: Secrets,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async get({ scope, operatorId }: Caller) {
    const { rows, required, domains } = await this.db.tx(scope, async (sql) => ({
      rows: await this.connections.all(sql),
      required: await this.connections.required(sql, operatorId),
      domains: await this.domains.all(sql, operatorId),
    }));
    const at = this.now();
    return {
      required,
      connections: rows.map((row) => toConnection(row, this.config)),
      domains: domains.map((row) => toDomain(row, at)),
    };
  }

  create(by: ByPerson, input: SsoConnectionInput): Promise<SsoConnection> {
    if (input.clientSecret === undefined) throw refused('body.clientSecret', 'the secret of the client');
    this.#checkIssuer(input.issuer);
    return this.changes.make(by, async (sql) => {
      const present = await this.connections.all(sql);
      if (present.length >= SSO_CONNECTIONS_MAX)
        throw new ProblemError('in-use', { detail: `There are ${SSO_CONNECTIONS_MAX} connections already.` });
      await this.mappings.check(sql, by.caller, input);
      const row = await this.#row(by, randomUUID(), input, null);
      await this.connections.write(sql, row);
      await this.domains.settle(sql, row.operatorId, new Date(this.now()));
      return {
        result: toConnection({ ...row, linked: 0, lastSignInAt: null }, this.config),
        audit: { verb: 'create', subjectType: 'sso-connection', subjectId: row.id, change: recorded(row) },
      };
    });
  }

  /** A changed issuer needs the secret anew: a secret that was entered for one address is not sent to another. */
  update(by: ByPerson, id: string, input: SsoConnectionInput): Promise<SsoConnection> {
    this.#checkIssuer(input.issuer);
    return this.changes.make(by, async (sql) => {
      const before = found(await this.connections.one(sql, id, { lock: true }));
      if (input.clientSecret === undefined && input.issuer !== before.issuer)
        throw refused('body.clientSecret', 'the secret again, because the issuer is another');
      await this.mappings.check(sql, by.caller, input);
      const row = await this.#row(by, id, input, before);
      await this.connections.write(sql, row);
      await this.domains.settle(sql, row.operatorId, new Date(this.now()));
      const listed = found((await this.connections.all(sql)).find((one) => one.id === id));
      const change = { ...recorded(row), ...(input.clientSecret !== undefined && { clientSecret: 'changed' }) };
      return {
        result: toConnection(listed, this.config),
        audit: {
          verb: 'update',
          subjectType: 'sso-connection',
          subjectId: id,
          change,
          before: former(recorded(before), change),
        },
      };
    });
  }

  remove(by: ByPerson, id: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      const row = found(await this.connections.one(sql, id, { lock: true }));
      await this.connections.remove(sql, id);
      await this.domains.settle(sql, row.operatorId, new Date(this.now()));
      const change = { name: row.name, issuer: row.issuer };
      return { result: undefined, audit: { verb: 'delete', subjectType: 'sso-connection', subjectId: id, change } };
    });
  }

  /** Throws `invalid-input` where it is demanded, and no connection is offered to anybody. */
  setRequired(by: ByPerson, required: boolean): Promise<{ required: boolean }> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const before = await this.connections.required(sql, operatorId);
      if (required && !before && !(await this.domains.isOffered(sql, operatorId, new Date(this.now()))))
        throw refused(
          'body.required',
          'a connection that is on, with a proven domain: else nobody could sign in by it',
        );
      await this.connections.setRequired(sql, operatorId, required);
      const endedSessions = await this.connections.endOtherSessions(sql, operatorId);
      return {
        result: { required },
        audit: {
          verb: 'update',
          subjectType: 'sso-policy',
          subjectId: operatorId,
          change: { required, endedSessions },
          before: { required: before },
        },
      };
    });
  }

  /** What is needed to talk to the provider of a connection. */
  async accessOf({ operatorId, id, issuer, clientId, clientSecret }: ConnectionRow): Promise<ClientAccess> {
    return { issuer, clientId, clientSecret: await this.secrets.open(placeOf(operatorId, id), clientSecret) };
  }

  async #row(
    by: ByPerson,
    id: string,
    input: SsoConnectionInput,
    before: ConnectionRow | null,
  ): Promise<ConnectionRow> {
    const { caller } = by;
    const { clientSecret, rules, otherwise, domains, ...rest } = input;
    return {
      ...rest,
      id,
      operatorId: caller.operatorId,
      clientSecret:
        clientSecret === undefined
          ? found(before).clientSecret
          : await this.secrets.seal(placeOf(caller.operatorId, id), clientSecret),
      mapping: { rules, otherwise },
      byOwner: isByOwner(caller),
      domains: [...new Set(domains)],
      updatedAt: new Date(this.now()),
    };
  }

  /** Throws `address-not-allowed` where Loopstart must not send there. */
  #checkIssuer(issuer: string): void {
    try {
      this.provider.check(issuer);
    } catch (error) {
      if (!(error instanceof BlockedError)) throw error;
      throw new ProblemError('address-not-allowed', {
        detail: error.message,
        fields: [{ path: 'body.issuer', expected: error.message }],
      });
    }
  }
}

const placeOf = (operatorId: string, id: string): SealedPlace => ({
  field: 'sso_connection.client_secret',
  operatorId,
  row: { id },
});

/** What of a connection is on record: never its secret. */
function recorded({ name, issuer, clientId, groupsClaim, mapping, provisions, domains, active }: ConnectionRow) {
  const rules = mapping.rules.map(({ group, role }) => `${group} → ${role}`);
  return {
    name,
    issuer,
    clientId,
    groupsClaim,
    rules,
    otherwise: mapping.otherwise?.role ?? null,
    provisions,
    domains,
    active,
  };
}
