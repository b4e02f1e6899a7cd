import { Injectable } from '@nestjs/common';
import type { RoleInput } from '@loopstart/contracts';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import type { Origin } from '../../core/library/publications.ts';

const ROLE = fields('OwnRole', 'r', ['id', 'name', 'permissions', 'maxLinesAtOnce', 'locked', 'libraryVersion']);
export type StoredRole = RowOf<typeof ROLE>;

/** Roles that an operator made, and how many members each role has. */
@Injectable()
export class RoleRepository {
  async all(sql: Sql): Promise<StoredRole[]> {
    return (await sql.query<StoredRole>(`select ${ROLE} from own_role r order by lower(r.name), r.id`)).rows;
  }

  async one(sql: Sql, id: string): Promise<StoredRole | null> {
    const { rows } = await sql.query<StoredRole>(`select ${ROLE} from own_role r where r.id = $1`, [id]);
    return rows[0] ?? null;
  }

  /**
   * Held for a change; null where there is none. A row that the provider locked is shown without being held, because the
   * database lets nobody here update it.
   */
  async hold(sql: Sql, id: string): Promise<StoredRole | null> {
    const { rows } = await sql.query<StoredRole>(`select ${ROLE} from own_role r where r.id = $1 for update`, [id]);
    return rows[0] ?? this.one(sql, id);
  }

  async members(sql: Sql): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql.query<{ role: string; members: number }>(
      'select role, count(*)::int as members from app_user where removed_at is null group by role',
    );
    return new Map(rows.map(({ role, members }) => [role, members]));
  }

  async insert(sql: Sql, operatorId: string, input: RoleInput, at: Date, origin: Origin | null): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into own_role (operator_id, name, permissions, max_lines_at_once, created_at, updated_at, library_id, library_version)
       values ($1, $2, $3, $4, $5, $5, $6, $7) returning id`,
      [
        operatorId,
        input.title,
        input.permissions,
        input.maxLinesAtOnce,
        at,
        origin?.objectId ?? null,
        origin?.version ?? null,
      ],
    );
    return rows[0]!.id;
  }

  async update(sql: Sql, id: string, input: RoleInput, at: Date): Promise<void> {
    await sql.query(
      'update own_role set name = $2, permissions = $3, max_lines_at_once = $4, updated_at = $5 where id = $1',
      [id, input.title, input.permissions, input.maxLinesAtOnce, at],
    );
  }

  async remove(sql: Sql, id: string): Promise<void> {
    await sql.query('delete from own_role where id = $1', [id]);
  }
}
