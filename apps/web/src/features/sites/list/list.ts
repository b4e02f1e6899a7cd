import { endpoints, type SiteFacet } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { t } from '../../../messages/sites.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { SITE_COLUMNS, siteHref } from './columns.tsx';
import { SITE_FILTERS } from './filters.ts';

/** The list of sites. */
export const SITES: GridList<'listSites'> = {
  endpoint: 'listSites',
  id: 'sites',
  columns: SITE_COLUMNS,
  filters: SITE_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ name, customer }) => `${name}, ${customer.name}`,
  href: siteHref,
  counts: (facet, asked) => query('getSiteFacet', { query: { ...asked, facet: facet as SiteFacet } as never }),
  exportPath: endpoints.exportSites.path,
  words: {
    search: t('searchSites'),
    caption: t('sitesStateTheirPorts'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noSitesMatchFilters'), t('searchPartNameAddress')],
  },
};

const { customerId: _customer, ...FILTERS_OF_CUSTOMER } = SITE_FILTERS;
const COLUMNS_OF_CUSTOMER = SITE_COLUMNS.filter(({ id }) => id !== 'customer').map((column) =>
  // Where the customer is known, the second line of a card says where the site is.
  column.id === 'address' ? { ...column, card: 'line' as const } : column,
);

/** The sites of the customer that a page is about. */
export const sitesOfCustomer = (customerId: string): GridList<'listSites'> => ({
  ...SITES,
  id: 'customer-sites',
  columns: COLUMNS_OF_CUSTOMER,
  filters: FILTERS_OF_CUSTOMER,
  fixed: { customerId },
  words: { ...SITES.words, caption: t('sitesCustomer') },
});
