import { endpoints, type IncidentFacet } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { t } from '../../../messages/incidents.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { INCIDENT_COLUMNS, incidentHref } from './columns.tsx';
import { INCIDENT_FILTERS } from './filters.ts';

/** The incidents of the whole fleet; in the order of the API the most urgent is first. */
export const INCIDENTS: GridList<'listIncidents'> = {
  endpoint: 'listIncidents',
  id: 'incidents',
  columns: INCIDENT_COLUMNS,
  filters: INCIDENT_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ number, title }) => t('numbered', { number: `${number}`, title }),
  href: incidentHref,
  counts: (facet, asked) => query('getIncidentFacet', { query: { ...asked, facet: facet as IncidentFacet } as never }),
  exportPath: endpoints.exportIncidents.path,
  words: {
    search: t('searchIncidents'),
    caption: t('incidentsList'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noIncidentsMatchFilters'), t('resolvedIncidentsChooseState')],
  },
};
