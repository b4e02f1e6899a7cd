import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type NewProvisioningToken, type Provisioning as Shown, SCIM_PATH, type Token } from '@loopstart/contracts';
import { hintOf, mapRole, ruleNamesOf, TOKEN_RANDOM_BYTES, tokenEnd, tokenFrom } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { CONFIG, type Config } from '../../../core/config.ts';
import { Database } from '../../../core/db/database.ts';
import type { Caller } from '../../../core/http/implements.ts';
import { isNetwork } from '../../../core/http/networks.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { refused } from '../../../core/http/refuse.ts';
import { Changes } from '../../audit/index.ts';
import { type ByPerson, copyOf } from '../../people/index.ts';
import { ConnectionRepository } from '../../sso/index.ts';
import { LIVE_TOKENS_MAX, TokenRepository, TokenService, TOKENS_ENDED_MS, toToken } from '../../tokens/index.ts';
import { ProvisioningRepository } from './provisioning.repository.ts';

const REFUSED_MAX = 50;

/** Provisioning of a connection, as its administrators keep it. */
@Injectable()
export class Provisioning {
  constructor(
    private readonly db: Database,
    private readonly connections: ConnectionRepository,
    private readonly seen: ProvisioningRepository,
    private readonly tokens: TokenRepository,
    private readonly tokenService: TokenService,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get({ scope, operatorId }: Caller, connectionId: string): Promise<Shown> {
    const now = this.now();
    return this.db.tx(scope, async (sql) => {
      const { mapping } = found(await this.connections.one(sql, connectionId));
      const tokens = (await this.tokens.ofConnection(sql, connectionId, new Date(now - TOKENS_ENDED_MS))).map((row) =>
        toToken(row, now),
      );
      const groups = await this.seen.groups(sql, connectionId);
      return {
        baseUrl: this.config.PUBLIC_URL.replace(/\/+$/, '') + SCIM_PATH,
        tokens,
        lastRequestAt:
          tokens
            .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
            .toSorted()
            .at(-1) ?? null,
        people: await this.seen.people(sql, operatorId, connectionId),
        refused: await this.seen.refused(sql, connectionId, REFUSED_MAX),
        groups: groups.map(({ id, displayName: name, externalId, members }) => {
          const mapped = mapRole({ ...mapping, otherwise: null }, ruleNamesOf([{ displayName: name, externalId }]));
          const gives =
            mapped.kind === 'role' ? { role: mapped.role.role, limitedTo: copyOf(mapped.role.limitedTo) } : null;
          return { id, name, externalId, members, gives };
        }),
      };
    });
  }

  /** Makes a token for the directory and returns its secret, of which only the hash is stored. */
  createToken(
    by: ByPerson,
    connectionId: string,
    wanted: NewProvisioningToken,
  ): Promise<{ token: Token; secret: string }> {
    const { caller } = by;
    const [id, now] = [randomUUID(), this.now()];
    const { name, addresses, expiresInDays } = wanted;
    addresses.forEach((text, index) => {
      if (!isNetwork(text))
        throw refused(`body.addresses.${index}`, 'a network without bits beyond its length, such as 10.0.0.0/8');
    });
    if (expiresInDays === null && !caller.rights.may.has('tokens.lasting'))
      throw refused('body.expiresInDays', 'a number of days: you lack the permission tokens.lasting');
    const secret = tokenFrom('provisioning', randomBytes(TOKEN_RANDOM_BYTES));
    return this.changes.make(by, async (sql) => {
      const connection = found(await this.connections.one(sql, connectionId, { lock: true }));
      if ((await this.tokens.countLive(sql, new Date(now))) >= LIVE_TOKENS_MAX)
        throw new ProblemError('in-use', {
          detail: `There are ${LIVE_TOKENS_MAX} tokens already: revoke those not needed.`,
        });
      const end = tokenEnd(expiresInDays, now);
      const expiresAt = end === null ? null : new Date(end);
      await this.tokens.insert(sql, {
        id,
        operatorId: caller.operatorId,
        kind: 'provisioning',
        name,
        secretHash: createHash('sha256').update(secret).digest(),
        hint: hintOf(secret),
        permissions: [],
        limitedTo: null,
        addresses,
        ownerId: caller.userId,
        createdAt: new Date(now),
        expiresAt,
        connectionId,
      });
      const change = {
        kind: 'provisioning',
        name,
        connection: connection.name,
        addresses,
        expiresAt: expiresAt?.toISOString() ?? null,
      };
      return {
        result: { token: toToken(found(await this.tokens.lock(sql, id)), now), secret },
        audit: { verb: 'create', subjectType: 'api-token', subjectId: id, change },
      };
    });
  }

  async revokeToken(by: ByPerson, connectionId: string, tokenId: string): Promise<void> {
    const tokens = await this.db.tx(by.caller.scope, (sql) => this.tokens.ofConnection(sql, connectionId, new Date(0)));
    found(tokens.find(({ id }) => id === tokenId));
    await this.tokenService.revoke(by, tokenId);
  }
}
