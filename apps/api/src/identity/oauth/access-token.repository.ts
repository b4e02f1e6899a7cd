import { Injectable } from '@nestjs/common';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';

/** Access tokens of one client at once. A client that asks for each request loses its oldest, not our memory. */
const LIVE_MAX = 100;

/** Access tokens of OAuth clients, as hashes. */
@Injectable()
export class AccessTokenRepository {
  constructor(private readonly db: Database) {}

  /** Stores one; removes the client's expired ones, and its oldest beyond the maximum. */
  async add(
    scope: Scope,
    token: { hash: Buffer; clientId: string; permissions: readonly string[]; now: Date; expiresAt: Date },
  ): Promise<void> {
    await this.db.tx(scope, async (sql) => {
      // One at a time for each client: what is counted below is all there is.
      await sql.query('select from api_token where id = $1 for no key update', [token.clientId]);
      await sql.query(
        'insert into oauth_access_token (token_hash, operator_id, client_id, permissions, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)',
        [token.hash, scope.operatorId, token.clientId, token.permissions, token.now, token.expiresAt],
      );
      await sql.query(
        `delete from oauth_access_token where client_id = $1 and (expires_at <= $2 or token_hash in (
           select token_hash from oauth_access_token where client_id = $1 order by created_at desc, token_hash offset $3))`,
        [token.clientId, token.now, LIVE_MAX],
      );
    });
  }
}
