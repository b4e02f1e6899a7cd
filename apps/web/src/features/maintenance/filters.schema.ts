import { z } from 'zod';
import { optional } from '../../lib/url/filters.ts';

export const WINDOW_STATES = ['active', 'planned', 'over'] as const;
export const CALENDAR_VIEWS = ['month', 'agenda'] as const;

/** What the page of maintenance shows, as kept in its URL. */
export const MaintenanceFilters = z.object({
  view: optional(z.enum(CALENDAR_VIEWS)),
  /** "2026-11"; without it the present month. */
  month: optional(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
  state: optional(z.enum(WINDOW_STATES)),
});
