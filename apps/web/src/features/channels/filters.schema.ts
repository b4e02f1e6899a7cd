import { ALERT_SEVERITIES, CHANNEL_KINDS } from '@loopstart/contracts';
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
