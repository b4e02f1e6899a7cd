import { SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { optional, text } from '../../lib/url/filters.ts';

export const SiteFilters = z.object({
  q: text,
  customerId: optional(z.uuid()),
  worst: optional(z.enum(SEVERITIES)),
  sort: optional(z.string().max(40)),
});
export type SiteFilters = z.output<typeof SiteFilters>;
