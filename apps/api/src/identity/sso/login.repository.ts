import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';

/** How long a person has for signing in at their provider. */
export const LOGIN_MS = 10 * 60_000;

export interface PendingLogin {
  connectionId: string;
  /** The member who links themselves; null: a sign-in. */
  linkUserId: string | null;
  returnTo: string | null;
}

export type TakenLogin = PendingLogin | 'login-unknown' | 'login-used' | 'login-expired';

/** Sign-ins that browsers have begun, by the hash of the browser's secret. */
@Injectable()
export class LoginRepository {
  constructor(private readonly db: Database) {}

  /** Adds one, and forgets those of the operator that are over. */
  async add(operatorId: string, hash: Buffer, login: PendingLogin, now: number): Promise<void> {
    await this.db.tx(wholeOperator(operatorId), async (sql) => {
      await sql.query('delete from sso_login where operator_id = $1 and expires_at < $2', [
        operatorId,
        new Date(now - LOGIN_MS),
      ]);
      await sql.query(
        `insert into sso_login (browser_hash, operator_id, connection_id, link_user_id, return_to, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          hash,
          operatorId,
          login.connectionId,
          login.linkUserId,
          login.returnTo,
          new Date(now),
          new Date(now + LOGIN_MS),
        ],
      );
    });
  }

  /** Uses it. Of any number of requests with one secret, one gets it; it is over then, whatever becomes of it. */
  take(operatorId: string, connectionId: string, hash: Buffer, now: number): Promise<TakenLogin> {
    return this.db.tx(wholeOperator(operatorId), async (sql) => {
      const at = new Date(now);
      const { rows } = await sql.query<PendingLogin>(
        `update sso_login set used_at = $3 where browser_hash = $1 and connection_id = $2 and used_at is null and expires_at > $3
         returning connection_id as "connectionId", link_user_id as "linkUserId", return_to as "returnTo"`,
        [hash, connectionId, at],
      );
      return rows[0] ?? this.#reason(sql, hash, connectionId);
    });
  }

  async #reason(sql: Sql, hash: Buffer, connectionId: string): Promise<TakenLogin> {
    const { rows } = await sql.query<{ used: boolean }>(
      'select used_at is not null as used from sso_login where browser_hash = $1 and connection_id = $2',
      [hash, connectionId],
    );
    if (rows[0] === undefined) return 'login-unknown';
    return rows[0].used ? 'login-used' : 'login-expired';
  }
}
