import { Inject, Injectable } from '@nestjs/common';
import { SSO_CHECKS, type SsoTest } from '@loopstart/contracts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { found } from '../../core/http/problem-error.ts';
import { Changes } from '../audit/index.ts';
import type { ByPerson } from '../people/index.ts';
import { ConnectionRepository } from './connection.repository.ts';
import { ConnectionService } from './connection.service.ts';
import { redirectUriOf } from './connection-view.ts';
import { type OidcError, oidcErrorOf } from './oidc-error.ts';
import { OidcClient, type ClientAccess } from './oidc-client.ts';

type Check = SsoTest['checks'][number];

/** Tests a connection as far as that is possible without a person, and says of each part what was seen. */
@Injectable()
export class ConnectionTest {
  constructor(
    private readonly db: Database,
    private readonly connections: ConnectionRepository,
    private readonly settings: ConnectionService,
    private readonly provider: OidcClient,
    private readonly changes: Changes,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async run(by: ByPerson, id: string): Promise<SsoTest> {
    const row = found(await this.db.tx(by.caller.scope, (sql) => this.connections.one(sql, id)));
    const checks = await this.#checks(await this.settings.accessOf(row), redirectUriOf(id, this.config));
    const change = { name: row.name, ...Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome])) };
    return this.changes.make(by, () =>
      Promise.resolve({
        result: { checks },
        audit: { verb: 'test', subjectType: 'sso-connection', subjectId: id, change },
      }),
    );
  }

  async #checks(access: ClientAccess, redirectUri: string): Promise<Check[]> {
    const discovered = await orError(this.provider.discover(access));
    if ('error' in discovered) return notDiscovered(discovered.error);
    const config = discovered.value;
    const keys = await orError(this.provider.keys(config));
    const client = await orError(this.provider.checkClient(config, redirectUri));
    return [
      passed('discovery', 'The discovery document was read.'),
      passed('issuer', 'The provider names itself as entered.'),
      'error' in keys
        ? failed('keys', keys.error)
        : passed('keys', `It has ${keys.value === 1 ? 'one key' : `${keys.value} keys`} to sign with.`),
      'error' in client
        ? failed('client', client.error)
        : passed('client', 'It takes client id and secret. Whether it lets people in, only a sign-in shows.'),
    ];
  }
}

/** A document of another issuer was read, but it is not to be followed. */
function notDiscovered(error: OidcError): Check[] {
  const rest = (from: number) => SSO_CHECKS.slice(from).map((check) => notTried(check));
  if (error.failure !== 'issuer') return [failed('discovery', error), ...rest(1)];
  return [passed('discovery', 'A discovery document was read.'), failed('issuer', error), ...rest(2)];
}

const passed = (check: Check['check'], detail: string): Check => ({ check, outcome: 'passed', detail });
const failed = (check: Check['check'], { message: detail }: Error): Check => ({ check, outcome: 'failed', detail });
const notTried = (check: Check['check']): Check => ({
  check,
  outcome: 'not-tried',
  detail: 'Not tried, because an earlier check failed.',
});

async function orError<T>(work: Promise<T>): Promise<{ value: T } | { error: OidcError }> {
  try {
    return { value: await work };
  } catch (error) {
    return { error: oidcErrorOf(error) };
  }
}
