import { type CustomerFacet, endpoints } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { t } from '../../../messages/customers.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { CUSTOMER_COLUMNS, customerHref } from './columns.tsx';
import { CUSTOMER_FILTERS } from './filters.ts';

/** The list of customers. */
export const CUSTOMERS: GridList<'listCustomers'> = {
  endpoint: 'listCustomers',
  id: 'customers',
  columns: CUSTOMER_COLUMNS,
  filters: CUSTOMER_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ name }) => name,
  href: customerHref,
  counts: (facet, asked) => query('getCustomerFacet', { query: { ...asked, facet: facet as CustomerFacet } as never }),
  exportPath: endpoints.exportCustomers.path,
  words: {
    search: t('searchCustomers'),
    caption: t('customersTheirSitesGateways'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noCustomersMatch'), t('searchAnotherPartName')],
  },
};
