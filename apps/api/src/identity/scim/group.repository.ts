import { Injectable } from '@nestjs/common';
import type { DirectoryGroup, ScimFilter } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { conditionOf, type FilterTable } from './filter-sql.ts';
import type { Page } from './page.ts';

/** A group of a directory as it is stored. */
export interface DirectoryGroupRow {
  id: string;
  displayName: string;
  externalId: string | null;
  /** Null: not read. */
  members: { id: string; name: string }[] | null;
  createdAt: Date;
  updatedAt: Date;
}

const MEMBERS = `coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', coalesce(u.display_name, u.user_name)) order by u.created_at, u.id)
  from scim_group_member gm join scim_user u on u.id = gm.scim_user_id where gm.group_id = g.id), '[]')`;
const columns = (withMembers: boolean) =>
  `g.id, g.display_name as "displayName", g.external_id as "externalId", ${withMembers ? MEMBERS : 'null::jsonb'} as members,
   g.created_at as "createdAt", g.updated_at as "updatedAt"`;

const FILTERS: FilterTable = {
  columns: {
    id: { sql: 'g.id', type: 'id' },
    displayname: { sql: 'g.display_name', type: 'text' },
    externalid: { sql: 'g.external_id', type: 'exact' },
  },
  lists: {
    members: {
      sql: `(select coalesce(jsonb_agg(jsonb_build_object('value', gm.scim_user_id)), '[]') from scim_group_member gm where gm.group_id = g.id)`,
      columns: { value: { sql: `(e ->> 'value')`, type: 'id' } },
    },
  },
};

/** Groups of a directory. */
@Injectable()
export class DirectoryGroupRepository {
  async page(
    sql: Sql,
    connectionId: string,
    { filter, startIndex, count, withMembers }: Page & { filter: ScimFilter | null; withMembers: boolean },
  ): Promise<{ total: number; rows: DirectoryGroupRow[] }> {
    const values: unknown[] = [connectionId];
    const from = 'from scim_group g where g.connection_id = $1';
    const where = filter === null ? '' : `and ${conditionOf(filter, FILTERS, values)}`;
    const counted = await sql.query<{ total: number }>(`select count(*) as total ${from} ${where}`, values);
    const { rows } = await sql.query<DirectoryGroupRow>(
      `select ${columns(withMembers)} ${from} ${where} order by g.created_at, g.id
       offset $${values.push(startIndex - 1)} limit $${values.push(count)}`,
      values,
    );
    return { total: counted.rows[0]!.total, rows };
  }

  async one(sql: Sql, connectionId: string, id: string): Promise<DirectoryGroupRow | null> {
    const { rows } = await sql.query<DirectoryGroupRow>(
      `select ${columns(true)} from scim_group g where g.connection_id = $1 and g.id = $2`,
      [connectionId, id],
    );
    return rows[0] ?? null;
  }

  async count(sql: Sql, connectionId: string): Promise<number> {
    const { rows } = await sql.query<{ count: number }>(
      'select count(*) as count from scim_group where connection_id = $1',
      [connectionId],
    );
    return rows[0]!.count;
  }

  /** Which of name and external id another group has; null: none. */
  async taken(sql: Sql, connectionId: string, id: string, group: DirectoryGroup): Promise<string | null> {
    const { rows } = await sql.query<{ name: boolean }>(
      `select lower(display_name) = lower($3) as name from scim_group
       where connection_id = $1 and id <> $2 and (lower(display_name) = lower($3) or external_id = $4) limit 1`,
      [connectionId, id, group.displayName, group.externalId],
    );
    return rows[0] === undefined ? null : rows[0].name ? 'displayName' : 'externalId';
  }

  /** The members of these ids who are people of the connection. */
  async known(sql: Sql, connectionId: string, ids: readonly string[]): Promise<Set<string>> {
    const { rows } = await sql.query<{ id: string }>(
      'select id from scim_user where connection_id = $1 and deleted_at is null and id = any ($2::uuid[])',
      [connectionId, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async write(sql: Sql, of: { operatorId: string; connectionId: string; id: string }, group: DirectoryGroup, at: Date) {
    const { operatorId, connectionId, id } = of;
    await sql.query(
      `insert into scim_group (id, operator_id, connection_id, display_name, external_id, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $6)
       on conflict (id) do update set display_name = excluded.display_name, external_id = excluded.external_id, updated_at = excluded.updated_at`,
      [id, operatorId, connectionId, group.displayName, group.externalId, at],
    );
    await sql.query('delete from scim_group_member where group_id = $1 and not scim_user_id = any ($2::uuid[])', [
      id,
      group.members,
    ]);
    await sql.query(
      `insert into scim_group_member (operator_id, group_id, scim_user_id) select $1, $2, unnest($3::uuid[])
       on conflict do nothing`,
      [operatorId, id, group.members],
    );
  }

  async remove(sql: Sql, id: string): Promise<void> {
    await sql.query('delete from scim_group where id = $1', [id]);
  }
}
