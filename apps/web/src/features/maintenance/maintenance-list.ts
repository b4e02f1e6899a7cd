import { endpoints, type MaintenanceFacet } from '@loopstart/contracts';
import { query } from '../../lib/api/query.ts';
import type { GridList } from '../../ui/grid/grid-list.ts';
import type { GridFilters } from '../../ui/grid/model.ts';
import { MAINTENANCE_COLUMNS } from './columns.tsx';
import { WINDOW_STATE_WORDS } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

const SCOPES = t.group('scopes');

/** What maintenance windows are filtered by. The names are those of the API. */
const MAINTENANCE_FILTERS: GridFilters = {
  state: { label: common('state'), options: WINDOW_STATE_WORDS, counted: true },
  scope: {
    label: t('scope'),
    options: [
      ['customer', SCOPES.customer],
      ['site', SCOPES.site],
      ['gateway', SCOPES.gateway],
    ],
    counted: true,
  },
  by: { label: t('addedBy'), counted: true, rare: true },
};

/** The list of maintenance windows; in the order of the API the one planned last is first. */
export const MAINTENANCE: GridList<'listMaintenance'> = {
  endpoint: 'listMaintenance',
  id: 'maintenance',
  columns: MAINTENANCE_COLUMNS,
  filters: MAINTENANCE_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ title }) => title,
  counts: (facet, asked) =>
    query('getMaintenanceFacet', { query: { ...asked, facet: facet as MaintenanceFacet } as never }),
  exportPath: endpoints.exportMaintenance.path,
  words: {
    search: t('searchMaintenance'),
    caption: t('maintenanceWindows'),
    count: (shown, total) => t('windowCount', { shown, total }),
    noMatch: [t('noWindowsMatchFilters'), t('searchTitleReasonPlace')],
  },
};
