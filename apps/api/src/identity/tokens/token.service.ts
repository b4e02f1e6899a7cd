import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CallOf } from '../../core/http/implements.ts';
import type { endpoints, Token } from '@loopstart/contracts';
import {
  hintOf,
  isForTokens,
  type Places,
  rightsNotToGive,
  TOKEN_RANDOM_BYTES,
  tokenEnd,
  tokenFrom,
} from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import type { Person } from '../../core/http/implements.ts';
import { isNetwork } from '../../core/http/networks.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { Changes } from '../audit/index.ts';
import { RoleRights } from './role-rights.ts';
import { TokenRepository } from './token.repository.ts';
import { toToken } from './token-view.ts';

/** Tokens an operator has at once: what programs need, and not what a loop makes. */
export const LIVE_TOKENS_MAX = 200;
/** How long lists show what was revoked or has expired. */
export const TOKENS_ENDED_MS = 90 * 86_400_000;

export interface ByPerson {
  caller: Person;
  requestId: string;
}
type Wanted = CallOf<typeof endpoints.createToken>['body'];

/** API tokens and OAuth clients of an operator: made, taken over and revoked by people. */
@Injectable()
export class TokenService {
  constructor(
    private readonly tokens: TokenRepository,
    private readonly roles: RoleRights,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list(caller: { scope: Person['scope'] }): Promise<Token[]> {
    const rows = await this.tokens.list(caller.scope, new Date(this.now() - TOKENS_ENDED_MS));
    return rows.map((row) => toToken(row, this.now()));
  }

  /** Makes a token and returns its secret, of which only the hash is stored. */
  async create(by: ByPerson, wanted: Wanted): Promise<{ token: Token; secret: string }> {
    const { caller } = by;
    const [id, now] = [randomUUID(), this.now()];
    const secret = tokenFrom(wanted.kind === 'token' ? 'token' : 'client-secret', randomBytes(TOKEN_RANDOM_BYTES));
    if (wanted.expiresInDays === null && !caller.rights.may.has('tokens.lasting'))
      throw refused('body.expiresInDays', 'a number of days: you lack the permission tokens.lasting');
    wanted.addresses.forEach((text, index) => {
      if (!isNetwork(text))
        throw refused(`body.addresses.${index}`, 'a network without bits beyond its length, such as 10.0.0.0/8');
    });
    return this.changes.make(by, async (sql) => {
      const permissions = await this.#permissions(sql, caller, wanted.rights);
      await this.#checkPlaces(sql, caller, wanted.limitedTo);
      if ((await this.tokens.countLive(sql, new Date(now))) >= LIVE_TOKENS_MAX)
        throw new ProblemError('in-use', {
          detail: `There are ${LIVE_TOKENS_MAX} tokens already: revoke those not needed.`,
        });
      const { kind, name, limitedTo, addresses, expiresInDays } = wanted;
      const end = tokenEnd(expiresInDays, now);
      const expiresAt = end === null ? null : new Date(end);
      await this.tokens.insert(sql, {
        id,
        operatorId: caller.operatorId,
        kind,
        name,
        secretHash: createHash('sha256').update(secret).digest(),
        hint: hintOf(secret),
        permissions,
        limitedTo,
        addresses,
        ownerId: caller.userId,
        createdAt: new Date(now),
        expiresAt,
      });
      const stored = found(await this.tokens.lock(sql, id));
      return {
        result: { token: toToken(stored, now), secret },
        audit: {
          verb: 'create',
          subjectType: 'api-token',
          subjectId: id,
          change: {
            kind,
            name,
            permissions,
            limitedTo: json(limitedTo),
            addresses,
            expiresAt: expiresAt?.toISOString() ?? null,
          },
        },
      };
    });
  }

  /** Revokes at once, on every API process; again changes nothing. */
  revoke(by: ByPerson, id: string): Promise<void> {
    const now = new Date(this.now());
    return this.changes.make(by, async (sql) => {
      const row = found(await this.tokens.lock(sql, id));
      if (row.revoked_at !== null) return { result: undefined, audit: null };
      await this.tokens.revoke(sql, id, now, by.caller.name);
      return {
        result: undefined,
        audit: { verb: 'revoke', subjectType: 'api-token', subjectId: id, change: { name: row.name } },
      };
    });
  }

  /** The caller answers for the token from now on; they must be able to give all it has. */
  takeOver(by: ByPerson, id: string): Promise<Token> {
    const { caller } = by;
    return this.changes.make(by, async (sql) => {
      const row = found(await this.tokens.lock(sql, id));
      if (row.revoked_at !== null)
        throw new ProblemError('in-use', { detail: 'The token was revoked: create another.' });
      if (row.owner_id === caller.userId) return { result: toToken(row, this.now()), audit: null };
      refuseExcess(rightsNotToGive(row.permissions as never, (permission) => caller.rights.may.has(permission)));
      await this.#checkPlaces(sql, caller, row.token_limited_to);
      await this.tokens.giveTo(sql, id, caller.userId);
      return {
        result: toToken(found(await this.tokens.lock(sql, id)), this.now()),
        audit: {
          verb: 'take-over',
          subjectType: 'api-token',
          subjectId: id,
          change: { name: row.name, userId: caller.userId },
          before: { userId: row.owner_id },
        },
      };
    });
  }

  /** What the token gets: the rights as asked for, or those of the role that a token can have. */
  async #permissions(sql: Sql, caller: Person, rights: Wanted['rights']): Promise<string[]> {
    const asked =
      'role' in rights ? found(await this.roles.of(sql, rights.role)).filter(isForTokens) : rights.permissions;
    const wanted = [...new Set(asked)];
    refuseExcess(rightsNotToGive(wanted, (permission) => caller.rights.may.has(permission)));
    return wanted;
  }

  /** Throws `not-found` for places that the caller does not see, and `invalid-input` for a tag that is not theirs. */
  async #checkPlaces(sql: Sql, { scope }: Person, places: Places | null): Promise<void> {
    if (places === null) return;
    if ((await this.tokens.unknownPlaces(sql, places)).length > 0) throw new ProblemError('not-found');
    const foreign = places.tags.find((tag) => scope.limitedTo !== null && !scope.limitedTo.tags.includes(tag));
    if (foreign !== undefined) throw refused('body.limitedTo.tags', 'tags that you are limited to yourself');
  }
}

/** Nobody gives what they lack. */
function refuseExcess(excess: readonly string[]): void {
  if (excess.length === 0) return;
  throw refused('body.rights', `rights that you have and a token can have; not ${excess.slice(0, 10).join(', ')}`);
}

const json = (places: Places | null) =>
  places === null
    ? null
    : { customerIds: [...places.customerIds], siteIds: [...places.siteIds], tags: [...places.tags] };
