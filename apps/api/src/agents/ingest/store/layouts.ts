import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../core/db/database.ts';

const REMEMBERED_MAX = 20_000;

/** The order of ports in the arrays of a gateway, cached by inventory revision. */
@Injectable()
export class Layouts {
  readonly #known = new Map<string, readonly number[]>();

  /** Positions in array order, by gateway; those never stored are missing. */
  async positions(
    sql: Sql,
    gateways: readonly { gatewayId: string; revision: number }[],
  ): Promise<Map<string, readonly number[]>> {
    const unknown = gateways.filter((gateway) => !this.#known.has(key(gateway)));
    if (unknown.length > 0) await this.#load(sql, unknown);
    return new Map(gateways.map((gateway) => [gateway.gatewayId, this.#known.get(key(gateway)) ?? []]));
  }

  async #load(sql: Sql, gateways: readonly { gatewayId: string; revision: number }[]): Promise<void> {
    const { rows } = await sql.query<{ gateway_id: string; revision: number; positions: number[] }>(
      `select l.gateway_id, l.revision, l.positions from gateway_layout l
       join unnest($1::uuid[], $2::integer[]) as u (id, revision) on u.id = l.gateway_id and u.revision = l.revision`,
      [gateways.map(({ gatewayId }) => gatewayId), gateways.map(({ revision }) => revision)],
    );
    if (this.#known.size + rows.length > REMEMBERED_MAX) this.#known.clear();
    for (const row of rows) this.#known.set(key({ gatewayId: row.gateway_id, revision: row.revision }), row.positions);
  }
}

function key({ gatewayId, revision }: { gatewayId: string; revision: number }): string {
  return `${gatewayId}/${revision}`;
}
