import { listQuery, query } from '../../lib/api/query.ts';

/** Customers by name, for choosing one. An MSP has hundreds; the largest page holds them. */
export const customerNamesQuery = () => query('listCustomers', { query: { limit: 500 } });

export const siteQuery = (siteId: string) => query('getSite', { params: { siteId } });

export const siteAgentsQuery = (siteId: string) => listQuery('listAgents', { query: { siteId } });

/** The other sites of a customer: their zone is the likely one of a new site. */
export const customerSitesQuery = (customerId: string) => query('listSites', { query: { customerId, limit: 500 } });
