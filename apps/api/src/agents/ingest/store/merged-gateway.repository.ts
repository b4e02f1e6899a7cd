import { Injectable } from '@nestjs/common';
import { type Merges, presentGatewayId } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import { gatewaysOf, type MergedGateway, underPresentIds } from '../decide/merged-gateways.ts';
import type { WirePositions } from '../decide/port-numbers.ts';
import type { Item, Sender } from '../item.ts';

interface DetailRow {
  id: string;
  into: string;
  wire_from: WirePositions | null;
  wire_into: WirePositions | null;
  /** Positions in order, by revision. */
  layouts: Record<string, number[]> | null;
  revision: number;
  order: number[] | null;
  placed: { from: number; to: number }[] | null;
}

/** Merges of the gateways of each site. */
export type MergesBySite = ReadonlyMap<string, Merges>;

/** Merged gateways, for agents that do not use the new ids yet. */
@Injectable()
export class MergedGatewayRepository {
  /** Read from the database with each batch: a cache in the process would be outdated for a while. */
  async merges(sql: Sql, senders: Iterable<Sender>): Promise<MergesBySite> {
    const all = [...senders];
    const { rows } = await sql.query<{ site_id: string; id: string; successor_id: string }>({
      name: 'ingest-merges',
      text: `select site_id, id, successor_id from gateway
             where retired_because = 'merged' and operator_id = any ($1::uuid[]) and site_id = any ($2::uuid[])`,
      values: [[...new Set(all.map(({ operatorId }) => operatorId))], [...new Set(all.map(({ siteId }) => siteId))]],
    });
    const bySite = Map.groupBy(rows, (row) => row.site_id);
    return new Map([...bySite].map(([site, own]) => [site, new Map(own.map((row) => [row.id, row.successor_id]))]));
  }

  /**
   * The messages of one agent as if it used all merges. An agent that names a merged gateway must learn of the merge
   * again.
   */
  async underPresentIds(sql: Sql, { agentId }: Sender, merges: Merges, items: readonly Item[]): Promise<Item[]> {
    const named = new Set(items.flatMap(({ message }) => gatewaysOf(message)).filter((id) => merges.has(id)));
    if (named.size === 0) return [...items];
    await sql.query('delete from merge_acknowledgement where agent_id = $1 and gateway_id = any ($2::uuid[])', [
      agentId,
      [...named],
    ]);
    const merged = await this.#details(sql, new Map([...named].map((id) => [id, presentGatewayId(merges, id)])));
    return items.flatMap((item) => {
      if (item.message === null) return [item];
      const message = underPresentIds(item.message, merged);
      return message === null ? [] : [{ ...item, message }];
    });
  }

  async #details(sql: Sql, wanted: Merges): Promise<Map<string, MergedGateway>> {
    const { rows } = await sql.query<DetailRow>(
      `select u.id, u."into", f.wire_positions as wire_from, t.wire_positions as wire_into, c.revision, l.positions as "order",
         (select json_object_agg(o.revision, o.positions) from gateway_layout o where o.gateway_id = u.id) as layouts,
         (select json_agg(json_build_object('from', p.of_position, 'to', p."position")) from port_predecessor p where p.gateway_id = u."into" and p.of_gateway_id = u.id) as placed
       from unnest($1::uuid[], $2::uuid[]) as u (id, "into") join gateway f on f.id = u.id join gateway t on t.id = u."into"
       join gateway_current c on c.gateway_id = u."into" left join gateway_layout l on l.gateway_id = c.gateway_id and l.revision = c.revision`,
      [[...wanted.keys()], [...wanted.values()]],
    );
    return new Map(rows.map((row) => [row.id, toMerged(row)]));
  }
}

function toMerged(row: DetailRow): MergedGateway {
  return {
    into: row.into,
    positions: new Map((row.placed ?? []).map(({ from, to }) => [from, to])),
    wire: { from: row.wire_from, into: row.wire_into },
    layouts: new Map(Object.entries(row.layouts ?? {}).map(([revision, order]) => [Number(revision), order])),
    present: { revision: row.revision, positions: row.order ?? [] },
  };
}
