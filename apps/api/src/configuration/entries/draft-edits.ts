import type { ConfigEdit } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { found } from '../../core/http/problem-error.ts';
import type { EntryRepository } from './entry.repository.ts';

/** The edits of an open draft. Throws `not-found` where there is no such draft; one that is not open has none. */
export async function draftEdits(
  sql: Sql,
  entries: EntryRepository,
  operatorId: string,
  draftId: string,
): Promise<ConfigEdit[]> {
  const { rows } = await sql.query<{ state: string }>(
    'select state from config_draft where operator_id = $1 and id = $2',
    [operatorId, draftId],
  );
  return found(rows[0]).state === 'open' ? entries.edits(sql, operatorId, draftId) : [];
}
