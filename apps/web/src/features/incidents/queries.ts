import { query } from '../../lib/api/query.ts';

export const incidentQueryOf = (incidentId: string) => query('getIncident', { params: { incidentId } });

/** Who an incident can be given to. */
export const peopleQuery = () => ({ ...query('listPeople'), staleTime: 300_000 });
