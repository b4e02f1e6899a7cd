import { endpoints, type EventFacet } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { EVENT_KIND_WORDS } from '../../../lib/words/event.ts';
import { t } from '../../../messages/events.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { EVENT_COLUMNS } from './columns.tsx';
import { EVENT_FILTERS } from './filters.ts';

/** The events of the whole fleet; in the order of the API the newest is first. */
export const EVENTS: GridList<'listEvents'> = {
  endpoint: 'listEvents',
  id: 'events',
  columns: EVENT_COLUMNS,
  filters: EVENT_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ kind, gatewayName }) => t('at', { kind: EVENT_KIND_WORDS[kind], gatewayName }),
  counts: (facet, asked) => query('getEventFacet', { query: { ...asked, facet: facet as EventFacet } as never }),
  exportPath: endpoints.exportEvents.path,
  words: {
    search: t('searchEvents'),
    caption: t('eventsList'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noEventsMatchFilters'), t('chooseLongerPeriodSearch')],
  },
};
