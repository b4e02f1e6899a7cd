import { query } from '../../lib/api/query.ts';

/** As many as the largest page holds; an MSP has hundreds of customers. */
const MOST = 500;
/** Names hardly change; live news of a fleet does not reload them. */
const STALE_MS = 300_000;

/** Customers by name, for choosing one. */
export const customerNamesQuery = () => ({
  ...query('listCustomers', { query: { limit: MOST } }),
  staleTime: STALE_MS,
});

/** Sites by name, of one customer or of all, for choosing one. */
export const siteNamesQuery = (customerId: string | undefined) => ({
  ...query('listSites', { query: { customerId, limit: MOST } }),
  staleTime: STALE_MS,
});
