import { gatewayName } from './gateway-name.ts';

/** SQL joins that find the names of where row `alias` of alert or incident is. */
export const placeJoins = (alias: string): string => `
  left join site ps on ps.id = ${alias}.site_id
  left join customer pk on pk.id = coalesce(${alias}.customer_id, ps.customer_id)
  left join agent pa on pa.id = ${alias}.agent_id
  left join gateway pg on pg.id = ${alias}.gateway_id
  left join port pp on pp.operator_id = ${alias}.operator_id and pp.gateway_id = ${alias}.gateway_id and pp."position" = ${alias}."position"`;

/** SQL: the contract's Place out of those joins. */
export const placeOf = (alias: string): string => `json_build_object(
  'customer', case when pk.id is not null then json_build_object('id', pk.id, 'name', pk.name) end,
  'site', case when ps.id is not null then json_build_object('id', ps.id, 'name', ps.name, 'timeZone', ps.time_zone) end,
  'agent', case when pa.id is not null then json_build_object('id', pa.id, 'name', pa.hostname) end,
  'gateway', case when pg.id is not null then json_build_object('id', pg.id, 'name', ${gatewayName('pg')}) end,
  'port', case when ${alias}."position" is not null then json_build_object('position', ${alias}."position", 'label', coalesce(pp.label, pp.name),
    'number', coalesce(pp.number, pp.reported_number), 'lineDeviceClass', coalesce(pp.line_device_class, ${alias}.line_device_class, 'unknown')) end)`;
