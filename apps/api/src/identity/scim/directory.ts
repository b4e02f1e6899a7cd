import type { Program } from '../../core/http/implements.ts';
import type { Sql } from '../../core/db/database.ts';
import type { By } from '../audit/index.ts';
import type { ConnectionRow } from '../sso/index.ts';

/** Who asks by SCIM: a token of one connection. All that they see and change belongs to it. */
export interface Directory {
  connection: ConnectionRow;
  by: By & { caller: Program };
  /** Where SCIM is answered, for the locations of resources. */
  base: string;
}

/** Until the transaction ends, nobody else changes people and groups of this connection: what one makes, the next finds. */
export async function lockDirectory(sql: Sql, { connection }: Directory): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`scim ${connection.id}`]);
}
