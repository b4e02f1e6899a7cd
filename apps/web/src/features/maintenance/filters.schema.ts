import { z } from 'zod';
import { optional } from '../../lib/url/filters.ts';

/** What the calendar of maintenance shows, as kept in its URL. */
export const CalendarFilters = z.object({
  view: optional(z.enum(['month', 'agenda'])),
  /** "2026-11"; without it the present month. */
  month: optional(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
});
