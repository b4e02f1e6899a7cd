import { type CallFacet, endpoints } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { t } from '../../../messages/calls.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { CALL_COLUMNS } from './columns.tsx';
import { CALL_FILTERS } from './filters.ts';

/** The calls of the whole fleet; in the order of the API the newest is first. */
export const CALLS: GridList<'listCalls'> = {
  endpoint: 'listCalls',
  id: 'calls',
  columns: CALL_COLUMNS,
  filters: CALL_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ dialled, called, gatewayName }) => dialled ?? called ?? t('rowName', { gatewayName }),
  counts: (facet, asked) => query('getCallFacet', { query: { ...asked, facet: facet as CallFacet } as never }),
  exportPath: endpoints.exportCalls.path,
  words: {
    search: t('searchCalls'),
    caption: t('list'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noCallsMatch'), t('chooseOthers')],
  },
};
