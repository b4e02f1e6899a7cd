import { ALERT_SEVERITIES, CHANNEL_KINDS, DELIVERY_STATES } from '@loopstart/contracts';
import { z } from 'zod';
import { optional } from '../../lib/url/filters.ts';

/** What the list of channels can be narrowed by, as kept in its URL. */
export const ChannelListFilters = z.object({
  kind: optional(z.enum(CHANNEL_KINDS)),
  /** Channels that hear of incidents of this severity, or of this customer. */
  severity: optional(z.enum(ALERT_SEVERITIES)),
  customerId: optional(z.uuid()),
  sort: optional(z.string().max(40)),
});
export type ChannelListFilters = z.output<typeof ChannelListFilters>;

export const DELIVERY_SPANS = ['1h', '24h', '7d'] as const;

export const DeliveryFilters = z.object({
  state: optional(z.enum(DELIVERY_STATES)),
  within: optional(z.enum(DELIVERY_SPANS)),
});
