import { Injectable } from '@nestjs/common';
import type { ConfigRevision } from '@loopstart/contracts';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';

const REVISION = fields('ConfigRevision', 'r', [
  'number',
  'draftId',
  'name',
  'publishedByName',
  'publishedAt',
  'reason',
  'editors',
  'changes',
  'overrides',
  'rolledBackTo',
]);

/** What is published, in the order of its numbers. */
@Injectable()
export class RevisionRepository {
  async list(
    sql: Sql,
    operatorId: string,
    { before, limit }: { before: number | null; limit: number },
  ): Promise<{ rows: ConfigRevision[]; total: number }> {
    const { rows } = await sql.query<RowOf<typeof REVISION>>(
      `select ${REVISION} from config_revision r where r.operator_id = $1 and ($2::int is null or r.number < $2) order by r.number desc limit $3`,
      [operatorId, before, limit],
    );
    const count = await sql.query<{ total: number }>(
      'select count(*)::int as total from config_revision where operator_id = $1',
      [operatorId],
    );
    return { rows: rows.map(toRevision), total: count.rows[0]!.total };
  }

  async one(sql: Sql, operatorId: string, number: number): Promise<ConfigRevision | null> {
    const { rows } = await sql.query<RowOf<typeof REVISION>>(
      `select ${REVISION} from config_revision r where r.operator_id = $1 and r.number = $2`,
      [operatorId, number],
    );
    return rows[0] === undefined ? null : toRevision(rows[0]);
  }

  /** The edits of a draft come into force under this number, and what they replace ends with it. */
  async publish(
    sql: Sql,
    operatorId: string,
    data: Omit<ConfigRevision, 'publishedAt' | 'draftId'> & { publishedAt: Date; draftId: string },
  ): Promise<void> {
    await sql.query(
      `insert into config_revision (operator_id, number, draft_id, name, published_by_name, published_at, reason, editors, changes, overrides, rolled_back_to)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        operatorId,
        data.number,
        data.draftId,
        data.name,
        data.publishedBy,
        data.publishedAt,
        data.reason,
        data.editors,
        data.changes,
        JSON.stringify(data.overrides),
        data.rolledBackTo,
      ],
    );
    await sql.query(
      `update config_entry f set until_revision = $3 from config_entry e where e.draft_id = $2 and e.from_revision is null and f.operator_id = $1
         and f.place = e.place and f.kind = e.kind and f.name = e.name and coalesce(f.device_class, '') = coalesce(e.device_class, '')
         and f.from_revision is not null and f.until_revision is null`,
      [operatorId, data.draftId, data.number],
    );
    await sql.query(
      `update config_entry set from_revision = $2, until_revision = case when action = 'reset' then $2::int end where draft_id = $1 and from_revision is null`,
      [data.draftId, data.number],
    );
    await sql.query(`update config_draft set state = 'published', revision = $2, changed_at = $3 where id = $1`, [
      data.draftId,
      data.number,
      data.publishedAt,
    ]);
  }
}

function toRevision({ publishedByName, publishedAt, ...row }: RowOf<typeof REVISION>): ConfigRevision {
  return { ...row, publishedBy: publishedByName, publishedAt: publishedAt.toISOString() };
}
