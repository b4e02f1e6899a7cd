import { operatorMay, type PublishedKind, type PublishedMode } from '@loopstart/domain';
import type { Sql } from '../db/database.ts';
import { found, ProblemError } from '../http/problem-error.ts';

/** What the provider publishes to the operator of the transaction. */
export interface Publication<C> {
  id: string;
  objectId: string;
  mode: PublishedMode;
  content: C;
  version: number;
  publishedAt: Date;
}

const SELECT = `select id, object_id as "objectId", mode, content, version, published_at as "publishedAt" from publication`;

/** All of a kind, by name. */
export async function publishedTo<C>(sql: Sql, kind: PublishedKind): Promise<Publication<C>[]> {
  const { rows } = await sql.query<Publication<C>>(`${SELECT} where kind = $1 order by lower(name), id`, [kind]);
  return rows;
}

/** One that may be copied. Throws `not-found`, and `locked-by-provider` where it is in force as it is. */
export async function toCopy<C>(sql: Sql, kind: PublishedKind, id: string): Promise<Publication<C>> {
  const { rows } = await sql.query<Publication<C>>(`${SELECT} where kind = $1 and id = $2`, [kind, id]);
  const publication = found(rows[0]);
  if (!operatorMay(publication.mode, 'copy'))
    throw new ProblemError('locked-by-provider', { detail: 'It is in force already, and cannot be copied.' });
  return publication;
}

/** The same as the contract has it. */
export const publishedView = <C extends object>({ id, mode, content, version, publishedAt }: Publication<C>) => ({
  ...content,
  id,
  ownership: mode,
  publishedBy: 'provider' as const,
  version,
  publishedAt: publishedAt.toISOString(),
});

/** Where a copy came from. */
export interface Origin {
  objectId: string;
  version: number;
}
