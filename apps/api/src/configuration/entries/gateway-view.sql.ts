import { gatewayName } from '../../core/fleet/gateway-name.ts';

/** SQL: gateway `g` of site `s` and customer `k` as `ConfigGateway` of the contract. */
export const GATEWAY_VIEW = `json_build_object('id', g.id, 'name', ${gatewayName('g')}, 'siteId', s.id, 'siteName', s.name,
  'customerName', k.name, 'vendor', g.vendor, 'model', g.model, 'firmware', g.firmware, 'driverId', g.driver_id)`;

/** SQL: the gateway that the rows of `alias` are of, with its site and customer. */
export const joinGateway = (alias: string): string =>
  `join gateway g on g.id = ${alias}.gateway_id join site s on s.id = g.site_id join customer k on k.id = s.customer_id`;
