import { Injectable } from '@nestjs/common';
import { PlacesOf, RoleName } from '@loopstart/contracts';
import type { RoleMapping } from '@loopstart/domain';
import { z } from 'zod';
import { Database, type Sql } from '../../core/db/database.ts';

/** A stored connection; its secret is sealed. */
export interface ConnectionRow {
  id: string;
  operatorId: string;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: Buffer;
  groupsClaim: string;
  mapping: RoleMapping;
  byOwner: boolean;
  provisions: boolean;
  domains: string[];
  active: boolean;
  updatedAt: Date;
}

/** A connection with who came by it. */
export interface ListedConnection extends ConnectionRow {
  linked: number;
  lastSignInAt: Date | null;
}

const StoredRole = z.object({ role: RoleName, limitedTo: PlacesOf.nullable() });
const StoredRules = z.array(StoredRole.extend({ group: z.string() }));

type Stored = Omit<ConnectionRow, 'mapping'> & { rules: unknown; otherwise: unknown };

const COLUMNS = `c.id, c.operator_id as "operatorId", c.name, c.issuer, c.client_id as "clientId", c.client_secret as "clientSecret",
  c.groups_claim as "groupsClaim", c.role_rules as rules, c.default_role as otherwise, c.by_owner as "byOwner", c.provisions, c.domains,
  c.is_active as active, c.updated_at as "updatedAt"`;

function readRow<T extends Stored>({ rules, otherwise, ...row }: T): Omit<T, 'rules' | 'otherwise'> & ConnectionRow {
  // A mapping that cannot be read maps nobody: it throws, and the sign-in fails.
  const mapping = {
    rules: StoredRules.parse(rules),
    otherwise: otherwise === null ? null : StoredRole.parse(otherwise),
  };
  return { ...row, mapping };
}

/** Connections of an operator to its identity providers. */
@Injectable()
export class ConnectionRepository {
  constructor(private readonly db: Database) {}

  /** All, by name. */
  async all(sql: Sql): Promise<ListedConnection[]> {
    const { rows } = await sql.query<Stored & Omit<ListedConnection, keyof ConnectionRow>>(
      `select ${COLUMNS}, (select count(*) from sso_identity i where i.connection_id = c.id and i.issuer = c.issuer) as linked,
         (select max(i.last_sign_in_at) from sso_identity i where i.connection_id = c.id) as "lastSignInAt"
       from sso_connection c order by lower(c.name), c.id`,
    );
    return rows.map(readRow);
  }

  /** One; `lock` keeps it until the transaction ends. */
  async one(sql: Sql, id: string, { lock = false } = {}): Promise<ConnectionRow | null> {
    const { rows } = await sql.query<Stored>(
      `select ${COLUMNS} from sso_connection c where c.id = $1${lock ? ' for update' : ''}`,
      [id],
    );
    return rows[0] === undefined ? null : readRow(rows[0]);
  }

  /** The one that a token of provisioning belongs to; null: it is gone. */
  async ofToken(sql: Sql, tokenId: string): Promise<ConnectionRow | null> {
    const { rows } = await sql.query<Stored>(
      `select ${COLUMNS} from api_token t join sso_connection c on c.id = t.connection_id where t.id = $1`,
      [tokenId],
    );
    return rows[0] === undefined ? null : readRow(rows[0]);
  }

  /** The operator of a connection, before anybody is signed in. */
  async operatorOf(id: string): Promise<{ operatorId: string; operatorName: string } | null> {
    const { rows } = await this.db.query<{ operatorId: string; operatorName: string }>(
      'select operator_id as "operatorId", operator_name as "operatorName" from resolve_sso_connection($1)',
      [id],
    );
    return rows[0] ?? null;
  }

  /** The active connections that speak for a domain. */
  async ofDomain(domain: string, at: Date): Promise<{ connectionId: string; name: string }[]> {
    const { rows } = await this.db.query<{ connectionId: string; name: string }>(
      'select id as "connectionId", name from resolve_sso_offers($1, $2)',
      [domain, at],
    );
    return rows;
  }

  async write(sql: Sql, row: ConnectionRow): Promise<void> {
    const { rules, otherwise } = row.mapping;
    await sql.query(
      `insert into sso_connection (id, operator_id, name, issuer, client_id, client_secret, groups_claim, role_rules, default_role, by_owner,
         provisions, domains, is_active, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
       on conflict (id) do update set name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id,
         client_secret = excluded.client_secret, groups_claim = excluded.groups_claim, role_rules = excluded.role_rules,
         default_role = excluded.default_role, by_owner = excluded.by_owner, provisions = excluded.provisions,
         domains = excluded.domains, is_active = excluded.is_active, updated_at = excluded.updated_at`,
      [
        row.id,
        row.operatorId,
        row.name,
        row.issuer,
        row.clientId,
        row.clientSecret,
        row.groupsClaim,
        JSON.stringify(rules),
        otherwise === null ? null : JSON.stringify(otherwise),
        row.byOwner,
        row.provisions,
        row.domains,
        row.active,
        row.updatedAt,
      ],
    );
  }

  async remove(sql: Sql, id: string): Promise<void> {
    await sql.query('delete from sso_connection where id = $1', [id]);
  }

  async required(sql: Sql, operatorId: string): Promise<boolean> {
    const { rows } = await sql.query<{ required: boolean }>('select required from sso_policy where operator_id = $1', [
      operatorId,
    ]);
    return rows[0]?.required ?? false;
  }

  async setRequired(sql: Sql, operatorId: string, required: boolean): Promise<void> {
    await sql.query(
      `insert into sso_policy (operator_id, required) values ($1, $2)
       on conflict (operator_id) do update set required = excluded.required`,
      [operatorId, required],
    );
  }

  /** Ends sessions that were opened otherwise than by single sign-on, of members whom it is demanded of. */
  async endOtherSessions(sql: Sql, operatorId: string): Promise<number> {
    const { rowCount } = await sql.query(
      `delete from session where operator_id = $1 and not 'sso' = any (methods) and resolve_sso_required(user_id)`,
      [operatorId],
    );
    return rowCount ?? 0;
  }
}
