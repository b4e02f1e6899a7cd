import { endpoints, type GatewayFacet } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { t } from '../../../messages/gateways.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { GATEWAY_COLUMNS, gatewayHref } from './columns.tsx';
import { GATEWAY_FILTERS } from './filters.ts';

/** The list of gateways of the whole fleet. */
export const GATEWAYS: GridList<'listGateways'> = {
  endpoint: 'listGateways',
  id: 'gateways',
  columns: GATEWAY_COLUMNS,
  filters: GATEWAY_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ name }) => name,
  href: gatewayHref,
  counts: (facet, asked) => query('getGatewayFacet', { query: { ...asked, facet: facet as GatewayFacet } as never }),
  exportPath: endpoints.exportGateways.path,
  words: {
    search: t('searchGateways'),
    caption: t('gatewaysTheirState'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noGatewaysMatchFilters'), t('searchHelp')],
  },
};

const { customerId: _customer, siteId: _site, ...FILTERS_OF_SITE } = GATEWAY_FILTERS;
const COLUMNS_OF_SITE = GATEWAY_COLUMNS.filter(({ id }) => id !== 'site' && id !== 'customer').map((column) =>
  // Where the site is known, the second line of a card says what the gateway is.
  column.id === 'model' ? { ...column, card: 'line' as const } : column,
);

/** The gateways of the site that a page is about. */
export const gatewaysOfSite = (siteId: string): GridList<'listGateways'> => ({
  ...GATEWAYS,
  id: 'site-gateways',
  columns: COLUMNS_OF_SITE,
  filters: FILTERS_OF_SITE,
  fixed: { siteId },
  words: { ...GATEWAYS.words, caption: t('gatewaysSite') },
});
