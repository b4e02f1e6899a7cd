import { Injectable } from '@nestjs/common';
import { addressOf, type DirectoryEmail, type DirectoryPerson, type ScimFilter } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { conditionOf, type FilterTable } from './filter-sql.ts';
import type { Page } from './page.ts';

/** A person of a directory as it is stored. */
export interface DirectoryUserRow {
  id: string;
  person: DirectoryPerson;
  /** The member that they are; null: not yet. */
  userId: string | null;
  memberRemovedAt: Date | null;
  refusal: string | null;
  endedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  groups: { id: string; displayName: string; externalId: string | null }[];
}

type Stored = Omit<DirectoryUserRow, 'person'> & Omit<DirectoryPerson, 'emails'> & { emails: DirectoryEmail[] };

/** Whether somebody may come in: the directory wants it, and no colleague removed them. */
const ACTIVE = `(u.active and not (m.removed_at is not null and m.removed_at is distinct from u.ended_at))`;
const COLUMNS = `u.id, u.user_name as "userName", u.external_id as "externalId", u.display_name as "displayName", u.given_name as "givenName",
  u.family_name as "familyName", u.formatted_name as "formattedName", u.emails, u.active, u.user_id as "userId",
  m.removed_at as "memberRemovedAt", u.refusal, u.ended_at as "endedAt", u.created_at as "createdAt", u.updated_at as "updatedAt",
  coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'displayName', g.display_name, 'externalId', g.external_id) order by g.display_name, g.id)
    from scim_group_member gm join scim_group g on g.id = gm.group_id where gm.scim_user_id = u.id), '[]') as groups`;
const FROM =
  'from scim_user u left join app_user m on m.id = u.user_id where u.connection_id = $1 and u.deleted_at is null';

const email = (name: string) => ({ sql: `(e ->> '${name}')`, type: 'text' }) as const;
const FILTERS: FilterTable = {
  columns: {
    id: { sql: 'u.id', type: 'id' },
    username: { sql: 'u.user_name', type: 'text' },
    externalid: { sql: 'u.external_id', type: 'exact' },
    displayname: { sql: 'u.display_name', type: 'text' },
    'name.givenname': { sql: 'u.given_name', type: 'text' },
    'name.familyname': { sql: 'u.family_name', type: 'text' },
    active: { sql: ACTIVE, type: 'switch' },
  },
  lists: {
    emails: {
      sql: 'u.emails',
      columns: {
        value: email('value'),
        type: email('type'),
        primary: { sql: `(e ->> 'primary')::boolean`, type: 'switch' },
      },
    },
  },
};

function readRow(stored: Stored): DirectoryUserRow {
  const { userName, externalId, displayName, givenName, familyName, formattedName, emails, active, ...row } = stored;
  return {
    ...row,
    person: { userName, externalId, displayName, givenName, familyName, formattedName, emails, active },
  };
}

/** People of a directory. */
@Injectable()
export class DirectoryUserRepository {
  async page(
    sql: Sql,
    connectionId: string,
    { filter, startIndex, count }: Page & { filter: ScimFilter | null },
  ): Promise<{ total: number; rows: DirectoryUserRow[] }> {
    const values: unknown[] = [connectionId];
    const where = filter === null ? '' : `and ${conditionOf(filter, FILTERS, values)}`;
    const counted = await sql.query<{ total: number }>(`select count(*) as total ${FROM} ${where}`, values);
    const { rows } = await sql.query<Stored>(
      `select ${COLUMNS} ${FROM} ${where} order by u.created_at, u.id offset $${values.push(startIndex - 1)} limit $${values.push(count)}`,
      values,
    );
    return { total: counted.rows[0]!.total, rows: rows.map(readRow) };
  }

  /** Those of these ids. */
  async some(sql: Sql, connectionId: string, ids: readonly string[]): Promise<DirectoryUserRow[]> {
    const { rows } = await sql.query<Stored>(
      `select ${COLUMNS} ${FROM} and u.id = any ($2::uuid[]) order by u.created_at, u.id`,
      [connectionId, ids],
    );
    return rows.map(readRow);
  }

  async one(sql: Sql, connectionId: string, id: string): Promise<DirectoryUserRow | null> {
    return (await this.some(sql, connectionId, [id]))[0] ?? null;
  }

  async count(sql: Sql, connectionId: string): Promise<number> {
    const { rows } = await sql.query<{ count: number }>(`select count(*) as count ${FROM}`, [connectionId]);
    return rows[0]!.count;
  }

  /** Which of user name and external id another person has; null: none. */
  async taken(sql: Sql, connectionId: string, id: string, person: DirectoryPerson): Promise<string | null> {
    const { rows } = await sql.query<{ name: boolean }>(
      `select lower(u.user_name) = lower($3) as name ${FROM} and u.id <> $2 and (lower(u.user_name) = lower($3) or u.external_id = $4) limit 1`,
      [connectionId, id, person.userName, person.externalId],
    );
    return rows[0] === undefined ? null : rows[0].name ? 'userName' : 'externalId';
  }

  async write(
    sql: Sql,
    of: { operatorId: string; connectionId: string; id: string },
    person: DirectoryPerson,
    at: Date,
  ) {
    await sql.query(
      `insert into scim_user (id, operator_id, connection_id, user_name, external_id, display_name, given_name, family_name, formatted_name,
         emails, email, active, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
       on conflict (id) do update set user_name = excluded.user_name, external_id = excluded.external_id, display_name = excluded.display_name,
         given_name = excluded.given_name, family_name = excluded.family_name, formatted_name = excluded.formatted_name,
         emails = excluded.emails, email = excluded.email, active = excluded.active, updated_at = excluded.updated_at`,
      [
        of.id,
        of.operatorId,
        of.connectionId,
        person.userName,
        person.externalId,
        person.displayName,
        person.givenName,
        person.familyName,
        person.formattedName,
        JSON.stringify(person.emails),
        addressOf(person),
        person.active,
        at,
      ],
    );
  }

  async setStanding(
    sql: Sql,
    id: string,
    { userId, refusal, endedAt }: Pick<DirectoryUserRow, 'userId' | 'refusal' | 'endedAt'>,
  ): Promise<void> {
    await sql.query('update scim_user set user_id = $2, refusal = $3, ended_at = $4 where id = $1', [
      id,
      userId,
      refusal,
      endedAt,
    ]);
  }

  /** Forgets the attributes. Who was a member stays known by their membership alone. */
  async remove(sql: Sql, id: string, at: Date): Promise<void> {
    await sql.query('delete from scim_group_member where scim_user_id = $1', [id]);
    await sql.query('delete from scim_user where id = $1 and user_id is null', [id]);
    await sql.query(
      `update scim_user set user_name = '', external_id = null, display_name = null, given_name = null, family_name = null, formatted_name = null,
         emails = '[]', email = null, active = false, refusal = null, deleted_at = $2, updated_at = $2 where id = $1`,
      [id, at],
    );
  }

  /** When this directory ended the membership of a person whom it has deleted; forgets them. Null: it did not. */
  async takeFormer(sql: Sql, connectionId: string, userId: string): Promise<Date | null> {
    const { rows } = await sql.query<{ endedAt: Date | null }>(
      'delete from scim_user where connection_id = $1 and user_id = $2 and deleted_at is not null returning ended_at as "endedAt"',
      [connectionId, userId],
    );
    return rows[0]?.endedAt ?? null;
  }

  /** Whether another person of this directory is this member already. */
  async isLinked(sql: Sql, connectionId: string, userId: string): Promise<boolean> {
    const { rows } = await sql.query<{ linked: boolean }>(
      `select exists (select ${FROM} and u.user_id = $2) as linked`,
      [connectionId, userId],
    );
    return rows[0]!.linked;
  }
}
