import { EVENT_KINDS } from '@loopstart/contracts';
import { z } from 'zod';
import { optional, text } from '../../lib/url/filters.ts';

export const EVENT_SPANS = ['1h', '24h', '7d'] as const;

export const EventFilters = z.object({
  q: text,
  kind: optional(z.enum(EVENT_KINDS)),
  customerId: optional(z.uuid()),
  siteId: optional(z.uuid()),
  gatewayId: optional(z.uuid()),
  within: optional(z.enum(EVENT_SPANS)),
});
export type EventFilters = z.output<typeof EventFilters>;
