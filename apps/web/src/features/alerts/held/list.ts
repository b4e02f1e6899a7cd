import { type AlertFacet, endpoints } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { placeLine } from '../../../lib/words/incident.ts';
import { t } from '../../../messages/alerts.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { HELD_COLUMNS } from './columns.tsx';
import { HELD_FILTERS } from './filters.ts';

/** Open alerts that notify no one; in the order of the API the newest is first. */
export const HELD: GridList<'listAlerts'> = {
  endpoint: 'listAlerts',
  id: 'suppressed-alerts',
  columns: HELD_COLUMNS,
  filters: HELD_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ title, place }) => t('titleAt', { title, place: placeLine(place) }),
  fixed: { held: 'yes' },
  counts: (facet, asked) => query('getAlertFacet', { query: { ...asked, facet: facet as AlertFacet } as never }),
  exportPath: endpoints.exportAlerts.path,
  words: {
    search: t('searchSuppressed'),
    caption: t('suppressedAlertsTheirReason'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noSuppressedMatch'), t('removeFilterSearch')],
  },
};
