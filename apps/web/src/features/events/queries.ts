import { listQuery } from '../../lib/api/query.ts';

/** The place that events are of. */
export interface EventScope {
  siteId?: string;
  gatewayId?: string;
  position?: number;
  /** Rows a page. */
  limit?: number;
}

export const eventsQuery = (scope: EventScope) => listQuery('listEvents', { query: scope });
