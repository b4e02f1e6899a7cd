import { Injectable } from '@nestjs/common';
import { type EntryPlace, placeKey } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import type { Secrets } from '../../core/secret/secrets.ts';
import { ENTRY_COLUMNS, type EntryRow, handleOf, type StoredEntry, toEntry } from './entry-row.ts';

/** SQL: entry `e` is in force at revision `$2`; null is now. */
const IN_FORCE = `e.operator_id = $1 and e.from_revision is not null and e.action <> 'reset'
  and case when $2::int is null then e.until_revision is null else e.from_revision <= $2 and (e.until_revision is null or e.until_revision > $2) end`;

/** Entries in force, and the edits of drafts. */
@Injectable()
export class EntryRepository {
  /** What is in force at one place now. */
  at(sql: Sql, operatorId: string, place: EntryPlace): Promise<StoredEntry[]> {
    return this.#select(sql, `${IN_FORCE} and e.place = $3 order by e.kind, e.name, e.device_class nulls first`, [
      operatorId,
      null,
      placeKey(place),
    ]);
  }

  /** What is in force for several gateways at once: all that is not of one gateway. */
  shared(sql: Sql, operatorId: string, revision: number | null): Promise<StoredEntry[]> {
    return this.#select(sql, `${IN_FORCE} and e.gateway_id is null`, [operatorId, revision]);
  }

  /** What is in force for these gateways alone, and for the ports of those `withPorts`. */
  ofGateways(
    sql: Sql,
    operatorId: string,
    revision: number | null,
    gatewayIds: readonly string[],
    withPorts: readonly string[] = gatewayIds,
  ): Promise<StoredEntry[]> {
    return this.#select(
      sql,
      `${IN_FORCE} and e.gateway_id = any ($3) and (e.layer = 'gateway' or e.gateway_id = any ($4))`,
      [operatorId, revision, gatewayIds, withPorts],
    );
  }

  /** The edits of a draft that is not published. */
  edits(sql: Sql, operatorId: string, draftId: string): Promise<StoredEntry[]> {
    return this.#select(
      sql,
      `e.operator_id = $1 and e.draft_id = $2 and e.from_revision is null order by e.at desc, e.id desc`,
      [operatorId, draftId],
    );
  }

  /** These entries, in force or not. */
  byIds(sql: Sql, operatorId: string, ids: readonly string[]): Promise<StoredEntry[]> {
    return this.#select(sql, 'e.operator_id = $1 and e.id = any ($2)', [operatorId, ids]);
  }

  /** What stands at the same keys as the edits of a draft, in force. */
  under(sql: Sql, operatorId: string, draftId: string): Promise<StoredEntry[]> {
    return this.#select(
      sql,
      `${IN_FORCE} and exists (select from config_entry d where d.draft_id = $3 and d.from_revision is null and d.place = e.place
         and d.kind = e.kind and d.name = e.name and d.device_class is not distinct from e.device_class)`,
      [operatorId, null, draftId],
    );
  }

  /** What came into force or ended after revision `low`, up to `high`. */
  touched(sql: Sql, operatorId: string, low: number, high: number): Promise<StoredEntry[]> {
    return this.#select(
      sql,
      `e.operator_id = $1 and e.from_revision is not null and (e.from_revision > $2 and e.from_revision <= $3 or e.until_revision > $2 and e.until_revision <= $3)`,
      [operatorId, low, high],
    );
  }

  /** What one revision published at these places, in the order of places and names. */
  ofRevision(sql: Sql, operatorId: string, revision: number, places: readonly string[]): Promise<StoredEntry[]> {
    return this.#select(
      sql,
      'e.operator_id = $1 and e.from_revision = $2 and e.place = any ($3) order by e.place, e.name, e.id',
      [operatorId, revision, places],
    );
  }

  /** What was ever published at these places, the newest first. */
  async published(
    sql: Sql,
    operatorId: string,
    places: readonly string[],
    { skip, limit }: { skip: number; limit: number },
  ): Promise<{ rows: StoredEntry[]; total: number }> {
    const match = 'e.operator_id = $1 and e.from_revision is not null and e.place = any ($2)';
    const rows = await this.#select(
      sql,
      `${match} order by e.from_revision desc, e.at desc, e.name, e.id offset $3 limit $4`,
      [operatorId, places, skip, limit],
    );
    const count = await sql.query<{ total: number }>(
      `select count(*)::int as total from config_entry e where ${match}`,
      [operatorId, places],
    );
    return { rows, total: count.rows[0]!.total };
  }

  /** The secrets in force for these gateways, by what stands for them. */
  async openSecrets(
    sql: Sql,
    operatorId: string,
    secrets: Secrets,
    gatewayIds: readonly string[],
  ): Promise<Map<string, string>> {
    const { rows } = await sql.query<{ id: string; secret: Buffer }>(
      `select e.id, e.secret from config_entry e where ${IN_FORCE} and e.secret is not null and (e.gateway_id is null or e.gateway_id = any ($3))`,
      [operatorId, null, gatewayIds],
    );
    const plain = new Map<string, string>();
    for (const { id, secret } of rows)
      plain.set(handleOf(id), await secrets.open({ field: 'config_entry.secret', operatorId, row: { id } }, secret));
    return plain;
  }

  /** The number of the newest revision; null before the first. */
  async newest(sql: Sql, operatorId: string): Promise<number | null> {
    const { rows } = await sql.query<{ number: number | null }>(
      'select max(number) as number from config_revision where operator_id = $1',
      [operatorId],
    );
    return rows[0]!.number;
  }

  async #select(sql: Sql, where: string, values: unknown[]): Promise<StoredEntry[]> {
    const { rows } = await sql.query<EntryRow>(`select ${ENTRY_COLUMNS} from config_entry e where ${where}`, values);
    return rows.map(toEntry);
  }
}
