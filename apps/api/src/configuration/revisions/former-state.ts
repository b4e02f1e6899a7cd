import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';

/** Rows in force at revision `$2` (a), and now (b), at the same keys. */
const SAME_KEY = `b.operator_id = a.operator_id and b.place = a.place and b.kind = a.kind and b.name = a.name
  and coalesce(b.device_class, '') = coalesce(a.device_class, '')`;
const THEN = (alias: string) =>
  `${alias}.from_revision <= $2 and (${alias}.until_revision is null or ${alias}.until_revision > $2)`;
const NOW = (alias: string) => `${alias}.from_revision is not null and ${alias}.until_revision is null`;
const PLACE = 'place, layer, customer_id, site_id, gateway_id, "position", vendor, model, kind, name, device_class';
const PLACE_OF_A = PLACE.split(', ')
  .map((column) => `a.${column}`)
  .join(', ');

/** Makes edits that bring a former revision back. */
@Injectable()
export class FormerState {
  constructor(private readonly secrets: Secrets) {}

  /** Fills a draft with the edits by which what is in force becomes what was at `number`. */
  async edit(
    sql: Sql,
    operatorId: string,
    number: number,
    data: { draftId: string; authorId: string | null; authorName: string; at: Date },
  ): Promise<void> {
    const by = [operatorId, number, data.draftId, data.authorId, data.authorName, data.at];
    await sql.query(
      `insert into config_entry (operator_id, draft_id, author_id, author_name, at, ${PLACE}, action, is_sealed, base_id)
       select $1, $3, $4, $5, $6, ${PLACE_OF_A}, 'reset', false, a.id from config_entry a
       where a.operator_id = $1 and ${NOW('a')} and not exists (select from config_entry b where ${SAME_KEY} and ${THEN('b')})`,
      by,
    );
    await sql.query(
      `insert into config_entry (operator_id, draft_id, author_id, author_name, at, ${PLACE}, action, value, is_sealed, base_id)
       select $1, $3, $4, $5, $6, ${PLACE_OF_A}, a.action, a.value, a.is_sealed,
         (select b.id from config_entry b where ${SAME_KEY} and ${NOW('b')}) from config_entry a
       where a.operator_id = $1 and ${THEN('a')} and a.until_revision is not null and a.secret is null`,
      by,
    );
    await this.#secrets(sql, operatorId, by);
  }

  /** A sealed value opens in its own row alone: each is sealed again for its new one. */
  async #secrets(sql: Sql, operatorId: string, by: unknown[]): Promise<void> {
    const { rows } = await sql.query<{ id: string; secret: Buffer }>(
      `select a.id, a.secret from config_entry a where a.operator_id = $1 and ${THEN('a')} and a.until_revision is not null and a.secret is not null`,
      by.slice(0, 2),
    );
    for (const { id, secret } of rows) {
      const plain = await this.secrets.open({ field: 'config_entry.secret', operatorId, row: { id } }, secret);
      const row = { id: randomUUID() };
      const sealed = await this.secrets.seal({ field: 'config_entry.secret', operatorId, row }, plain);
      await sql.query(
        `insert into config_entry (operator_id, draft_id, author_id, author_name, at, id, ${PLACE}, action, secret, is_sealed, base_id)
         select $1, $2, $3, $4, $5, $6, ${PLACE_OF_A}, a.action, $7, a.is_sealed,
           (select b.id from config_entry b where ${SAME_KEY} and ${NOW('b')}) from config_entry a where a.id = $8`,
        [operatorId, ...by.slice(2), row.id, sealed, id],
      );
    }
  }
}
