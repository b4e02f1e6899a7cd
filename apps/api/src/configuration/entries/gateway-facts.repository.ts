import { Injectable } from '@nestjs/common';
import type { ConfigGateway } from '@loopstart/contracts';
import type { EntryPlace, FieldId, LineDeviceClass } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';

export interface PortFacts {
  position: number;
  /** As the gateway reports it. */
  name: string | null;
  label: string | null;
  number: string | null;
  deviceClass: LineDeviceClass;
}

/** A gateway as far as its configuration depends on it. Its ports are those for line devices. */
export interface GatewayFacts extends ConfigGateway {
  customerId: string;
  agentId: string;
  macAddress: string | null;
  serial: string | null;
  emergencyLocation: string;
  ports: PortFacts[];
}

const COLUMNS = `g.id, ${gatewayName('g')} as name, s.id as "siteId", s.name as "siteName", k.id as "customerId", k.name as "customerName",
  g.vendor, g.model, g.firmware, g.driver_id as "driverId", g.agent_id as "agentId", g.mac_address as "macAddress", g.serial,
  s.emergency_location as "emergencyLocation",
  coalesce((select json_agg(json_build_object('position', p."position", 'name', p.name, 'label', p.label, 'number', p.number, 'deviceClass', p.line_device_class) order by p."position")
    from port p where p.gateway_id = g.id and p.removed_at is null and p.kind = 'fxs'), '[]') as ports`;
const FROM = `gateway g join site s on s.id = g.site_id join customer k on k.id = s.customer_id`;

/** What a line is sorted by: names of site and gateway, id of the gateway, position. */
export type LineKey = readonly [site: string, gateway: string, gatewayId: string, position: number];

/** The places of some entries, by their kind, as SQL takes them. */
export interface PlaceSet {
  isWhole: boolean;
  customerIds: string[];
  siteIds: string[];
  gatewayIds: string[];
  vendors: string[];
  models: string[];
}

export function placeSet(places: readonly EntryPlace[]): PlaceSet {
  const set: PlaceSet = { isWhole: false, customerIds: [], siteIds: [], gatewayIds: [], vendors: [], models: [] };
  for (const place of places) {
    if (place.layer === 'operator') set.isWhole = true;
    else if (place.layer === 'customer') set.customerIds.push(place.customerId);
    else if (place.layer === 'site') set.siteIds.push(place.siteId);
    else if (place.layer === 'gateway-model') {
      set.vendors.push(place.vendor);
      set.models.push(place.model);
    } else set.gatewayIds.push(place.gatewayId);
  }
  return set;
}

/** Gateways in service with what layers differ by. */
@Injectable()
export class GatewayFactsRepository {
  async some(sql: Sql, operatorId: string, gatewayIds: readonly string[]): Promise<GatewayFacts[]> {
    const { rows } = await sql.query<GatewayFacts>(
      `select ${COLUMNS} from ${FROM} where g.operator_id = $1 and g.id = any ($2) and g.retired_at is null order by g.id`,
      [operatorId, gatewayIds],
    );
    return rows;
  }

  /**
   * Up to `limit` lines of the gateways in service at a place, after a key, in the order of sites, gateways and ports;
   * and how many there are.
   */
  async linesAt(
    sql: Sql,
    operatorId: string,
    place: EntryPlace,
    { after, limit }: { after: LineKey | null; limit: number },
  ): Promise<{ lines: { gatewayId: string; position: number }[]; total: number }> {
    const set = placeSet([place]);
    const match = `g.operator_id = $1 and g.retired_at is null and p.removed_at is null and p.kind = 'fxs'
      and (s.customer_id = any ($2) or s.id = any ($3) or g.id = any ($4))`;
    const values = [operatorId, set.customerIds, set.siteIds, set.gatewayIds];
    const { rows } = await sql.query<{ gatewayId: string; position: number }>(
      `select g.id as "gatewayId", p."position" from ${FROM} join port p on p.gateway_id = g.id where ${match}
         and ($5::text is null or (s.name, ${gatewayName('g')}, g.id, p."position") > ($5, $6::text, $7::uuid, $8::int))
       order by s.name, ${gatewayName('g')}, g.id, p."position" limit $9`,
      [...values, ...(after ?? [null, null, null, null]), limit],
    );
    const count = await sql.query<{ total: number }>(
      `select count(*)::int as total from ${FROM} join port p on p.gateway_id = g.id where ${match}`,
      values,
    );
    return { lines: rows, total: count.rows[0]!.total };
  }

  /** The ids of the gateways in service for which a setting is in force at any layer, in their order. */
  async idsWithSetting(sql: Sql, operatorId: string, name: FieldId): Promise<string[]> {
    const { rows } = await sql.query<{ id: string }>(
      `select g.id from ${FROM} where g.operator_id = $1 and g.retired_at is null and exists (select from config_entry e where e.operator_id = $1
         and e.kind = 'setting' and e.name = $2 and e.action = 'set' and e.from_revision is not null and e.until_revision is null
         and (e.layer = 'operator' or e.customer_id = s.customer_id or e.site_id = s.id or e.gateway_id = g.id
           or (e.layer = 'gateway-model' and e.vendor = g.vendor and e.model = g.model)))
       order by g.id`,
      [operatorId, name],
    );
    return rows.map(({ id }) => id);
  }

  /** The ids of the gateways in service at these places, in their order. */
  async idsAt(sql: Sql, operatorId: string, places: readonly EntryPlace[]): Promise<string[]> {
    const set = placeSet(places);
    const { rows } = await sql.query<{ id: string }>(
      `select g.id from ${FROM} where g.operator_id = $1 and g.retired_at is null
         and ($2::boolean or s.customer_id = any ($3) or s.id = any ($4) or g.id = any ($5)
           or exists (select from unnest($6::text[], $7::text[]) as m (vendor, model) where m.vendor = g.vendor and m.model = g.model))
       order by g.id`,
      [operatorId, set.isWhole, set.customerIds, set.siteIds, set.gatewayIds, set.vendors, set.models],
    );
    return rows.map(({ id }) => id);
  }
}
