import { Injectable } from '@nestjs/common';
import type { StateChange } from '@loopstart/contracts';
import { fromCode, PORT_STATE_FIELD_NAMES, PORT_STATE_FIELDS } from '@loopstart/domain';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { linesOf } from '../../core/fleet/lineage.ts';

export interface HistoryFilter {
  from?: string | undefined;
  to?: string | undefined;
  /** Time of the change, index of its field. */
  after: (string | number)[] | null;
  limit: number;
}

interface Row {
  at: Date;
  received_at: Date;
  field: number;
  from_code: number | null;
  to_code: number | null;
}

/** Every change of a port's state. */
@Injectable()
export class PortHistoryRepository {
  constructor(private readonly db: Database) {}

  /** Up to `limit` changes, newest first; null where there is no such port. */
  list(
    scope: Scope,
    gatewayId: string,
    position: number,
    filter: HistoryFilter,
  ): Promise<{ rows: StateChange[]; total: number } | null> {
    return this.db.tx(scope, async (sql) => {
      const port = await sql.query('select 1 from port where gateway_id = $1 and "position" = $2', [
        gatewayId,
        position,
      ]);
      if (port.rowCount === 0) return null;
      const match = `(gateway_id, "position") in ${linesOf('$1', '$2')} and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)`;
      const values = [gatewayId, position, filter.from ?? null, filter.to ?? null];
      const { rows } = await sql.query<Row>(
        `select at, received_at, field, from_code, to_code from port_state_change
         where ${match} and ($5::timestamptz is null or (at, field) < ($5, $6::smallint)) order by at desc, field desc limit $7`,
        [...values, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
      );
      const count = await sql.query<{ total: number }>(
        `select count(*)::int as total from port_state_change where ${match}`,
        values,
      );
      return { rows: rows.flatMap(toChange), total: count.rows[0]?.total ?? 0 };
    });
  }
}

/** The place of a state field in PORT_STATE_FIELD_NAMES: how it is stored. */
export function fieldIndex(field: string): number {
  return (PORT_STATE_FIELD_NAMES as string[]).indexOf(field);
}

function toChange(row: Row): StateChange[] {
  const field = PORT_STATE_FIELD_NAMES[row.field];
  // A field of a newer version of Loopstart, after a step back to this one.
  if (field === undefined) return [];
  return [
    {
      at: row.at.toISOString(),
      receivedAt: row.received_at.toISOString(),
      field,
      from: fromCode<string>(PORT_STATE_FIELDS[field], row.from_code),
      to: fromCode<string>(PORT_STATE_FIELDS[field], row.to_code),
    },
  ];
}
