import { Injectable } from '@nestjs/common';
import type { Provisioning } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';

type People = Provisioning['people'];
export interface SeenGroup {
  id: string;
  displayName: string;
  externalId: string | null;
  members: number;
}

/** What a directory has sent, in figures. */
@Injectable()
export class ProvisioningRepository {
  /** The members of today, by where they come from, and who of the directory is none. */
  async people(sql: Sql, operatorId: string, connectionId: string): Promise<People> {
    const { rows } = await sql.query<People>(
      `with provisioned as (select user_id from scim_user where deleted_at is null and user_id is not null),
         linked as (select user_id from sso_identity)
       select count(*) filter (where m.id in (select user_id from provisioned))::int as provisioned,
         count(*) filter (where m.id not in (select user_id from provisioned) and m.id in (select user_id from linked))::int as linked,
         count(*) filter (where m.id not in (select user_id from provisioned) and m.id not in (select user_id from linked))::int as "byHand",
         (select count(*)::int from scim_user where connection_id = $2 and deleted_at is null) as received,
         (select count(*)::int from scim_user where connection_id = $2 and deleted_at is null and not active) as inactive
       from app_user m where m.operator_id = $1 and m.removed_at is null`,
      [operatorId, connectionId],
    );
    return rows[0]!;
  }

  /** Who does not come in, and why; those that changed last first. Once there are groups, theirs are known to be none. */
  async refused(sql: Sql, connectionId: string, limit: number): Promise<Provisioning['refused']> {
    const { rows } = await sql.query<Provisioning['refused'][number]>(
      `select user_name as "userName", case when refusal = 'groups-missing' and exists (select from scim_group g where g.connection_id = $1)
         then 'no-matching-group' else refusal end as reason from scim_user
       where connection_id = $1 and deleted_at is null and refusal is not null order by updated_at desc, id limit $2`,
      [connectionId, limit],
    );
    return rows;
  }

  async groups(sql: Sql, connectionId: string): Promise<SeenGroup[]> {
    const { rows } = await sql.query<SeenGroup>(
      `select g.id, g.display_name as "displayName", g.external_id as "externalId",
         (select count(*)::int from scim_group_member m where m.group_id = g.id) as members
       from scim_group g where g.connection_id = $1 order by lower(g.display_name), g.id`,
      [connectionId],
    );
    return rows;
  }
}
