import { Injectable } from '@nestjs/common';
import type { LibraryContent, LibraryObject } from '@loopstart/contracts';
import type { PublishedKind, PublishedMode } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';

interface ObjectRow {
  id: string;
  kind: PublishedKind;
  mode: PublishedMode;
  for_all: boolean;
  content: LibraryContent['content'];
  version: number;
  created_at: Date;
  updated_at: Date;
  operator_ids: string[];
  in_force: number;
  copies: number;
  members: number;
}

/** A publication of one operator, as its audit trail names it. */
export interface Placed {
  operatorId: string;
  objectId: string;
  kind: PublishedKind;
  mode: PublishedMode;
  name: string;
  version: number;
}

/** What an object is called: a policy by its name, a role by its title. */
export const nameOf = ({ kind, content }: LibraryContent): string => (kind === 'policy' ? content.name : content.title);

/**
 * What the provider publishes. As with operators, functions of the database refuse whoever is not of the provider, write
 * where an operator reads, and answer with counts.
 */
@Injectable()
export class LibraryRepository {
  /** Serialises changes: names are taken once, and a repeated request finds the first. */
  async lock(sql: Sql): Promise<void> {
    await sql.query(`select pg_advisory_xact_lock(hashtext('objects of the provider'))`);
  }

  async all(sql: Sql, objectId: string | null = null): Promise<LibraryObject[]> {
    const { rows } = await sql.query<ObjectRow>('select * from provider_library($1)', [objectId]);
    return rows.map(toObject);
  }

  /** False where the id was published before. */
  async publish(
    sql: Sql,
    id: string,
    object: LibraryContent,
    { mode, operatorIds }: { mode: PublishedMode; operatorIds: readonly string[] | null },
    at: Date,
  ): Promise<boolean> {
    const { rows } = await sql.query<{ done: boolean }>('select provider_publish($1, $2, $3, $4, $5, $6, $7) as done', [
      id,
      object.kind,
      mode,
      nameOf(object),
      JSON.stringify(object.content),
      operatorIds,
      at,
    ]);
    return rows[0]!.done;
  }

  /** False where `from` is not the present version. */
  async publishVersion(sql: Sql, id: string, from: number, object: LibraryContent, at: Date): Promise<boolean> {
    const { rows } = await sql.query<{ done: boolean }>('select provider_publish_version($1, $2, $3, $4, $5) as done', [
      id,
      from,
      nameOf(object),
      JSON.stringify(object.content),
      at,
    ]);
    return rows[0]!.done;
  }

  /** False where it was withdrawn before. */
  async withdraw(sql: Sql, id: string, at: Date): Promise<boolean> {
    const { rows } = await sql.query<{ done: boolean }>('select provider_withdraw($1, $2) as done', [id, at]);
    return rows[0]!.done;
  }

  async record(sql: Sql, verb: string, objectId: string, change: object, at: Date): Promise<void> {
    await sql.query('select provider_record_library($1, $2, $3, $4)', [at, verb, objectId, JSON.stringify(change)]);
  }

  /** What is published to an operator of the transaction. */
  async placedAt(sql: Sql, operatorId: string): Promise<Placed[]> {
    const { rows } = await sql.query<Placed>(
      `select operator_id as "operatorId", object_id as "objectId", kind, mode, name, version from publication
       where operator_id = $1 order by kind, lower(name), id`,
      [operatorId],
    );
    return rows;
  }
}

const toObject = (row: ObjectRow): LibraryObject => ({
  id: row.id,
  // Content is stored as its kind has it.
  object: { kind: row.kind, content: row.content } as LibraryContent,
  mode: row.mode,
  forAll: row.for_all,
  operatorIds: row.operator_ids,
  version: row.version,
  publishedAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  uses: { inForce: row.in_force, copies: row.copies, members: row.members },
});
