import { endpoints, type SilenceFacet } from '@loopstart/contracts';
import { query } from '../../lib/api/query.ts';
import type { GridList } from '../../ui/grid/grid-list.ts';
import type { GridFilters } from '../../ui/grid/model.ts';
import { SILENCE_COLUMNS } from './silence-columns.tsx';
import { WINDOW_STATE_WORDS } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

/** What silences are filtered by. The names are those of the API. */
const SILENCE_FILTERS: GridFilters = {
  state: { label: common('state'), options: WINDOW_STATE_WORDS, counted: true },
  by: { label: t('addedBy'), counted: true },
};

/** The list of silences; in the order of the API the one that ends last is first. */
export const SILENCES: GridList<'listSilences'> = {
  endpoint: 'listSilences',
  id: 'silences',
  columns: SILENCE_COLUMNS,
  filters: SILENCE_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ scopeName }) => scopeName,
  counts: (facet, asked) => query('getSilenceFacet', { query: { ...asked, facet: facet as SilenceFacet } as never }),
  exportPath: endpoints.exportSilences.path,
  words: {
    search: t('searchSilences'),
    caption: t('silencesTheirReasonEnd'),
    count: (shown, total) => t('silenceCount', { shown, total }),
    noMatch: [t('noSilencesMatchFilters'), t('searchReasonPlace')],
  },
};
