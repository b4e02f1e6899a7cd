import { Injectable } from '@nestjs/common';
import type { ConfigDraft } from '@loopstart/contracts';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';

const DRAFT = fields('ConfigDraft', 'd', [
  'id',
  'name',
  'state',
  'createdByName',
  'createdAt',
  'changedAt',
  'revision',
]);
/** SQL: an edit `e` whose entry is not the one that its author saw any more. */
const STALE = `e.base_id is distinct from (select f.id from config_entry f where f.operator_id = e.operator_id and f.place = e.place and f.kind = e.kind
  and f.name = e.name and f.device_class is not distinct from e.device_class and f.from_revision is not null and f.until_revision is null)`;
const COLUMNS = `${DRAFT}, (select count(*)::int from config_entry e where e.draft_id = d.id) as edits,
  (select count(*)::int from config_entry e where e.draft_id = d.id and e.from_revision is null and d.state = 'open' and ${STALE}) as "staleEdits",
  array(select distinct e.author_name from config_entry e where e.draft_id = d.id order by 1) as editors`;
type DraftRow = RowOf<typeof DRAFT> & { edits: number; staleEdits: number; editors: string[] };

/** Drafts of the configuration. */
@Injectable()
export class DraftRepository {
  async list(
    sql: Sql,
    operatorId: string,
    { state, after, limit }: { state: string | null; after: (string | number)[] | null; limit: number },
  ): Promise<{ rows: ConfigDraft[]; total: number }> {
    const match = 'd.operator_id = $1 and ($2::text is null or d.state = $2)';
    const { rows } = await sql.query<DraftRow>(
      `select ${COLUMNS} from config_draft d where ${match} and ($3::timestamptz is null or (d.created_at, d.id) < ($3, $4::uuid))
       order by d.created_at desc, d.id desc limit $5`,
      [operatorId, state, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
    const count = await sql.query<{ total: number }>(
      `select count(*)::int as total from config_draft d where ${match}`,
      [operatorId, state],
    );
    return { rows: rows.map(toDraft), total: count.rows[0]!.total };
  }

  async one(sql: Sql, operatorId: string, id: string): Promise<ConfigDraft | null> {
    const { rows } = await sql.query<DraftRow>(
      `select ${COLUMNS} from config_draft d where d.operator_id = $1 and d.id = $2`,
      [operatorId, id],
    );
    return rows[0] === undefined ? null : toDraft(rows[0]);
  }

  /** The state of a draft, locked; null where there is none. */
  async lock(sql: Sql, operatorId: string, id: string): Promise<{ name: string; state: ConfigDraft['state'] } | null> {
    const { rows } = await sql.query<{ name: string; state: ConfigDraft['state'] }>(
      'select name, state from config_draft where operator_id = $1 and id = $2 for update',
      [operatorId, id],
    );
    return rows[0] ?? null;
  }

  async insert(sql: Sql, operatorId: string, data: { name: string; by: string; at: Date }): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into config_draft (operator_id, name, created_by_name, created_at, changed_at) values ($1, $2, $3, $4, $4) returning id`,
      [operatorId, data.name, data.by, data.at],
    );
    return rows[0]!.id;
  }

  async changed(sql: Sql, id: string, at: Date): Promise<void> {
    await sql.query('update config_draft set changed_at = $2 where id = $1', [id, at]);
  }

  /** Its secrets are needed no more. */
  async discard(sql: Sql, id: string, at: Date): Promise<void> {
    await sql.query(`update config_draft set state = 'discarded', changed_at = $2 where id = $1`, [id, at]);
    await sql.query('update config_entry set secret = null where draft_id = $1 and secret is not null', [id]);
  }
}

function toDraft({ createdByName, createdAt, changedAt, ...row }: DraftRow): ConfigDraft {
  return {
    ...row,
    createdBy: createdByName,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}
