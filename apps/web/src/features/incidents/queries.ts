import { listQuery, query } from '../../lib/api/query.ts';
import { type IncidentFilters, incidentQuery } from './filters.schema.ts';

export const incidentsQuery = (filters: IncidentFilters) =>
  listQuery('listIncidents', { query: incidentQuery(filters) });

export const incidentQueryOf = (incidentId: string) => query('getIncident', { params: { incidentId } });

/** Who an incident can be given to. */
export const peopleQuery = () => ({ ...query('listPeople'), staleTime: 300_000 });
