import { Injectable } from '@nestjs/common';
import type { Token } from '@loopstart/contracts';
import type { Places } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import type { GrantRow } from '../../core/session/grant.ts';

/** A stored token with who answers for it and what they may do now. */
export interface StoredToken extends GrantRow {
  id: string;
  kind: Token['kind'];
  name: string;
  hint: string;
  permissions: string[];
  token_limited_to: Places | null;
  addresses: string[];
  created_at: Date;
  owner_id: string;
  owner_name: string;
  owner_removed_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
  revoked_by_name: string | null;
  last_used_at: Date | null;
  last_used_address: string | null;
}

export interface NewTokenRow {
  id: string;
  operatorId: string;
  kind: Token['kind'];
  name: string;
  secretHash: Buffer;
  hint: string;
  permissions: readonly string[];
  limitedTo: Places | null;
  addresses: readonly string[];
  ownerId: string;
  createdAt: Date;
  expiresAt: Date | null;
  /** The connection that a token of provisioning belongs to. */
  connectionId?: string;
}

const SELECT = `select t.id, t.kind, t.name, t.hint, t.permissions, t.limited_to as token_limited_to, t.addresses, t.created_at, t.owner_id,
  p.name as owner_name, p.removed_at as owner_removed_at, t.expires_at, t.revoked_at, t.revoked_by_name, t.last_used_at, t.last_used_address, g.*
  from api_token t join person p on p.id = t.owner_id left join lateral resolve_grant(t.owner_id) g on true`;

/** Rows of API tokens and OAuth clients. */
@Injectable()
export class TokenRepository {
  constructor(private readonly db: Database) {}

  /** All that live, and those that ended after `endedAfter`; newest first. */
  list(scope: Scope, endedAfter: Date): Promise<StoredToken[]> {
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query<StoredToken>(
        `${SELECT} where coalesce(t.revoked_at, t.expires_at, 'infinity') > $1 order by t.created_at desc, t.id limit 500`,
        [endedAfter],
      );
      return rows;
    });
  }

  /** Those of a connection that live, and those that ended after `endedAfter`; newest first. */
  async ofConnection(sql: Sql, connectionId: string, endedAfter: Date): Promise<StoredToken[]> {
    const { rows } = await sql.query<StoredToken>(
      `${SELECT} where t.connection_id = $1 and coalesce(t.revoked_at, t.expires_at, 'infinity') > $2 order by t.created_at desc, t.id limit 100`,
      [connectionId, endedAfter],
    );
    return rows;
  }

  /** Locked until the transaction ends; null where there is none. */
  async lock(sql: Sql, id: string): Promise<StoredToken | null> {
    const { rows } = await sql.query<StoredToken>(`${SELECT} where t.id = $1 for update of t`, [id]);
    return rows[0] ?? null;
  }

  /** Tokens of the operator that are neither revoked nor expired. */
  async countLive(sql: Sql, now: Date): Promise<number> {
    const { rows } = await sql.query<{ count: number }>(
      'select count(*)::int as count from api_token where revoked_at is null and (expires_at is null or expires_at > $1)',
      [now],
    );
    return rows[0]!.count;
  }

  async insert(sql: Sql, row: NewTokenRow): Promise<void> {
    await sql.query(
      `insert into api_token (id, operator_id, kind, name, secret_hash, hint, permissions, limited_to, addresses, owner_id, created_at, expires_at, connection_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        row.id,
        row.operatorId,
        row.kind,
        row.name,
        row.secretHash,
        row.hint,
        row.permissions,
        row.limitedTo === null ? null : JSON.stringify(row.limitedTo),
        row.addresses,
        row.ownerId,
        row.createdAt,
        row.expiresAt,
        row.connectionId ?? null,
      ],
    );
  }

  async revoke(sql: Sql, id: string, at: Date, byName: string): Promise<void> {
    await sql.query('update api_token set revoked_at = $2, revoked_by_name = $3 where id = $1', [id, at, byName]);
    await sql.query('delete from oauth_access_token where client_id = $1', [id]);
  }

  async giveTo(sql: Sql, id: string, ownerId: string): Promise<void> {
    await sql.query('update api_token set owner_id = $2 where id = $1', [id, ownerId]);
  }

  /** The ids of these places that the transaction does not see. */
  async unknownPlaces(sql: Sql, { customerIds, siteIds }: Places): Promise<string[]> {
    const { rows } = await sql.query<{ id: string }>(
      `select id from unnest($1::uuid[]) as id where not exists (select from customer c where c.id = id.id and c.archived_at is null)
       union all select id from unnest($2::uuid[]) as id where not exists (select from site s where s.id = id.id and s.archived_at is null)`,
      [customerIds, siteIds],
    );
    return rows.map(({ id }) => id);
  }
}
