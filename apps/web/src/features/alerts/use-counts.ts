'use client';

import { useQuery } from '../../lib/api/use-query.ts';
import type { ResponseOf } from '../../lib/api/query.ts';
import { incidentCountsQuery } from './queries.ts';

export type IncidentCounts = ResponseOf<'getIncidentCounts'>;

/** How many incidents want attention; undefined until it is known. */
export function useIncidentCounts(): IncidentCounts | undefined {
  return useQuery(incidentCountsQuery()).data;
}
