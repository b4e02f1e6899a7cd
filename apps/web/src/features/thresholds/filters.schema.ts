import { SUBJECT_TYPES } from '@loopstart/domain';
import { z } from 'zod';
import { optional, text } from '../../lib/url/filters.ts';

/** What the page of thresholds can be narrowed by, as kept in its URL. */
export const ThresholdFilters = z.object({
  q: text,
  subject: optional(z.enum(SUBJECT_TYPES)),
  show: optional(z.enum(['changed', 'off'])),
  /** The gateway, and its port, at which it is shown what is in force. */
  gatewayId: optional(z.uuid()),
  position: optional(z.coerce.number().int().min(1)),
});
export type ThresholdFilters = z.output<typeof ThresholdFilters>;
