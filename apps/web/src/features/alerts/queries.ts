import { listQuery, query } from '../../lib/api/query.ts';

/** How many incidents want attention, and how much is watched. */
export const incidentCountsQuery = () => query('getIncidentCounts');

/** What is not over at a site, most urgent first; enough to find those about one gateway or port of it. */
export const siteIncidentsQuery = (siteId: string) => listQuery('listIncidents', { query: { siteId, limit: 200 } });

/** Alerts of one gateway or port that something else explains: their cause may be at no single place. */
export const heldAlertsQuery = (scope: { gatewayId: string; position?: number }) =>
  listQuery('listAlerts', { query: { ...scope, held: 'yes', limit: 50 } });

/** What is not over at any site of a customer, most urgent first. */
export const customerIncidentsQuery = (customerId: string) =>
  listQuery('listIncidents', { query: { customerId, limit: 50 } });

/** How many open alerts notify no one. */
export const heldTotalQuery = () => listQuery('listAlerts', { query: { held: 'yes', limit: 1 } });
