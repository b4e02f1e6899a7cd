import { REACHABILITY, RETIRED_FILTER } from '@loopstart/contracts';
import { FRESHNESS, SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { optional, text } from '../../lib/url/filters.ts';

/** What the list of gateways can be narrowed by, as kept in its URL. */
export const GatewayFilters = z.object({
  q: text,
  worst: optional(z.enum(SEVERITIES)),
  reachability: optional(z.enum(REACHABILITY)),
  freshness: optional(z.enum(FRESHNESS)),
  retired: optional(z.enum(RETIRED_FILTER)),
  vendor: text,
  siteId: optional(z.uuid()),
  customerId: optional(z.uuid()),
  agentId: optional(z.uuid()),
  sort: text,
});
