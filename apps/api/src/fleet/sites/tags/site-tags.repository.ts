import { Injectable } from '@nestjs/common';
import { PlacesOf } from '@loopstart/contracts';
import type { Places, SitePlace } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';

/** Whose limits are counted. */
export type LimitHolder = 'people' | 'invitations' | 'tokens';

/** Only limits that name a tag can change with one. What is stored and cannot be read limits to nothing, and is none. */
const LIMITS: Readonly<Record<LimitHolder, string>> = {
  people: `select limited_to from app_user where removed_at is null and limited_to -> 'tags' <> '[]'::jsonb`,
  invitations: `select limited_to from invitation where accepted_at is null and withdrawn_at is null and expires_at > $1 and limited_to -> 'tags' <> '[]'::jsonb`,
  tokens: `select limited_to from api_token where revoked_at is null and (expires_at is null or expires_at > $1) and limited_to -> 'tags' <> '[]'::jsonb`,
};

/** Tags of sites, and who is limited to them. */
@Injectable()
export class SiteTagsRepository {
  /** Locked for a change; undefined where there is none, or it was deleted. */
  lock(sql: Sql, siteId: string): Promise<SitePlace | undefined> {
    return this.#one(sql, siteId, 'for update');
  }

  one(sql: Sql, siteId: string): Promise<SitePlace | undefined> {
    return this.#one(sql, siteId, '');
  }

  async #one(sql: Sql, siteId: string, lock: 'for update' | ''): Promise<SitePlace | undefined> {
    const { rows } = await sql.query<SitePlace>(
      `select id as "siteId", customer_id as "customerId", tags from site where id = $1 and archived_at is null ${lock}`,
      [siteId],
    );
    return rows[0];
  }

  async set(sql: Sql, siteId: string, tags: readonly string[]): Promise<void> {
    await sql.query('update site set tags = $2 where id = $1', [siteId, tags]);
  }

  async limits(sql: Sql, holder: LimitHolder, now: Date): Promise<Places[]> {
    const { rows } = await sql.query<{ limited_to: unknown }>(LIMITS[holder], holder === 'people' ? [] : [now]);
    return rows.flatMap(({ limited_to }) => PlacesOf.safeParse(limited_to).data ?? []);
  }
}
