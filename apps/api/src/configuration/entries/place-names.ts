import { type EntryPlace, placeKey } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';
import { placeSet } from './gateway-facts.repository.ts';

/** The name of each place, by its key; a place that the caller does not see is not among them. */
export async function placeNames(sql: Sql, places: readonly EntryPlace[]): Promise<ReadonlyMap<string, string>> {
  const { customerIds, siteIds, gatewayIds } = placeSet(places);
  const { rows } = await sql.query<{ id: string; name: string }>(
    `select id, name from customer where id = any ($1) union all select id, name from site where id = any ($2)
     union all select g.id, ${gatewayName('g')} from gateway g where g.id = any ($3)`,
    [customerIds, siteIds, gatewayIds],
  );
  const byId = new Map(rows.map(({ id, name }) => [id, name]));
  const names = new Map<string, string>();
  for (const place of places) {
    const name = nameOf(place, byId);
    if (name !== undefined) names.set(placeKey(place), name);
  }
  return names;
}

function nameOf(place: EntryPlace, byId: ReadonlyMap<string, string>): string | undefined {
  switch (place.layer) {
    case 'operator':
      return 'All gateways';
    case 'customer':
      return byId.get(place.customerId);
    case 'site':
      return byId.get(place.siteId);
    case 'gateway-model':
      return `${place.vendor} ${place.model}`;
    case 'gateway':
      return byId.get(place.gatewayId);
    case 'port': {
      const gateway = byId.get(place.gatewayId);
      return gateway === undefined ? undefined : `${gateway}, line ${place.position}`;
    }
  }
}
