import { query } from '../../lib/api/query.ts';

/** By name, for choosing and for sentences; the largest page holds them for an MSP. */
export const customerNamesQuery = () => query('listCustomers', { query: { limit: 500 } });
export const siteNamesQuery = () => query('listSites', { query: { limit: 500 } });
export const gatewayNamesQuery = () => query('listGateways', { query: { limit: 500 } });
export const peopleQuery = () => query('listPeople');
export const channelsQuery = () => query('listChannels');
export const schedulesQuery = () => query('listSchedules');
