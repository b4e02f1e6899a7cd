import type { Sql } from '../../core/db/database.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import type { DraftRepository } from './draft.repository.ts';

/** Locks a draft that is edited. Throws `not-found`, and `draft-closed` where it is published or discarded. */
export async function lockOpen(drafts: DraftRepository, sql: Sql, operatorId: string, id: string): Promise<void> {
  const { state } = found(await drafts.lock(sql, operatorId, id));
  if (state !== 'open') throw new ProblemError('draft-closed');
}
