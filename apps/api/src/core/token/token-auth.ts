import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { kindOfToken, placesOfToken, rightsOfToken, type TokenKind, tokenState } from '@loopstart/domain';
import { CLOCK, type Clock } from '../clock.ts';
import { Database } from '../db/database.ts';
import { wholeOperator } from '../db/scope.ts';
import { networkOf } from '../http/client-address.ts';
import type { Program } from '../http/implements.ts';
import { isWithin } from '../http/networks.ts';
import { operatorSuspended } from '../http/not-allowed.ts';
import { ProblemError, tooFast } from '../http/problem-error.ts';
import { LOGGER, type Logger } from '../observe/logger.ts';
import { StrangerPace } from '../rate/stranger-pace.ts';
import { grantOf } from '../session/grant.ts';
import { TOKEN_SQL, type TokenRow } from './token-row.ts';

const MINUTE_MS = 60_000;
/** Well-formed tokens that nobody made, by address. A secret of 190 bits is not guessed; each guess costs a query. */
const WRONG = { burst: 20, intervalMs: 3_000 };
/** Tokens that were right before: they are not slowed where others guess from the same address. */
const KNOWN_MAX = 20_000;

/** Authenticates programs by their tokens. What is stored is a hash, and no log contains a token. */
@Injectable()
export class TokenAuth {
  readonly #wrong = new StrangerPace(WRONG);
  readonly #known = new Set<string>();
  readonly #touching = new Set<string>();

  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * The caller of a bearer token (RFC 6750). Throws `invalid-token` with the reason, `token-address`, or
   * `too-many-requests` where this address shows too many that nobody made.
   */
  async callerOf(bearer: string, address: string): Promise<Program> {
    const kind = kindOfToken(bearer);
    if (kind === null) throw invalid('It has a typo or is cut off: its checksum is wrong.');
    if (kind === 'client-secret')
      throw invalid('It is the secret of an OAuth client: ask POST /oauth/token for an access token.');
    if (kind === 'provisioning') throw invalid('It is a token of provisioning: it works for SCIM alone.');
    return this.#use(await this.#resolve(bearer, kind, address), address);
  }

  /** The caller of a token of provisioning, which no other token stands in for. Throws as `callerOf` does. */
  async provisionerOf(bearer: string, address: string): Promise<Program> {
    if (kindOfToken(bearer) !== 'provisioning') throw invalid('It is no token of provisioning, or is cut off.');
    return this.#use(await this.#resolve(bearer, 'provisioning', address), address);
  }

  /** The OAuth client of these credentials. Throws as `callerOf` does. */
  async clientOf(id: string, secret: string, address: string): Promise<Program> {
    if (kindOfToken(secret) !== 'client-secret') throw invalid('The client secret has a typo or is cut off.');
    const row = await this.#resolve(secret, 'client-secret', address);
    if (row.id !== id) throw invalid('The client id belongs to another secret.');
    return this.#use(row, address);
  }

  async #resolve(secret: string, kind: TokenKind, address: string): Promise<TokenRow> {
    const hash = createHash('sha256').update(secret).digest();
    const [key, network] = [hash.toString('base64'), networkOf(address)];
    const known = this.#known.has(key);
    const waitMs = known ? 0 : this.#wrong.wait(network, this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    const { rows } = await this.db.query<TokenRow>(TOKEN_SQL, [hash]);
    const row = rows[0];
    if (row !== undefined && kindOf(row) === kind) {
      this.#remember(key);
      return row;
    }
    this.#known.delete(key);
    this.#wrong.take(network, this.now());
    throw invalid('Nobody made it, or it is gone.');
  }

  async #use(row: TokenRow, address: string): Promise<Program> {
    const now = this.now();
    const ms = (date: Date | null) => date?.getTime() ?? null;
    const state = tokenState(
      { revokedAt: ms(row.revoked_at), expiresAt: ms(row.expires_at), ownerRemovedAt: ms(row.owner_removed_at) },
      now,
    );
    if (state === 'revoked') throw invalid('It was revoked.');
    if (state === 'expired') throw invalid('It has expired.');
    if (state === 'unowned') throw invalid('The person who answered for it left: an administrator can take it over.');
    if (row.access_expires_at !== null && row.access_expires_at.getTime() <= now)
      throw invalid('This access token has expired: ask POST /oauth/token for another.');
    if (row.addresses.length > 0 && !isWithin(address, row.addresses)) throw new ProblemError('token-address');
    if (row.suspension_reason !== null) throw operatorSuspended(row.suspension_reason);
    const owner = grantOf(row);
    if (owner === null) throw invalid('The person who answers for it has no role any more.');
    if (row.kind === 'provisioning' && !owner.rights.may.has('single-sign-on.write'))
      throw invalid('The person who answers for it may not decide about single sign-on any more.');
    await this.#touch(row, address, now);
    const granted = row.access_permissions ?? row.permissions;
    const may = rightsOfToken(
      granted,
      (permission) => row.permissions.includes(permission) && owner.rights.may.has(permission),
    );
    const limitedTo = placesOfToken(owner.limitedTo, row.token_limited_to, row.site_customers ?? {});
    return {
      kind: 'token',
      userId: null,
      tokenId: row.id,
      ownerId: row.owner_id,
      operatorId: row.operator_id,
      operatorName: row.operator_name,
      scope: wholeOperator(row.operator_id).limited(limitedTo),
      name: row.name,
      role: owner.rights.role,
      rights: { ...owner.rights, title: row.name, may: new Set(may) },
    };
  }

  /** Writes the use, at most once a minute. A failure is logged: the request itself is permitted. */
  async #touch(row: TokenRow, address: string, now: number): Promise<void> {
    if (row.last_used_at !== null && now - row.last_used_at.getTime() < MINUTE_MS) return;
    if (this.#touching.has(row.id)) return;
    this.#touching.add(row.id);
    try {
      await this.db.tx(wholeOperator(row.operator_id), (sql) =>
        sql.query(
          'update api_token set last_used_at = $2, last_used_address = $3 where id = $1 and (last_used_at is null or last_used_at <= $4)',
          [row.id, new Date(now), address, new Date(now - MINUTE_MS)],
        ),
      );
    } catch (error) {
      this.log.error({ err: error, tokenId: row.id }, 'failed to write the last use of a token');
    } finally {
      this.#touching.delete(row.id);
    }
  }

  #remember(key: string): void {
    if (this.#known.size >= KNOWN_MAX)
      for (const oldest of [...this.#known].slice(0, KNOWN_MAX / 2)) this.#known.delete(oldest);
    this.#known.add(key);
  }
}

const kindOf = (row: TokenRow): TokenKind =>
  row.is_access ? 'access-token' : row.kind === 'oauth-client' ? 'client-secret' : row.kind;

const invalid = (detail: string): ProblemError => new ProblemError('invalid-token', { detail });
