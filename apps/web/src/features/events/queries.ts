import { listQuery } from '../../lib/api/query.ts';
import type { EventFilters } from './filters.schema.ts';

export type EventScope = Partial<Pick<EventFilters, 'q' | 'kind' | 'customerId' | 'siteId' | 'gatewayId'>> & {
  position?: number;
  from?: string | undefined;
  /** Rows a page. */
  limit?: number;
};

export const eventsQuery = (scope: EventScope) => listQuery('listEvents', { query: scope });

const SPAN_MS = { '1h': 3_600_000, '24h': 86_400_000, '7d': 7 * 86_400_000 } as const;
const MINUTE_MS = 60_000;

/** When a span began, on the minute, so that the same page asks the same question for a minute. */
export function spanStart(span: keyof typeof SPAN_MS | undefined, nowMs: number): string | undefined {
  if (span === undefined) return undefined;
  return new Date(Math.floor((nowMs - SPAN_MS[span]) / MINUTE_MS) * MINUTE_MS).toISOString();
}
