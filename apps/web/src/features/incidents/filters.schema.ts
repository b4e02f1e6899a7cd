import { ALERT_SEVERITIES } from '@loopstart/contracts';
import { CONDITION_KINDS } from '@loopstart/domain';
import { z } from 'zod';
import { optional, text } from '../../lib/url/filters.ts';

/** What people look for; without it the inbox shows what is not over. */
export const INBOX_STATES = ['open', 'acknowledged', 'snoozed', 'resolved', 'all'] as const;

/** What the inbox can be narrowed by, as kept in its URL. */
export const IncidentFilters = z.object({
  q: text,
  state: optional(z.enum(INBOX_STATES)),
  /** At least so severe. */
  severity: optional(z.enum(ALERT_SEVERITIES)),
  kind: optional(z.enum(CONDITION_KINDS)),
  assignedTo: optional(z.enum(['me', 'nobody'])),
  customerId: optional(z.uuid()),
  siteId: optional(z.uuid()),
  gatewayId: optional(z.uuid()),
  position: optional(z.coerce.number().int().min(1)),
});
export type IncidentFilters = z.output<typeof IncidentFilters>;

/** The question to the API that filters mean. Reads and bulk actions ask the same one. */
export function incidentQuery(filters: IncidentFilters) {
  const { state, severity, kind, ...rest } = filters;
  return {
    ...rest,
    ...(kind === undefined ? {} : { kind: [kind] }),
    ...(state === undefined ? {} : { attention: state }),
    ...(severity === undefined ? {} : { severity: atLeast(severity) }),
  };
}

/** A severity and all worse ones. */
export function atLeast(severity: (typeof ALERT_SEVERITIES)[number]) {
  return ALERT_SEVERITIES.slice(ALERT_SEVERITIES.indexOf(severity));
}
