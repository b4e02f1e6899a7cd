import { Injectable } from '@nestjs/common';
import { type PermissionName, rightsOf } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';

/** What a role permits now: one of the table, or of the operator's own. */
@Injectable()
export class RoleRights {
  /** Null where the operator has no such role. */
  async of(sql: Sql, role: string): Promise<PermissionName[] | null> {
    const { rows } = await sql.query<{ name: string; permissions: string[]; lines: number | null }>(
      'select name, permissions, max_lines_at_once as lines from own_role where id::text = $1',
      [role],
    );
    const own = rows[0];
    const rights = rightsOf(
      role,
      own === undefined ? null : { title: own.name, permissions: own.permissions, maxLinesAtOnce: own.lines },
    );
    return rights === null ? null : [...rights.may];
  }
}
