import { type EntryPlace, placeKey } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';

/**
 * Moves what is set for a gateway and its ports to the gateway that takes its place, each port's at the position that its
 * line has there. Rows move, so their former revisions move with them and a roll back finds them at the line. What the
 * other ever had of its own stays its own; a port without a place there keeps what it had, where it was. The passwords by
 * which a gateway is reached are of the device, and are not handed over.
 */
export async function handOverConfiguration(
  sql: Sql,
  from: string,
  to: string,
  placed: readonly { from: number; to: number }[],
): Promise<void> {
  const moves: [EntryPlace, EntryPlace][] = [
    [
      { layer: 'gateway', gatewayId: from },
      { layer: 'gateway', gatewayId: to },
    ],
    ...placed.map((line): [EntryPlace, EntryPlace] => [
      { layer: 'port', gatewayId: from, position: line.from },
      { layer: 'port', gatewayId: to, position: line.to },
    ]),
  ];
  await sql.query(
    `update config_entry e set place = m.now, gateway_id = $1, "position" = m."position"
     from unnest($2::text[], $3::text[], $4::int[]) as m (was, now, "position")
     where e.gateway_id = $5 and e.place = m.was and not exists (
       select from config_entry o where o.gateway_id = $1 and o.place = m.now and o.kind = e.kind and o.name = e.name
         and o.device_class is not distinct from e.device_class)`,
    [
      to,
      moves.map(([was]) => placeKey(was)),
      moves.map(([, now]) => placeKey(now)),
      moves.map(([, now]) => (now.layer === 'port' ? now.position : null)),
      from,
    ],
  );
}
