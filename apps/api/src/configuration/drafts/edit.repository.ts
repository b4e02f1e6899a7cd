import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ConfigEditInput } from '@loopstart/contracts';
import { isSecretEntry, placeKey } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { placeColumns } from '../entries/index.ts';

/** What one edit is stored with, beside what its author entered. */
export interface EditData {
  draftId: string;
  authorId: string | null;
  authorName: string;
  at: Date;
}

/** What stands at the key of each edit, in the order of the edits. */
export interface Standing {
  editId: string | null;
  editAuthor: string | null;
  editAt: Date | null;
  entryId: string | null;
  entryAuthor: string | null;
  entryAt: Date | null;
}

/** Writes the edits of a draft. */
@Injectable()
export class EditRepository {
  constructor(private readonly secrets: Secrets) {}

  async standing(
    sql: Sql,
    operatorId: string,
    draftId: string | null,
    edits: readonly Pick<ConfigEditInput, 'place' | 'kind' | 'name' | 'deviceClass'>[],
  ): Promise<Standing[]> {
    const { rows } = await sql.query<Standing>(
      `select d.id as "editId", d.author_name as "editAuthor", d.at as "editAt", f.id as "entryId", f.author_name as "entryAuthor", f.at as "entryAt"
       from unnest($3::text[], $4::text[], $5::text[], $6::text[]) with ordinality as k (place, kind, name, device_class, ordinal)
       left join config_entry d on d.draft_id = $2::uuid and d.from_revision is null and d.place = k.place and d.kind = k.kind and d.name = k.name
         and coalesce(d.device_class, '') = coalesce(k.device_class, '')
       left join config_entry f on f.operator_id = $1 and f.from_revision is not null and f.until_revision is null and f.place = k.place
         and f.kind = k.kind and f.name = k.name and coalesce(f.device_class, '') = coalesce(k.device_class, '')
       order by k.ordinal`,
      [
        operatorId,
        draftId,
        edits.map(({ place }) => placeKey(place)),
        edits.map(({ kind }) => kind),
        edits.map(({ name }) => name),
        edits.map(({ deviceClass }) => deviceClass),
      ],
    );
    return rows;
  }

  /** Stores edits in place of what the draft had at their keys; returns their ids. */
  async replace(
    sql: Sql,
    operatorId: string,
    data: EditData,
    edits: readonly { edit: ConfigEditInput; standing: Standing }[],
  ): Promise<string[]> {
    const former = edits.map(({ standing }) => standing.editId).filter((id) => id !== null);
    await sql.query('delete from config_entry where id = any ($1) and from_revision is null', [former]);
    const rows = await Promise.all(edits.map((one) => this.#row(operatorId, one)));
    await sql.query(
      `insert into config_entry (operator_id, draft_id, author_id, author_name, at, id, place, layer, customer_id, site_id, gateway_id, "position", vendor, model,
         kind, name, device_class, action, value, secret, is_sealed, base_id)
       select $1, $2, $3, $4, $5, r.id, r.place, r.layer, r.customer_id, r.site_id, r.gateway_id, r."position", r.vendor, r.model,
         r.kind, r.name, r.device_class, r.action, nullif(r.value, 'null'), decode(r.secret, 'base64'), r.is_sealed, r.base_id
       from json_to_recordset($6::json) as r (id uuid, place text, layer text, customer_id uuid, site_id uuid, gateway_id uuid, "position" int, vendor text,
         model text, kind text, name text, device_class text, action text, value jsonb, secret text, is_sealed boolean, base_id uuid)`,
      [operatorId, data.draftId, data.authorId, data.authorName, data.at, JSON.stringify(rows)],
    );
    return rows.map(({ id }) => id);
  }

  async remove(sql: Sql, draftId: string, editId: string): Promise<{ place: string; name: string } | null> {
    const { rows } = await sql.query<{ place: string; name: string }>(
      'delete from config_entry where draft_id = $1 and id = $2 and from_revision is null returning place, name',
      [draftId, editId],
    );
    return rows[0] ?? null;
  }

  async #row(operatorId: string, { edit, standing }: { edit: ConfigEditInput; standing: Standing }) {
    const { place, kind, name, deviceClass, action, isSealed, value = null } = edit;
    const id = randomUUID();
    const isSecret = isSecretEntry(edit) && action === 'set';
    const sealed = isSecret
      ? await this.secrets.seal({ field: 'config_entry.secret', operatorId, row: { id } }, String(value))
      : null;
    return {
      id,
      ...placeColumns(place),
      kind,
      name,
      device_class: deviceClass,
      action,
      value: isSecret ? null : value,
      secret: sealed?.toString('base64') ?? null,
      is_sealed: isSealed,
      base_id: standing.entryId,
    };
  }
}
